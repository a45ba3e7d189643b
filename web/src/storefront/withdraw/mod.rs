//! `/withdraw`, and for an order that was opened `/orders/{id}/withdraw`: somebody withdraws from a contract, in two steps, as
//! directive 2011/83/EU, article 11a, has them. Nothing of it needs a script.

mod form;

use axum::{extract::Path, http::StatusCode};
use minijinja::context;

use self::form::{Declared, at_row};
use super::order::unopened;
use crate::{
    answer::Answer,
    documents::{
        ShopperWithdrawalConfirm, ShopperWithdrawalPrepare, WithdrawPage,
        shopper_withdrawal_confirm as confirm_document, shopper_withdrawal_prepare as prepare_document,
        withdraw_page as document,
    },
    problem::Problem,
    refusals::{Errors, Refusal, errors, refusals},
    shown::value,
    visit::{Form, Posted, Visit},
};

/// `GET /withdraw`: by number and mail address.
pub async fn show(visit: Visit) -> Answer {
    page(visit, None, Errors::new(), &Form::from("")).await
}

/// `GET /orders/{id}/withdraw`: by lines.
pub async fn show_of_order(visit: Visit, Path(id): Path<String>) -> Answer {
    page(visit, Some(id), Errors::new(), &Form::from("")).await
}

async fn page(visit: Visit, order: Option<String>, errors: Errors, typed: &Form) -> Answer {
    let status = status_of(&errors);
    let typed: std::collections::BTreeMap<_, _> = typed.pairs().collect();
    let Some(id) = order else {
        let shown = context! { values => value(&typed), errors => value(&errors), is_indexed => false };
        return visit.show_as(status, "storefront/withdraw/by_number.html", shown).await;
    };
    let token = visit.order_token(&id);
    let data = visit.ask(WithdrawPage, document::Variables { id, token }).await?;
    let Some(order) = &data.order else {
        return unopened(visit).await;
    };
    let shown = context! {
        order => value(order),
        typed => value(&typed),
        errors => value(&errors),
        is_indexed => false,
    };
    visit.show_as(status, "storefront/withdraw/of_order.html", shown).await
}

fn status_of(errors: &Errors) -> StatusCode {
    match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// `POST /withdraw`: the first step, which shows what is about to be said.
pub async fn review(posted: Posted) -> Answer {
    let Posted { visit, form } = posted;
    let declared = Declared::read(&visit, &form);
    if let (Some(lines), Some(first)) = (&declared.lines, form.all("line").first())
        && lines.is_empty()
    {
        let nothing = Refusal::said(visit.say("withdraw.choose"), &format!("{first}.quantity"));
        let errors = errors(&visit, &[nothing]);
        return page(visit, declared.order, errors, &form).await;
    }
    let input = declared.to_prepare();
    let data = visit
        .ask(ShopperWithdrawalPrepare, prepare_document::Variables { input })
        .await?;
    let answer = data.withdrawal_prepare.ok_or(Problem::Broken)?;
    let refused = refusals(&answer.user_errors);
    let Some(draft) = answer.draft.filter(|_| refused.is_empty()) else {
        return again(visit, &form, declared, refused).await;
    };
    let shown = context! {
        statement => value(&draft.statement.lines().collect::<Vec<_>>()),
        email => draft.email,
        fields => value(&form.pairs().filter(|(name, _)| *name != "csrf").collect::<Vec<_>>()),
        back => declared.order.as_ref().map_or_else(|| "/withdraw".to_owned(), |id| format!("/orders/{id}/withdraw")),
        key => visit.site.api().secret(),
        is_indexed => false,
    };
    visit.show("storefront/withdraw/review.html", shown).await
}

/// `POST /withdraw/confirm`: the second step.
pub async fn confirm(posted: Posted) -> Answer {
    let Posted { visit, form } = posted;
    let declared = Declared::read(&visit, &form);
    let input = declared.to_confirm(form.text("key"));
    let data = visit
        .ask(ShopperWithdrawalConfirm, confirm_document::Variables { input })
        .await?;
    let answer = data.withdrawal_confirm.ok_or(Problem::Broken)?;
    let refused = refusals(&answer.user_errors);
    let Some(receipt) = answer.receipt.filter(|_| refused.is_empty()) else {
        return again(visit, &form, declared, refused).await;
    };
    let shown = context! {
        receipt => value(&receipt),
        statement => value(&receipt.statement.lines().collect::<Vec<_>>()),
        order => declared.order,
        is_indexed => false,
    };
    visit.show("storefront/withdraw/receipt.html", shown).await
}

/// The form once more, with what was wrong.
async fn again(visit: Visit, form: &Form, declared: Declared, refused: Vec<Refusal>) -> Answer {
    let sent = declared.sent();
    let refused: Vec<_> = refused.into_iter().map(|refusal| at_row(refusal, &sent)).collect();
    let errors = errors(&visit, &refused);
    page(visit, declared.order, errors, form).await
}
