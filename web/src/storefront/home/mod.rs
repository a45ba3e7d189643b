//! `/`: the categories, a few collections, and what is new.

use super::shown::value;
use crate::{
    answer::Answer,
    documents::{Home, home},
    visit::Visit,
};

pub async fn show(visit: Visit) -> Answer {
    let data = visit.ask(Home, home::Variables {}).await?;
    visit.show("storefront/home/page.html", value(&data)).await
}
