//! What stands in the form, of both steps: the second repeats what the first has sent.

use crate::{
    documents::{shopper_withdrawal_confirm as confirm_document, shopper_withdrawal_prepare as prepare_document},
    refusals::Refusal,
    visit::{Form, Visit},
};

pub struct Declared {
    /// Of whoever has opened it.
    pub order: Option<String>,
    token: Option<String>,
    order_number: Option<String>,
    email: Option<String>,
    name: Option<String>,
    details: Option<String>,
    /// `None`: from the whole order.
    pub lines: Option<Vec<(String, i64)>>,
}

impl Declared {
    pub fn read(visit: &Visit, form: &Form) -> Self {
        let order = form.some("order");
        let rows = form.all("line");
        let chosen = || rows.iter().filter_map(|line| Some((line.clone(), units(form, line)?)));
        Self {
            token: order.as_deref().and_then(|id| visit.order_token(id)),
            order_number: form.some("orderNumber"),
            email: form.some("email"),
            name: form.some("name"),
            details: form.some("details"),
            lines: (form.text("scope") == "part").then(|| chosen().collect()),
            order,
        }
    }

    /// The lines that were sent, in their order.
    pub fn sent(&self) -> Vec<String> {
        let lines = self.lines.iter().flatten();
        lines.map(|(line, _)| line.clone()).collect()
    }

    pub fn to_prepare(&self) -> prepare_document::WithdrawalPrepareInput {
        let line = |(line_id, quantity): &(String, i64)| prepare_document::WithdrawalLineInput {
            line_id: line_id.clone(),
            quantity: *quantity,
        };
        prepare_document::WithdrawalPrepareInput {
            access_token: self.token.clone(),
            details: self.details.clone(),
            email: self.email.clone(),
            lines: self.lines.as_ref().map(|lines| lines.iter().map(line).collect()),
            name: self.name.clone(),
            order_id: self.order.clone(),
            order_number: self.order_number.clone(),
        }
    }

    pub fn to_confirm(&self, key: &str) -> confirm_document::WithdrawalConfirmInput {
        let line = |(line_id, quantity): &(String, i64)| confirm_document::WithdrawalLineInput {
            line_id: line_id.clone(),
            quantity: *quantity,
        };
        confirm_document::WithdrawalConfirmInput {
            access_token: self.token.clone(),
            details: self.details.clone(),
            email: self.email.clone(),
            idempotency_key: key.to_owned(),
            lines: self.lines.as_ref().map(|lines| lines.iter().map(line).collect()),
            name: self.name.clone(),
            order_id: self.order.clone(),
            order_number: self.order_number.clone(),
        }
    }
}

/// Units of a line; nothing where none are typed. What is no number is none that the API takes.
fn units(form: &Form, line: &str) -> Option<i64> {
    let typed = form.some(&format!("{line}.quantity")).filter(|text| text != "0")?;
    Some(typed.parse().unwrap_or(-1))
}

/// What is said of a line that was sent, at its row of the form, which has those that were not.
pub fn at_row(refusal: Refusal, sent: &[String]) -> Refusal {
    match refusal.place("lines").and_then(|place| sent.get(place)) {
        Some(line) => Refusal::said(refusal.message().to_owned(), &format!("{line}.quantity")),
        None => refusal,
    }
}
