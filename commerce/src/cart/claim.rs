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
    assemble::{CartRow, assemble, assemble_of, lines_of, read},
    change::{CartRef, touch},
    lines::{self, LINES_MAX, LineInput, QUANTITY_MAX, price_of, still_noted, write},
    market::{LineRepriced, Moved},
    terms::by_terms,
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, Tx, Viewer, catalog, language::messages, money::Money};

/// Gives the guest's cart `cart` to the signed-in customer. What lies in the customer's latest
/// unfinished cart joins it, and that one is emptied; where it was in another currency, the answer tells what changed.
///
/// # Errors
/// Refuses when nobody is signed in, and what any change of a cart refuses.
pub async fn claim(shop: &Shop, context: &Context, cart: CartRef) -> Result<Moved> {
    let Some(customer) = context.viewer.customer() else {
        return Err(Refusal::new(ErrorCode::Unauthenticated, messages::cart_claim_sign_in()).into());
    };
    // Whoever signs in to pay a draft order changes nothing of it: it is for whom staff said.
    if let Some((found, lines)) = read(shop, cart.id).await?
        && found.row.draft.is_some()
    {
        let view = assemble_of(shop, context, &shop.db, found, lines).await?;
        let repriced = Vec::new();
        return Ok(Moved { view, repriced });
    }
    shop.transact(context, |tx| async move {
        let claimed = touch(&tx, cart).await?;
        if claimed.row.customer_id == Some(customer) {
            let view = assemble(shop, context, tx.db(), claimed).await?;
            let repriced = Vec::new();
            return Ok(Moved { view, repriced });
        }
        let mut repriced = Vec::new();
        if let Some(former) = latest_of(&tx, customer).await? {
            let former = touch(
                &tx,
                CartRef {
                    id: former,
                    expected_version: None,
                },
            )
            .await?;
            let theirs = cart::Model {
                customer_id: Some(customer),
                ..claimed.row.clone()
            };
            repriced = join(&tx, &former.row, &theirs).await?;
        }
        let mut row = claimed.row.clone().into_active_model();
        row.customer_id = Set(Some(customer));
        if row.email.as_ref().is_none() {
            row.email = Set(email_of(tx.db(), context.viewer).await?);
        }
        let row = row.update(tx.db()).await?;
        see_own_prices(&tx, &claimed.row, &row).await?;
        let view = assemble(shop, context, tx.db(), CartRow { row, ..claimed }).await?;
        Ok(Moved { view, repriced })
    })
    .await
}

/// Whoever signs in has seen the prices that everybody pays, and pays their own from then on: that is no change of a price.
async fn see_own_prices(tx: &Tx, before: &cart::Model, after: &cart::Model) -> Result<()> {
    let shop = tx.shop();
    if !shop.profile().trade.has_catalogs {
        return Ok(());
    }
    let everybodys = lines_of(shop, tx.db(), before).await?;
    for (mut line, own) in lines_of(shop, tx.db(), after).await? {
        let other = everybodys.iter().find(|(other, _)| other.id == line.id);
        let had = other.and_then(|(_, good)| price_of(shop, before, good, line.quantity));
        let Some(price) = price_of(shop, after, &own, line.quantity) else {
            continue;
        };
        if had == Some(line.seen_price_minor) && price != line.seen_price_minor {
            line.seen_price_minor = price;
            write(tx, &line).await?;
        }
    }
    Ok(())
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
        .filter(cart::Column::PurchaseRequestId.is_null())
        .filter(cart::Column::Draft.is_null())
        .order_by_desc(cart::Column::UpdatedAt)
        .into_tuple()
        .one(tx.db())
        .await?)
}

fn is_same(one: &cart_line::Model, other: &cart_line::Model) -> bool {
    one.variant_id == other.variant_id && one.detail == other.detail
}

/// Moves the lines of `from` into `into`, as far as a line's and the cart's limits go. Gives those whose price the shopper saw in
/// another currency.
async fn join(tx: &Tx, from: &cart::Model, into: &cart::Model) -> Result<Vec<LineRepriced>> {
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
            .find(|other| is_same(other, line))
            .map_or(0, |other| other.quantity)
    };
    let variants: Vec<_> = theirs.iter().map(|line| line.variant_id).collect();
    let mut goods = catalog::goods::goods_on(tx.shop(), tx.db(), into.currency, &variants).await?;
    by_terms(tx.shop(), tx.db(), into, goods.values_mut()).await?;
    let (grow, join): (Vec<_>, Vec<_>) = theirs
        .iter()
        .filter(|line| {
            goods
                .get(&line.variant_id)
                .is_some_and(|good| price_of(tx.shop(), into, good, line.quantity).is_some())
        })
        .partition(|line| present.iter().any(|other| is_same(other, line)));
    let room = LINES_MAX.saturating_sub(present.len());
    let inputs = grow
        .into_iter()
        .chain(join.into_iter().take(room))
        .map(|line| LineInput {
            variant: line.variant_id,
            quantity: line.quantity.min(QUANTITY_MAX - has(line)),
            attributes: Some(still_noted(tx.shop(), &goods[&line.variant_id], line)).filter(|noted| !noted.is_empty()),
        });
    let inputs: Vec<_> = inputs.filter(|input| input.quantity > 0).collect();
    cart_line::Entity::delete_many()
        .filter(cart_line::Column::CartId.eq(from.id))
        .exec(tx.db())
        .await?;
    let lines = match inputs.is_empty() {
        true => Vec::new(),
        false => lines::add(tx, into, &inputs).await?,
    };
    if from.currency == into.currency {
        return Ok(Vec::new());
    }
    let told = theirs.iter().filter_map(|line| {
        let good = goods.get(&line.variant_id)?;
        let joined = lines.iter().find(|(joined, _)| is_same(joined, line));
        Some(LineRepriced {
            line: joined.map_or(line.id, |(joined, _)| joined.id),
            title: good.product.title.clone(),
            before: Money::new(line.seen_price_minor, from.currency),
            after: joined.and_then(|(joined, good)| {
                let price = price_of(tx.shop(), into, good, joined.quantity)?;
                Some(Money::new(price, into.currency))
            }),
        })
    });
    Ok(told.collect())
}
