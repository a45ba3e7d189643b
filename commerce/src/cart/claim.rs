//! Merges a guest's cart into the customer's at login.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use vitrine_entity::{
    cart, cart_line, customer,
    ids::{CartId, CustomerId},
};

use super::{
    assemble::{CartRow, assemble},
    change::{CartRef, touch},
    lines::{self, LINES_MAX, LineInput, QUANTITY_MAX},
    view::CartView,
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, Viewer, catalog, language::messages};

/// Gives the guest's cart `cart` to the signed-in customer. What lies in the customer's latest
/// unfinished cart joins it, and that one is emptied.
///
/// # Errors
/// Refuses when nobody is signed in, and what any change of a cart refuses.
pub async fn claim(shop: &Shop, context: &Context, cart: CartRef) -> Result<CartView> {
    let Some(customer) = context.viewer.customer() else {
        return Err(Refusal::new(ErrorCode::Unauthenticated, messages::cart_claim_sign_in()).into());
    };
    shop.transact(context, |tx| async move {
        let claimed = touch(&tx, cart).await?;
        if claimed.row.customer_id == Some(customer) {
            return assemble(shop, context, tx.db(), claimed).await;
        }
        if let Some(former) = latest_of(&tx, customer).await? {
            let former = touch(
                &tx,
                CartRef {
                    id: former,
                    expected_version: None,
                },
            )
            .await?;
            join(&tx, &former.row, &claimed.row).await?;
        }
        let mut row = claimed.row.into_active_model();
        row.customer_id = Set(Some(customer));
        if row.email.as_ref().is_none() {
            row.email = Set(email_of(tx.db(), context.viewer).await?);
        }
        let row = row.update(tx.db()).await?;
        assemble(shop, context, tx.db(), CartRow { row, ..claimed }).await
    })
    .await
}

/// The mail address of the customer who asks.
pub(super) async fn email_of(db: &impl ConnectionTrait, viewer: Viewer) -> Result<Option<String>> {
    let Some(customer) = viewer.customer() else {
        return Ok(None);
    };
    let row = customer::Entity::find_by_id(customer).one(db).await?;
    Ok(row.map(|row| row.email))
}

async fn latest_of(tx: &Tx, customer: CustomerId) -> Result<Option<CartId>> {
    Ok(cart::Entity::find()
        .select_only()
        .column(cart::Column::Id)
        .filter(cart::Column::CustomerId.eq(customer))
        .filter(cart::Column::OrderId.is_null())
        .order_by_desc(cart::Column::UpdatedAt)
        .into_tuple()
        .one(tx.db())
        .await?)
}

/// Moves the lines of `from` into `into`, as far as a line's and the cart's limits go.
async fn join(tx: &Tx, from: &cart::Model, into: &cart::Model) -> Result<()> {
    let theirs = cart_line::Entity::find()
        .filter(cart_line::Column::CartId.eq(from.id))
        .all(tx.db())
        .await?;
    let present = cart_line::Entity::find()
        .filter(cart_line::Column::CartId.eq(into.id))
        .all(tx.db())
        .await?;
    let has = |line: &cart_line::Model| {
        present
            .iter()
            .find(|other| other.variant_id == line.variant_id)
            .map_or(0, |other| other.quantity)
    };
    let variants: Vec<_> = theirs.iter().map(|line| line.variant_id).collect();
    let goods = catalog::goods::goods_on(tx.shop(), tx.db(), into.currency, &variants).await?;
    let (grow, join): (Vec<_>, Vec<_>) = theirs
        .iter()
        .filter(|line| {
            goods
                .get(&line.variant_id)
                .is_some_and(|good| good.on_sale && good.price.is_some())
        })
        .map(|line| LineInput {
            variant: line.variant_id,
            quantity: line.quantity.min(QUANTITY_MAX - has(line)),
            attributes: Some(line.attributes.0.clone()).filter(|noted| !noted.is_empty()),
        })
        .filter(|input| input.quantity > 0)
        .partition(|input| present.iter().any(|line| line.variant_id == input.variant));
    let room = LINES_MAX.saturating_sub(present.len());
    let inputs: Vec<_> = grow.into_iter().chain(join.into_iter().take(room)).collect();
    cart_line::Entity::delete_many()
        .filter(cart_line::Column::CartId.eq(from.id))
        .exec(tx.db())
        .await?;
    if inputs.is_empty() {
        Ok(())
    } else {
        lines::add(tx, into, &inputs).await.map(|_| ())
    }
}
