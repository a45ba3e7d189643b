//! Begins a cart.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, QueryTrait};
use vitrine_entity::{attribute::Attributes, cart, ids::CartId};

use super::{
    assemble::{CartRow, assemble_of},
    claim::email_of,
    lines::{LineInput, add_to},
    view::CartView,
};
use crate::{Context, Fault, Result, Shop, Tx, revision::REVISION, text};

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
        let email = match email {
            Some(email) => Some(email.clone()),
            None => email_of(&tx).await?,
        };
        let begun = cart::ActiveModel {
            locale: Set(locale.clone().unwrap_or_else(|| context.locale.to_string())),
            email: Set(email),
            note: Set(note.clone()),
            ..Default::default()
        };
        let row = begin(&tx, begun).await?;
        let lines = add_to(&tx, &row.row, Vec::new(), lines).await?;
        assemble_of(shop, context, tx.db(), row, lines).await
    })
    .await
}

/// Writes the row of a new cart of the caller's: what of it is not set is as it is in every new one.
pub(crate) async fn begin(tx: &Tx, set: cart::ActiveModel) -> Result<CartRow> {
    let (shop, context) = (tx.shop(), tx.context());
    let now = shop.now();
    let row = cart::ActiveModel {
        id: Set(CartId(shop.ids.unguessable())),
        customer_id: Set(context.viewer.customer()),
        currency: Set(context.currency),
        version: Set(1),
        attributes: Set(Attributes::default()),
        created_at: Set(now),
        updated_at: Set(now),
        ..set
    };
    let mut insert = cart::Entity::insert(row).build(tx.db().get_database_backend());
    insert.sql += &format!(" returning *, {REVISION}");
    let begun = CartRow::find_by_statement(insert).one(tx.db()).await?;
    Ok(begun.ok_or_else(|| Fault::Other("a cart was not written".to_owned(), None))?)
}
