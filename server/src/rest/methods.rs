//! The methods that a path takes.

use axum::routing::MethodRouter;

use super::{
    problem::{details::Problem, kind},
    state::Rest,
};

/// These, and of any other a problem that says so.
pub(super) fn only(methods: MethodRouter<Rest>) -> MethodRouter<Rest> {
    methods.fallback(wrong_method)
}

async fn wrong_method() -> Problem {
    Problem::new(kind::METHOD_NOT_ALLOWED, "This path does not take this method.")
}
