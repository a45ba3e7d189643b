//! Begins a cart.

use sea_orm::{ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, IntoActiveModel, QueryTrait};
use vitrine_entity::{
    attribute::Attributes,
    cart::{self, DiscountCodes},
    cart_credits::CartCredits,
    cart_line,
    ids::CartId,
};

use super::{
    assemble::{CartRow, assemble_of},
    claim::email_of,
    lines::{LineInput, with_added},
    view::CartView,
};
use crate::{
    Context, Fault, Result, Shop, Tx, repeats, revision::REVISION, settings::nearest, text, transaction::together,
};

/// Nobody's language has a longer name.
const LOCALE_LENGTH_MAX: usize = 100;

/// What a new cart holds.
#[derive(Debug, Clone, Default)]
pub struct CartCreate {
    pub lines: Vec<LineInput>,
    pub email: Option<String>,
    /// BCP 47, as in `en`; the request's where it is not given, and the nearest that it has where it has not this one.
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
    let profile = shop.profile();
    let locale = text::optional_line(&["locale"], input.locale.as_deref(), LOCALE_LENGTH_MAX)?;
    let locale = locale
        .map(|asked| nearest(&["locale"], &asked, &profile.languages))
        .transpose()?;
    let email = match email {
        Some(email) => Some(email),
        None => email_of(&shop.db, context.viewer).await?,
    };
    let row = cart::Model {
        locale: locale.as_deref().unwrap_or(&context.locale).to_owned(),
        email,
        note,
        ..empty(shop, context)
    };
    let (mut lines, _) = with_added(shop, &shop.db, &row, Vec::new(), &input.lines).await?;
    lines.sort_by_key(|(line, _)| line.id);
    let rows = lines.iter().map(|(line, _)| line.clone());
    let row = write(shop, context, row, rows.collect()).await?;
    assemble_of(shop, context, &shop.db, row, lines).await
}

/// Writes the row of a new cart of the caller's.
pub(crate) async fn begin(tx: &Tx, row: cart::Model) -> Result<CartRow> {
    write_on(tx.db(), row, Vec::new()).await
}

/// A new cart of the caller's.
pub(crate) fn empty(shop: &Shop, context: &Context) -> cart::Model {
    let now = shop.now();
    cart::Model {
        id: CartId(shop.ids.unguessable()),
        customer_id: context.viewer.customer(),
        currency: context.shown,
        locale: context.locale.to_string(),
        email: None,
        shipping_address: None,
        billing_address: None,
        shipping_method_id: None,
        note: None,
        version: 1,
        order_id: None,
        created_at: now,
        updated_at: now,
        tax_id: None,
        attributes: Attributes::default(),
        gift_message: None,
        country: Some(context.country.to_string()),
        credits: CartCredits::default(),
        discount_codes: DiscountCodes::default(),
        purchase_order_number: None,
        purchase_request_id: None,
        draft: None,
    }
}

/// Writes a cart with its lines: one statement that stands alone, or on SQLite in its turn.
async fn write(shop: &Shop, context: &Context, row: cart::Model, lines: Vec<cart_line::Model>) -> Result<CartRow> {
    let (row, lines) = (&row, &lines);
    if !shop.takes_turns() && !repeats::is_kept(context) {
        return shop.alone(|| write_on(shop.writer(), row.clone(), lines.clone())).await;
    }
    shop.transact_briefly(context, |tx| async move {
        write_on(tx.db(), row.clone(), lines.clone()).await
    })
    .await
}

async fn write_on(db: &impl ConnectionTrait, row: cart::Model, lines: Vec<cart_line::Model>) -> Result<CartRow> {
    let backend = db.get_database_backend();
    let mut insert = cart::Entity::insert(row.into_active_model()).build(backend);
    insert.sql += &format!(" returning *, {REVISION}");
    let lines = lines.into_iter().map(IntoActiveModel::into_active_model);
    let lines = (lines.len() > 0).then(|| cart_line::Entity::insert_many(lines).build(backend));
    let (first, last) = match backend {
        DatabaseBackend::Postgres => (together(lines.into_iter().chain([insert]).collect(), backend), None),
        _ => (Some(insert), lines),
    };
    let first = first.ok_or_else(unwritten)?;
    let begun = CartRow::find_by_statement(first).one(db).await?;
    if let Some(lines) = last {
        db.execute_raw(lines).await?;
    }
    Ok(begun.ok_or_else(unwritten)?)
}

fn unwritten() -> Fault {
    Fault::Other("a cart was not written".to_owned(), None)
}
