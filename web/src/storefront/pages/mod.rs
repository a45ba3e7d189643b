//! `/pages/{handle}`: what the shop says of itself, and its policies.

use axum::extract::Path;
use minijinja::context;

use super::shown::value;
use crate::{
    answer::Answer,
    documents::{ContentPage, content_page},
    problem::Problem,
    visit::Visit,
};

pub async fn show(visit: Visit, Path(handle): Path<String>) -> Answer {
    let data = visit.ask(ContentPage, content_page::Variables { handle }).await?;
    let page = data.page.ok_or(Problem::NotFound)?;
    let description = page.seo.description.clone().unwrap_or_default();
    let shown = context! { page => value(&page), description };
    visit.show("storefront/pages/page.html", shown).await
}
