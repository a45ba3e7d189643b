//! Begins a cart.

use sea_orm::{ActiveValue::Set, EntityTrait};
use vitrine_entity::{attribute::Attributes, cart, ids::CartId};

use super::{
    assemble::assemble,
    claim::email_of,
    lines::{self, LineInput},
    view::CartView,
};
use crate::{Context, Result, Shop, text};

/// What a new cart holds.
#[derive(Debug, Clone, Default)]
pub struct CartCreate {
    pub lines: Vec<LineInput>,
    pub email: Option<String>,
    /// BCP 47, as in `en`; the shop's own where it is not given.
    pub locale: Option<String>,
    pub note: Option<String>,
}

/// Begins a cart, for the signed-in customer or for whoever will hold its id.
pub async fn create(shop: &Shop, context: &Context, input: CartCreate) -> Result<CartView> {
    let email = input
        .email
        .as_deref()
        .map(|email| text::email(&["email"], email))
        .transpose()?;
    let note = text::optional_paragraph(&["note"], input.note.as_deref(), 2_000)?;
    let locale = text::optional_line(&["locale"], input.locale.as_deref(), 35)?;
    let (email, note, locale, lines) = (&email, &note, &locale, &input.lines);
    shop.transact_briefly(context, |tx| async move {
        let now = shop.now();
        let email = match email {
            Some(email) => Some(email.clone()),
            None => email_of(&tx).await?,
        };
        let row = cart::ActiveModel {
            id: Set(CartId(shop.ids.unguessable())),
            customer_id: Set(context.viewer.customer()),
            currency: Set(context.currency),
            locale: Set(locale.clone().unwrap_or_else(|| context.locale.to_string())),
            email: Set(email),
            shipping_address: Set(None),
            billing_address: Set(None),
            shipping_method_id: Set(None),
            note: Set(note.clone()),
            version: Set(1),
            order_id: Set(None),
            tax_id: Set(None),
            attributes: Set(Attributes::default()),
            gift_message: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let row = cart::Entity::insert(row).exec_with_returning(tx.db()).await?;
        if !lines.is_empty() {
            lines::add(&tx, &row, lines).await?;
        }
        assemble(shop, context, tx.db(), row).await
    })
    .await
}
