//! `/search/suggest`: what somebody may be typing, for the script at the search field.

use axum::extract::Query;
use serde::Deserialize;

use super::shown::value;
use crate::{
    answer::Answer,
    documents::{Suggest, suggest},
    problem::Problem,
    visit::Visit,
};

/// A longer one is no word.
const LETTERS_MAX: usize = 60;

#[derive(Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

pub async fn show(visit: Visit, Query(typed): Query<Typed>) -> Answer {
    let query = typed.q.chars().take(LETTERS_MAX).collect();
    let data = visit.ask(Suggest, suggest::Variables { query }).await?;
    let shown = value(&data.search_suggest.ok_or(Problem::Overloaded)?);
    visit.show_part("storefront/suggest/part.html", shown)
}
