//! What is done with a variant's prices: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, id, nulls, version},
    },
    documents::{
        AdminPriceScheduleCreate, AdminPriceScheduleSave, AdminPriceScheduleWithdraw,
        admin_price_schedule_create as create_document, admin_price_schedule_save as save_document,
        admin_price_schedule_withdraw as withdraw_document,
    },
    problem::Problem,
    visit::{Form, amount},
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, variant: &str, deed: &str, form: &Form) -> Outcome {
    match deed {
        "plan" => plan(staff, variant, form).await,
        "save" => save(staff, form).await,
        "withdraw" => {
            let input = withdraw_document::PriceScheduleWithdrawInput {
                expected_version: version(form),
                id: id(form)?,
            };
            deed::run(
                staff,
                AdminPriceScheduleWithdraw,
                withdraw_document::Variables { input },
            )
            .await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn plan(staff: &Staff, variant: &str, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let input = create_document::PriceScheduleCreateInput {
        begins_at: typed.time("beginsAt", staff.zone()).unwrap_or_default(),
        compare_at_price: form.amount("compareAtPrice"),
        currency_code: form.some("currencyCode"),
        ends_at: match form.some("endsAt") {
            Some(_) => typed.time("endsAt", staff.zone()),
            None => None,
        },
        price: amount(form.text("price")),
        variant_id: variant.to_owned(),
    };
    match typed.wrong() {
        wrong if wrong.is_empty() => {
            deed::run(staff, AdminPriceScheduleCreate, create_document::Variables { input }).await
        }
        wrong => Ok(wrong),
    }
}

async fn save(staff: &Staff, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let mut time = |name| match form.some(name) {
        Some(_) => typed.time(name, staff.zone()),
        None => None,
    };
    let input = save_document::PriceScheduleUpdateInput {
        begins_at: time("beginsAt"),
        ends_at: time("endsAt"),
        compare_at_price: form.amount("compareAtPrice"),
        expected_version: version(form),
        id: id(form)?,
        price: form.amount("price"),
    };
    match typed.wrong() {
        wrong if wrong.is_empty() => {
            let nulls = nulls(form, &["compareAtPrice", "endsAt"]);
            let variables = save_document::Variables { input };
            deed::run_with_nulls(staff, AdminPriceScheduleSave, variables, &nulls).await
        }
        wrong => Ok(wrong),
    }
}
