//! `/language/{language}`: chooses the language, and goes back.

use axum::{
    extract::{Path, Query},
    response::Response,
};
use serde::Deserialize;

use crate::visit::{LANGUAGE, Visit, YEAR, local};

#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

pub async fn choose(mut visit: Visit, Path(language): Path<String>, Query(Back { back }): Query<Back>) -> Response {
    if visit.site.theme().words.languages().any(|known| known == language) {
        visit.set_cookie(LANGUAGE, &language, YEAR);
    }
    visit.go(local(&back))
}
