//! `/orders/{id}/change`: whoever placed an order takes things out, or has it sent elsewhere, as long as the shop lets them.

use axum::{extract::Path, http::StatusCode};
use minijinja::context;

use super::unopened;
use crate::{
    answer::Answer,
    documents::{
        OrderChangePage, ShopperOrderChange, order_change_page as document, shopper_order_change as save_document,
    },
    postal::{self, Values},
    problem::Problem,
    refusals::{Errors, Refusal, errors, refusals},
    shown::value,
    visit::{Form, Posted, Visit},
};

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    page(visit, id, &Errors::new(), None, false).await
}

async fn page(visit: Visit, id: String, errors: &Errors, typed: Option<&Form>, is_switched: bool) -> Answer {
    let token = visit.order_token(&id);
    let data = visit.ask(OrderChangePage, document::Variables { id, token }).await?;
    let Some(order) = &data.order else {
        return unopened(visit).await;
    };
    if order.editable_until.is_none() && errors.is_empty() {
        return Ok(visit.go(&format!("/orders/{}", order.id)));
    }
    let there = order.shipping_address.as_ref();
    let country = typed.map(postal::country).filter(|country| !country.is_empty());
    let country = country.or_else(|| there.map(|address| address.country_code.clone()));
    let values = match typed {
        Some(form) => postal::typed(form),
        None => there.map(postal::values).unwrap_or_default(),
    };
    let pairs: std::collections::BTreeMap<_, _> = typed.into_iter().flat_map(Form::pairs).collect();
    let shown = context! {
        order => value(order),
        typed => value(&pairs),
        key => visit.site.api().secret(),
        errors => value(errors),
        is_indexed => false,
    };
    let fields = postal::fields(&visit, &country.unwrap_or_default(), &values).await?;
    let shown = context! { is_switched, ..context! { ..shown, ..fields } };
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    visit.show_as(status, "storefront/order/change/page.html", shown).await
}

/// `POST /orders/{id}/change`.
pub async fn save(Path(id): Path<String>, posted: Posted) -> Answer {
    let Posted { visit, form } = posted;
    if postal::is_switched(&form) {
        return page(visit, id, &Errors::new(), Some(&form), true).await;
    }
    let token = visit.order_token(&id);
    let asked = document::Variables {
        id: id.clone(),
        token: token.clone(),
    };
    let data = visit.ask(OrderChangePage, asked).await?;
    let Some(order) = &data.order else {
        return unopened(visit).await;
    };
    let lines = changed(order, &form);
    let sent: Vec<String> = lines.iter().map(|line| line.line_id.clone()).collect();
    let there = order.shipping_address.as_ref();
    let before: Values = there.map(postal::values).unwrap_or_default();
    let is_elsewhere = postal::is_typed(&form)
        && (postal::typed(&form) != before || there.is_some_and(|there| there.country_code != postal::country(&form)));
    let input = save_document::OrderEditByShopperInput {
        access_token: token,
        expected_version: form.text("expectedVersion").parse().ok(),
        idempotency_key: form.text("key").to_owned(),
        lines: Some(lines).filter(|lines| !lines.is_empty()),
        order_id: id.clone(),
        shipping_address: is_elsewhere.then(|| postal::input!(&form, save_document)),
    };
    let data = visit
        .ask(ShopperOrderChange, save_document::Variables { input })
        .await?;
    let refused = refusals(&data.order_edit_by_shopper.ok_or(Problem::Broken)?.user_errors);
    if refused.is_empty() {
        return Ok(visit.go(&format!("/orders/{id}")));
    }
    let refused: Vec<_> = refused.into_iter().map(|refusal| at_row(refusal, &sent)).collect();
    let errors = errors(&visit, &refused);
    page(visit, id, &errors, Some(&form), false).await
}

/// Lines with another quantity; what is no number is none that the API takes.
fn changed(order: &document::OrderChangePageOrder, form: &Form) -> Vec<save_document::OrderEditLineInput> {
    let changed = order.lines.iter().filter_map(|line| {
        let typed = form.some(&format!("{}.quantity", line.id))?;
        let quantity = typed.parse().unwrap_or(-1);
        (quantity != line.quantity).then(|| save_document::OrderEditLineInput {
            line_id: line.id.clone(),
            quantity: Some(quantity),
            unit_price: None,
        })
    });
    changed.collect()
}

/// What is said of a line that was sent, at its row of the form.
fn at_row(refusal: Refusal, sent: &[String]) -> Refusal {
    match refusal.place("lines").and_then(|place| sent.get(place)) {
        Some(line) => Refusal::said(refusal.message().to_owned(), &format!("{line}.quantity")),
        None => refusal,
    }
}
