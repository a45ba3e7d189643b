//! Staff correct what is on a gift card, or what a customer has as store credit.

use serde_json::json;
use vitrine_entity::{credit_account, credit_entry::CreditEntryKind, ids::CreditAccountId};

use super::{
    account::{balance, missing},
    ledger::{self, Movement},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    error::expect_version,
    language::messages,
    staff::{Permission, audit, permission},
    text,
};

/// Which account, by how much, and why.
#[derive(Debug, Clone)]
pub struct Adjust {
    pub account: CreditAccountId,
    pub expected_version: Option<i64>,
    /// A decimal in the account's currency, with a minus where something is taken.
    pub amount: String,
    pub reason: String,
}

/// Changes the balance of an account.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the account's, and more than is there.
pub async fn adjust(shop: &Shop, context: &Context, input: Adjust) -> Result<credit_account::Model> {
    permission::require_or_system(context, Permission::Refunds)?;
    let reason = &text::line(&["reason"], &input.reason, 200)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let account = tx
            .lock::<credit_account::Entity>(input.account)
            .await?
            .ok_or_else(missing)?;
        expect_version("gift card", account.version, input.expected_version)?;
        let amount_minor = ledger::any(&["amount"], &input.amount, account.currency)?;
        let movement = Movement {
            kind: CreditEntryKind::Adjusted,
            amount_minor,
            order: None,
            refund: None,
            reason: Some(reason),
        };
        let adjusted = ledger::apply(&tx, account.id, movement).await?;
        let adjusted = adjusted.ok_or_else(|| match amount_minor < 0 {
            true => {
                let message = messages::credit_takes_too_much(balance(&account));
                Refusal::new(ErrorCode::InvalidAmount, message).at(&["amount"])
            }
            false => ledger::too_much().at(&["amount"]),
        })?;
        let data = json!({ "amountMinor": amount_minor, "reason": reason });
        audit(&tx, "credit.adjust", account.id.to_string(), data).await?;
        Ok(adjusted)
    })
    .await
}
