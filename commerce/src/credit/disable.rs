//! Staff shut a gift card that was lost, and open it again.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    ids::CreditAccountId,
};

use super::account::lock;
use crate::{
    Context, Result, Shop,
    error::expect_version,
    staff::{Permission, audit, permission},
};

/// Has a card pay nothing, or pay again what is on it. One that is so already stays as it is.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the card's.
pub async fn set_active(
    shop: &Shop,
    context: &Context,
    id: CreditAccountId,
    expected_version: Option<i64>,
    active: bool,
) -> Result<credit_account::Model> {
    permission::require_or_system(context, Permission::Refunds)?;
    shop.transact(context, |tx| async move {
        let card = lock(&tx, id, CreditKind::GiftCard).await?;
        if card.disabled_at.is_none() == active {
            return Ok(card);
        }
        expect_version("gift card", card.version, expected_version)?;
        let now = tx.shop().now();
        let card = credit_account::Model {
            disabled_at: (!active).then_some(now),
            version: card.version + 1,
            updated_at: now,
            ..card
        };
        let card = card.into_active_model().reset_all().update(tx.db()).await?;
        let action = match active {
            true => "gift_card.activate",
            false => "gift_card.deactivate",
        };
        audit(&tx, action, id.to_string(), json!({ "lastFour": card.last_four })).await?;
        Ok(card)
    })
    .await
}
