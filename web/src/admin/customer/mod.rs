//! `/admin/customers/{id}`: a customer's data and orders, and whether they may sign in.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminCustomer, AdminCustomerDisable, AdminCustomerEnable, AdminCustomerReset, AdminStoreCreditGrant,
        admin_customer as document, admin_customer::AdminCustomerNode, admin_customer_disable as disable_document,
        admin_customer_enable as enable_document, admin_customer_reset as reset_document,
        admin_store_credit_grant as credit_document,
    },
    problem::Problem,
    shown::value,
    visit::Form,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/customers/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let refusals = run(&staff, id.clone(), &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/customers/{id}?done={deed}"))),
    }
}

async fn run(staff: &Staff, id: String, deed: &str, form: &Form) -> Outcome {
    let expected_version = form.text("expectedVersion").parse().ok();
    match deed {
        "disable" => {
            let input = disable_document::CustomerDisableInput { expected_version, id };
            deed::run(staff, AdminCustomerDisable, disable_document::Variables { input }).await
        }
        "enable" => {
            let input = enable_document::CustomerEnableInput { expected_version, id };
            deed::run(staff, AdminCustomerEnable, enable_document::Variables { input }).await
        }
        "reset" => {
            let input = reset_document::CustomerPasswordResetSendInput { id };
            deed::run(staff, AdminCustomerReset, reset_document::Variables { input }).await
        }
        "credit" => {
            let input = credit_document::StoreCreditGrantInput {
                amount: form.amount("amount").unwrap_or_default(),
                currency_code: None,
                customer_id: id,
                reason: form.text("reason").to_owned(),
            };
            deed::run(staff, AdminStoreCreditGrant, credit_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Customers)?;
    let query = Form::from(staff.visit.uri.query().unwrap_or_default());
    let variables = document::Variables {
        id,
        orders: staff.may(Permission::Orders),
        credit: staff.may(Permission::Refunds),
        credit_after: query.some("credit_after"),
    };
    let data = staff.visit.ask(AdminCustomer, variables).await?;
    let Some(AdminCustomerNode::Customer(customer)) = &data.node else {
        return Err(Problem::NotFound);
    };
    let done = deed::done(&staff, "admin.customer.done", done);
    let may_credit = staff.may(Permission::Refunds);
    let shown = context! {
        customer => value(customer),
        credit_of => query.text("credit"),
        may_credit,
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/customer/page.html", shown)
}
