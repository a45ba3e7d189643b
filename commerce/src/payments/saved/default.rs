//! Which of a customer's cards is proposed first.

use vitrine_entity::{ids::SavedPaymentMethodId, saved_payment_method};

use super::{
    list::saved_by,
    remove::{any, missing, set_default},
};
use crate::{Context, Result, Shop, customers::own::myself};

/// Makes a card of one's own the one that is proposed first.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND`, also for another's and one that was removed.
pub async fn make_default(
    shop: &Shop,
    context: &Context,
    id: SavedPaymentMethodId,
) -> Result<saved_payment_method::Model> {
    let customer = myself(context)?;
    shop.transact(context, |tx| async move {
        let row = any(&tx, customer, id).await?;
        if row.removed_at.is_some() {
            return Err(missing().into());
        }
        if row.is_default {
            return Ok(row);
        }
        for other in saved_by(tx.db(), customer).await? {
            if other.is_default {
                set_default(&tx, other.id, false).await?;
            }
        }
        set_default(&tx, id, true).await?;
        Ok(saved_payment_method::Model {
            is_default: true,
            ..row
        })
    })
    .await
}
