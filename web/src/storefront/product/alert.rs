//! `POST /products/{slug}/alert`: a mail as soon as it is back.

use axum::extract::Path;
use minijinja::context;

use crate::{
    answer::Answer,
    documents::{StockAlert, stock_alert as document},
    problem::Problem,
    storefront::{
        refusals::{errors, refusals},
        shown::{encoded, value},
    },
    visit::Open,
};

pub async fn request(Path(slug): Path<String>, Open(posted): Open) -> Answer {
    let input = document::StockAlertRequestInput {
        email: posted.some("email"),
        variant_id: posted.some("variant").ok_or(Problem::BadForm)?,
    };
    let visit = posted.visit;
    let data = visit.ask(StockAlert, document::Variables { input }).await?;
    let refused = refusals(&data.stock_alert_request.ok_or(Problem::Broken)?.user_errors);
    let shown = context! {
        errors => value(&errors(&visit, &refused)),
        product_path => format!("/products/{}", encoded(&slug)),
        is_indexed => false,
    };
    visit.show("storefront/product/alert.html", shown).await
}
