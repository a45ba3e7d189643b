//! `/admin/orders/{id}/edit`: an order is changed before it is sent; first tried, and then saved.

use axum::extract::Path;
use minijinja::{Value, context};

use super::{
    deed::{self, Refused},
    goods::{self, Picker, chosen},
    staff::{Permission, Sent, Staff},
    typed::{Typed, version},
};
use crate::{
    answer::Answer,
    documents::{
        AdminOrderEdit, AdminOrderEditMethods, AdminOrderEditSave, AdminOrderEditTry, admin_order_edit as document,
        admin_order_edit_methods::{self as methods_document, ShippingMethodKind},
        admin_order_edit_save as save_document, admin_order_edit_try as try_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    shown::value,
    visit::{Form, amount},
};

/// The form's name.
const DEED: &str = "edit";

/// What is added.
const GOODS: Picker = Picker::variants("goods");

pub async fn show(staff: Staff, Path(id): Path<String>) -> Answer {
    page(staff, id, Value::from(()), None).await
}

/// `POST /admin/orders/{id}/edit`: tries it, or saves it.
pub async fn act(Path(id): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let shown = goods::read(&staff, DEED, &form, &[GOODS]).await?;
    if shown.is_search {
        return page(staff, id, Value::from(()), Some(shown)).await;
    }
    let changes = match read(&staff, &id, &form).await? {
        Ok(changes) => changes,
        Err(wrong) => return again(staff, id, &form, &wrong, Value::from(())).await,
    };
    match form.text("do") {
        "save" => save(staff, id, &form, changes).await,
        _ => try_it(staff, id, &form, changes).await,
    }
}

/// What is typed, where it differs from what is there.
struct Changes {
    /// The line, its number and its price.
    lines: Vec<(String, Option<i64>, Option<String>)>,
    /// The variant, how many, and the price of one.
    added: Vec<(String, i64, Option<String>)>,
    /// What it costs, and another method.
    shipping: Option<(String, Option<String>)>,
    discount: Option<(String, Option<String>)>,
}

async fn read(staff: &Staff, id: &str, form: &Form) -> Result<Result<Changes, Vec<Refusal>>, Problem> {
    let asked = document::Variables { id: id.to_owned() };
    let data = staff.visit.ask(AdminOrderEdit, asked).await?;
    let order = data.order.as_ref().ok_or(Problem::NotFound)?;
    let mut typed = Typed::of(form);
    let mut lines = Vec::new();
    for line in &order.lines {
        let quantity = typed.number(&format!("{}.quantity", line.id));
        let quantity = quantity.filter(|quantity| *quantity != line.quantity);
        let price = form.amount(&format!("{}.unitPrice", line.id));
        let price = price.filter(|price| *price != amount(&line.unit_price.amount));
        if quantity.is_some() || price.is_some() {
            lines.push((line.id.clone(), quantity, price));
        }
    }
    let mut wrong = typed.wrong();
    let mut added = Vec::new();
    match chosen(staff, form, GOODS).await? {
        Err(refusal) => wrong.push(refusal),
        Ok(chosen) => {
            for chosen in chosen {
                match chosen.quantity() {
                    Some(quantity) => added.push((chosen.id, quantity, form.amount("price"))),
                    None => wrong.push(Refusal::at("INVALID", GOODS.name)),
                }
            }
        }
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let (cost, method) = (amount(&order.cost.shipping.amount), form.some("method"));
    let shipping = form.amount("shipping").unwrap_or_else(|| cost.clone());
    let shipping = (shipping != cost || method.is_some()).then_some((shipping, method));
    let discount = form.amount("discount").map(|off| (off, form.some("label")));
    Ok(Ok(Changes {
        lines,
        added,
        shipping,
        discount,
    }))
}

/// As each of the two documents takes it, which have types of their own.
macro_rules! input {
    ($changes:expr, $document:ident) => {{
        let Changes {
            lines,
            added,
            shipping,
            discount,
        } = $changes;
        let lines = lines
            .into_iter()
            .map(|(line_id, quantity, unit_price)| $document::OrderEditLineInput {
                line_id,
                quantity,
                unit_price,
            });
        let added = added.into_iter().map(
            |(variant_id, quantity, unit_price)| $document::OrderEditAddedLineInput {
                quantity,
                unit_price,
                variant_id,
            },
        );
        $document::OrderEditChangesInput {
            added: Some(added.collect()),
            discount: discount.map(|(amount, label)| $document::OrderEditDiscountInput { amount, label }),
            lines: Some(lines.collect()),
            shipping: shipping.map(|(amount, method_id)| $document::OrderEditShippingInput { amount, method_id }),
            shipping_address: None,
        }
    }};
}

async fn save(staff: Staff, id: String, form: &Form, changes: Changes) -> Answer {
    let rows = rows(&changes);
    let input = save_document::OrderEditInput {
        changes: input!(changes, save_document),
        expected_total: None,
        expected_version: version(form),
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        order_id: id.clone(),
        reason: form.some("reason"),
    };
    let refused = deed::run(&staff, AdminOrderEditSave, save_document::Variables { input }).await?;
    match refused.is_empty() {
        true => Ok(staff.visit.go(&format!("/admin/orders/{id}?done=edit"))),
        false => again(staff, id, form, &at_rows(refused, &rows), Value::from(())).await,
    }
}

async fn try_it(staff: Staff, id: String, form: &Form, changes: Changes) -> Answer {
    let rows = rows(&changes);
    let input = try_document::OrderEditPreviewInput {
        changes: input!(changes, try_document),
        expected_version: version(form),
        order_id: id.clone(),
    };
    let data = staff
        .visit
        .ask(AdminOrderEditTry, try_document::Variables { input })
        .await?;
    let payload = data.order_edit_preview.ok_or(Problem::Broken)?;
    let refused = at_rows(refusals(&payload.user_errors), &rows);
    again(staff, id, form, &refused, value(&payload.preview)).await
}

/// The lines that are sent, in their order.
fn rows(changes: &Changes) -> Vec<String> {
    changes.lines.iter().map(|(line, _, _)| line.clone()).collect()
}

/// What is said of a line that was sent, at its row of the form; of what is added, and of shipping and the discount, at theirs.
fn at_rows(refused: Vec<Refusal>, rows: &[String]) -> Vec<Refusal> {
    let at_row = |refusal: Refusal| {
        if let Some(line) = refusal.place("lines").and_then(|place| rows.get(place)) {
            let name = match refusal.name() {
                "unitPrice" => "unitPrice",
                _ => "quantity",
            };
            return Refusal::said(refusal.message().to_owned(), &format!("{line}.{name}"));
        }
        match (refusal.place("added"), refusal.name()) {
            (Some(_), "unitPrice") => refusal.told_at("price"),
            (Some(_), _) => refusal.told_at(GOODS.name),
            (None, _) => refusal
                .called(&["changes", "shipping", "amount"], "shipping")
                .called(&["changes", "shipping", "methodId"], "method")
                .called(&["changes", "discount", "amount"], "discount"),
        }
    };
    refused.into_iter().map(at_row).collect()
}

/// The form with what was typed, what is wrong with it, and what it would come to.
async fn again(staff: Staff, id: String, form: &Form, refused: &[Refusal], preview: Value) -> Answer {
    let mut shown = goods::read(&staff, DEED, form, &[GOODS]).await?;
    let told = Refused::of(&staff, DEED, form, refused);
    (shown.errors, shown.is_conflict) = (told.errors, told.is_conflict);
    page(staff, id, preview, Some(shown)).await
}

/// The ways to where the order goes, by their ids and names: none of what somebody fetches.
async fn methods(staff: &Staff, order: &document::AdminOrderEditOrder) -> Result<Vec<Vec<String>>, Problem> {
    let Some(to) = order.shipping_address.as_ref() else {
        return Ok(Vec::new());
    };
    let asked = methods_document::Variables {
        country: to.country_code.clone(),
        postal_code: to.postal_code.clone(),
        region: to.region.clone(),
    };
    let found = staff
        .visit
        .ask(AdminOrderEditMethods, asked)
        .await?
        .shop
        .shipping_methods;
    let is_fetched = |kind: &ShippingMethodKind| matches!(kind, ShippingMethodKind::Pickup);
    let sent = found.into_iter().filter(|method| !is_fetched(&method.kind));
    Ok(sent.map(|method| vec![method.id, method.name]).collect())
}

async fn page(staff: Staff, id: String, preview: Value, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let data = staff.visit.ask(AdminOrderEdit, document::Variables { id }).await?;
    let order = data.order.as_ref().ok_or(Problem::NotFound)?;
    // What was only tried is not wrong.
    let wrong = refused
        .as_ref()
        .filter(|refused| !refused.errors.is_empty() || refused.is_conflict);
    let status = deed::status(wrong);
    let shown = context! {
        order => value(order),
        methods => value(&methods(&staff, order).await?),
        preview,
        is_wrong => wrong.is_some(),
        key => staff.visit.site.api().secret(),
        refused => value(&refused),
    };
    staff.show_as(status, "admin/order_edit/page.html", shown)
}
