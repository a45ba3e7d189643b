//! A guest who has lost the mail asks for the link to their order, by its number and their address.
//!
//! Asking answers and takes the same whether or not there is such an order. The link goes to the order's address alone,
//! so that whoever guesses both learns nothing.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{ids::OrderId, order};

use super::number;
use crate::{
    Context, Result, Shop, imported,
    limits::{Kind, account},
    notifications, text,
};

/// Nobody types a longer one.
const NUMBER_LENGTH_MAX: usize = 64;

/// What is known of an order.
#[derive(Debug, Clone)]
pub struct LinkRequest {
    /// As in `V-7K3M-9QXT`, however it is typed.
    pub number: String,
    /// Where its mails go.
    pub email: String,
}

/// Sends the link to the order's address, if both are its own.
///
/// # Errors
/// `INVALID` for what is no number or no address at all; `RATE_LIMITED` after three requests for an address within an
/// hour.
pub async fn request_link(shop: &Shop, context: &Context, input: LinkRequest) -> Result<()> {
    let number = text::line(&["number"], &input.number, NUMBER_LENGTH_MAX)?;
    let email = &text::email(&["email"], &input.email)?;
    account::mail(shop, Kind::OrderToken, email).await?;
    let (number, of_another_shop) = (&number::typed(&number), &imported::key(&number));
    shop.transact(context, |tx| async move {
        let order = order::Entity::find()
            .filter(order::Column::Number.eq(number))
            .one(tx.db())
            .await?;
        let order = order.filter(|order| order.email.eq_ignore_ascii_case(email));
        // Asked for in any case: what is read tells nobody whether there is an order.
        let imported = imported::of_guest(&tx, of_another_shop, email).await?;
        if let (None, Some(imported)) = (&order, imported) {
            notifications::tell_imported_order(&tx, imported);
            return Ok(());
        }
        // For nobody's, too: the job finds that there is nothing to send.
        let id = order.map_or(OrderId(uuid::Uuid::nil()), |order| order.id);
        notifications::tell_link(&tx, id);
        Ok(())
    })
    .await
}
