//! What is done with a draft order: a document each.

use crate::{
    admin::{
        customer_group::by_email,
        deed,
        drafts::PATH,
        goods::{Picker, chosen},
        staff::{Permission, Staff},
        typed::{Typed, version},
    },
    documents::{
        AdminDraftComplete, AdminDraftDelete, AdminDraftDuplicate, AdminDraftLines, AdminDraftSave, AdminDraftSend,
        admin_draft_complete as complete_document, admin_draft_delete as delete_document,
        admin_draft_duplicate as duplicate_document, admin_draft_lines as lines_document,
        admin_draft_save as save_document, admin_draft_send as send_document,
    },
    postal,
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::{Form, amount},
};

/// What is put in.
pub const GOODS: Picker = Picker::variants("goods");

/// What came of a deed.
#[derive(Default)]
pub struct Done {
    pub refusals: Vec<Refusal>,
    /// Where its outcome is shown, if elsewhere.
    pub leads_to: Option<String>,
}

impl From<Vec<Refusal>> for Done {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self {
            refusals,
            leads_to: None,
        }
    }
}

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Result<Done, Problem> {
    let id = id.to_owned();
    match deed {
        "lines" => lines(staff, id, form, changed(form)).await,
        "add" => add(staff, id, form).await,
        "own" => lines(staff, id, form, vec![own(form)]).await,
        "save" => save(staff, id, form).await,
        "shipping" => shipping(staff, id, form).await,
        "discount" => discount(staff, id, form).await,
        "send" => send(staff, id, form).await,
        "complete" => complete(staff, id, form).await,
        "duplicate" => duplicate(staff, id).await,
        "delete" => {
            let expected_version = version(form);
            let input = delete_document::DraftOrderDeleteInput { expected_version, id };
            let refused = deed::run(staff, AdminDraftDelete, delete_document::Variables { input }).await?;
            Ok(refused.into())
        }
        _ => Err(Problem::NotFound),
    }
}

type Line = lines_document::DraftOrderLineInput;

fn line(quantity: i64) -> Line {
    Line {
        catalog_price: None,
        line_id: None,
        quantity,
        requires_shipping: None,
        sku: None,
        tax_category: None,
        title: None,
        unit_price: None,
        variant_id: None,
        weight_grams: None,
    }
}

/// Of each line that the table has (a hidden field `row` each), how many and for how much. A price that stays is not said.
fn changed(form: &Form) -> Vec<Line> {
    let is_told = |row: &String| form.field(&format!("{row}.quantity")).is_some();
    let rows = form.all("row").into_iter().filter(is_told);
    let read = |row: String| {
        let text = |name: &str| form.text(&format!("{row}.{name}")).trim().to_owned();
        let price = amount(&text("unitPrice"));
        Line {
            catalog_price: (!text("catalogPrice").is_empty()).then_some(true),
            unit_price: Some(price).filter(|price| !price.is_empty() && *price != text("was")),
            line_id: Some(row.clone()),
            // What is no number is refused as such a quantity is, and takes nothing out.
            ..line(text("quantity").parse().unwrap_or(-1))
        }
    };
    rows.map(read).collect()
}

/// The goods that were chosen, as many of each as was typed.
async fn add(staff: &Staff, id: String, form: &Form) -> Result<Done, Problem> {
    let chosen = match chosen(staff, form, GOODS).await? {
        Ok(chosen) if chosen.is_empty() => return Ok(vec![Refusal::at("INVALID", GOODS.name)].into()),
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(vec![refusal].into()),
    };
    let added = chosen.into_iter().map(|chosen| {
        // What is no number is refused as such a quantity is.
        let quantity = chosen.quantity().unwrap_or(-1);
        Line {
            variant_id: Some(chosen.id),
            ..line(quantity)
        }
    });
    let done = lines(staff, id, form, added.collect()).await?;
    let at_goods = |refusal: Refusal| match refusal.place("lines") {
        Some(_) => refusal.told_at(GOODS.name),
        None => refusal,
    };
    let refusals = done.refusals.into_iter().map(at_goods);
    Ok(refusals.collect::<Vec<_>>().into())
}

fn own(form: &Form) -> Line {
    Line {
        requires_shipping: Some(form.some("requiresShipping").is_some()),
        sku: form.some("sku"),
        tax_category: form.some("taxCategory"),
        title: Some(form.text("title").to_owned()),
        unit_price: form.amount("unitPrice"),
        ..line(form.text("quantity").trim().parse().unwrap_or(-1))
    }
}

async fn lines(staff: &Staff, id: String, form: &Form, lines: Vec<Line>) -> Result<Done, Problem> {
    let input = lines_document::DraftOrderLinesUpdateInput {
        expected_version: version(form),
        id,
        idempotency_key: None,
        lines,
    };
    let refused = deed::run(staff, AdminDraftLines, lines_document::Variables { input }).await?;
    Ok(refused.into())
}

fn fields() -> save_document::DraftOrderFieldsInput {
    save_document::DraftOrderFieldsInput {
        billing_address: None,
        country_code: None,
        currency_code: None,
        customer_id: None,
        discount: None,
        discount_codes: None,
        email: None,
        expires_at: None,
        locale: None,
        message: None,
        note: None,
        own_shipping: None,
        purchase_order_number: None,
        shipping_address: None,
        shipping_method_id: None,
        staff_note: None,
    }
}

async fn put(
    staff: &Staff,
    id: String,
    form: &Form,
    draft_order: save_document::DraftOrderFieldsInput,
    nulls: &[&str],
) -> Result<Done, Problem> {
    let input = save_document::DraftOrderUpdateInput {
        draft_order,
        expected_version: version(form),
        id,
    };
    let nulls: Vec<_> = nulls.iter().map(|name| format!("/input/draftOrder/{name}")).collect();
    let variables = save_document::Variables { input };
    let refused = deed::run_with_nulls(staff, AdminDraftSave, variables, &nulls).await?;
    Ok(refused.into())
}

/// For whom it is, and where it goes. Whoever has an account under the address is its customer.
async fn save(staff: &Staff, id: String, form: &Form) -> Result<Done, Problem> {
    let email = form.some("email");
    let customer = match &email {
        Some(email) if staff.may(Permission::Customers) => by_email(staff, email).await?,
        _ => None,
    };
    let mut nulls = Vec::new();
    for (name, is_gone) in [
        ("customerId", customer.is_none() && staff.may(Permission::Customers)),
        ("email", email.is_none()),
        ("note", form.some("note").is_none()),
        ("staffNote", form.some("staffNote").is_none()),
        ("purchaseOrderNumber", form.some("purchaseOrderNumber").is_none()),
        ("shippingAddress", !postal::is_typed(form)),
    ] {
        if is_gone {
            nulls.push(name);
        }
    }
    let input = save_document::DraftOrderFieldsInput {
        country_code: form.some("marketCountry"),
        currency_code: form.some("currencyCode"),
        customer_id: customer,
        discount_codes: Some(form.text("codes").split_whitespace().map(str::to_owned).collect()),
        email,
        locale: form.some("locale"),
        note: form.some("note"),
        purchase_order_number: form.some("purchaseOrderNumber"),
        shipping_address: postal::is_typed(form).then(|| postal::input!(form, save_document)),
        staff_note: form.some("staffNote"),
        ..fields()
    };
    put(staff, id, form, input, &nulls).await
}

/// One of the shop's methods, or one of its own.
async fn shipping(staff: &Staff, id: String, form: &Form) -> Result<Done, Problem> {
    let own = form.some("shippingTitle").filter(|_| form.text("method") == "own");
    let Some(title) = own else {
        let method = form.some("method").filter(|method| method != "own");
        let nulls: &[&str] = match method {
            Some(_) => &["ownShipping"],
            None => &["ownShipping", "shippingMethodId"],
        };
        let input = save_document::DraftOrderFieldsInput {
            shipping_method_id: method,
            ..fields()
        };
        return put(staff, id, form, input, nulls).await;
    };
    let input = save_document::DraftOrderFieldsInput {
        own_shipping: Some(save_document::DraftOrderShippingInput {
            price: amount(form.text("shippingPrice")),
            title,
        }),
        ..fields()
    };
    put(staff, id, form, input, &[]).await
}

/// A percentage, where it ends with `%`, or an amount; nothing takes it away.
async fn discount(staff: &Staff, id: String, form: &Form) -> Result<Done, Problem> {
    let Some(off) = form.some("off") else {
        return put(staff, id, form, fields(), &["discount"]).await;
    };
    let percentage = off.trim().strip_suffix('%').map(|percentage| amount(percentage.trim()));
    let input = save_document::DraftOrderFieldsInput {
        discount: Some(save_document::DraftOrderDiscountInput {
            amount: percentage.is_none().then(|| amount(&off)),
            percentage,
            title: form.some("discountTitle"),
        }),
        ..fields()
    };
    put(staff, id, form, input, &[]).await
}

async fn send(staff: &Staff, id: String, form: &Form) -> Result<Done, Problem> {
    let mut typed = Typed::of(form);
    let expires_at = match form.some("expiresAt") {
        Some(_) => typed.time("expiresAt", staff.zone()),
        None => None,
    };
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong.into());
    }
    let message = form.some("message");
    let nulls: Vec<String> = match message {
        Some(_) => Vec::new(),
        None => vec!["/input/message".to_owned()],
    };
    let input = send_document::DraftOrderSendInput {
        again: Some(true),
        expected_version: version(form),
        expires_at,
        id,
        mail: Some(form.some("mail").is_some()),
        message,
    };
    let variables = send_document::Variables { input };
    let refused = deed::run_with_nulls(staff, AdminDraftSend, variables, &nulls).await?;
    Ok(refused.into())
}

async fn complete(staff: &Staff, id: String, form: &Form) -> Result<Done, Problem> {
    let input = complete_document::DraftOrderCompleteInput {
        expected_total: form.some("total"),
        expected_version: version(form),
        id,
        paid: Some(form.some("paid").is_some()),
        payment_method: form.some("paymentMethod"),
    };
    let variables = complete_document::Variables { input };
    let data = staff.visit.ask(AdminDraftComplete, variables).await?;
    let answered = data.draft_order_complete.ok_or(Problem::Broken)?;
    let leads_to = answered.order.map(|order| format!("/admin/orders/{}", order.id));
    Ok(Done {
        refusals: refusals(&answered.user_errors),
        leads_to,
    })
}

async fn duplicate(staff: &Staff, id: String) -> Result<Done, Problem> {
    let input = duplicate_document::DraftOrderDuplicateInput { id };
    let variables = duplicate_document::Variables { input };
    let data = staff.visit.ask(AdminDraftDuplicate, variables).await?;
    let answered = data.draft_order_duplicate.ok_or(Problem::Broken)?;
    let leads_to = answered
        .draft_order
        .map(|draft| format!("{PATH}/{}?done=duplicate", draft.id));
    Ok(Done {
        refusals: refusals(&answered.user_errors),
        leads_to,
    })
}
