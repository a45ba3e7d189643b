//! `/admin/products`: the products, of which price and status are changed in their row.

mod change;
mod create;
mod several;

use axum::extract::Query;
use minijinja::{Value, context};

pub use change::change;
pub use create::{create, show as show_new};
pub use several::change as change_several;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminProducts, admin_products as document,
        admin_products::{ProductSort, ProductStatus},
    },
    problem::Problem,
    shown::value,
};

const STATUSES: [(&str, ProductStatus); 3] = [
    ("ACTIVE", ProductStatus::Active),
    ("DRAFT", ProductStatus::Draft),
    ("ARCHIVED", ProductStatus::Archived),
];

const SORTS: [(&str, ProductSort); 5] = [
    ("NEWEST", ProductSort::Newest),
    ("TITLE_ASCENDING", ProductSort::TitleAscending),
    ("BEST_SELLING", ProductSort::BestSelling),
    ("PRICE_ASCENDING", ProductSort::PriceAscending),
    ("PRICE_DESCENDING", ProductSort::PriceDescending),
];

const ASKED: [&str; 6] = ["q", "status", "sort", "category", "tag", "deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, &told.done, None).await
}

async fn list(staff: Staff, asked: &Asked, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let found = listed(&staff, asked).await?;
    let is_done = matches!(done, "price" | "status" | "several");
    let shown = context! {
        statuses => value(&STATUSES.map(|(name, _)| name)),
        sorts => value(&SORTS.map(|(name, _)| name)),
        asked => asked.shown(),
        list => asked.here(),
        done => if is_done { staff.visit.say(&format!("admin.products.done.{done}")) } else { String::new() },
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/products/page.html", context! { ..shown, ..found })
}

/// Drafts and archived ones, too.
async fn listed(staff: &Staff, asked: &Asked) -> Result<Value, Problem> {
    let rows = asked.rows();
    let list = |name: &str| asked.some(name).map(|value| vec![value]);
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        query: asked.some("q"),
        deleted: asked.some("deleted").is_some(),
        sort: asked.kind("sort", &SORTS).unwrap_or(ProductSort::Newest),
        status: asked.kind("status", &STATUSES),
        where_: Some(document::ProductWhere {
            attributes: None,
            categories: list("category"),
            collections: None,
            in_stock: None,
            price_max: None,
            price_min: None,
            tags: list("tag"),
            vendors: None,
        }),
    };
    let data = staff.visit.ask(AdminProducts, variables).await?;
    let products = data.products.as_ref().ok_or(Problem::NotFound)?;
    Ok(context! { products => value(products), categories => value(&data.categories) })
}
