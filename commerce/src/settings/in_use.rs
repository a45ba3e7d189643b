//! What is priced in a currency, and stands against another.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, SelectExt};
use vitrine_entity::{order, price, shipping_method};

use crate::{Result, money::Currency};

/// The currency that goods are priced in, where none is priced in `currency`.
pub(super) async fn other_currency(db: &impl ConnectionTrait, currency: Currency) -> Result<Option<Currency>> {
    let own = price::Entity::find().filter(price::Column::Currency.eq(currency));
    if own.exists(db).await? {
        return Ok(None);
    }
    Ok(price::Entity::find()
        .select_only()
        .column(price::Column::Currency)
        .into_tuple()
        .one(db)
        .await?)
}

/// What would have no price any more, in words, where anything would.
pub(super) async fn by_whom(db: &impl ConnectionTrait, currency: Currency) -> Result<Option<&'static str>> {
    let prices = price::Entity::find().filter(price::Column::Currency.eq(currency));
    let orders = order::Entity::find();
    let methods = shipping_method::Entity::find()
        .filter(shipping_method::Column::Currency.eq(currency))
        .filter(shipping_method::Column::Active.eq(true));
    Ok(if orders.exists(db).await? {
        Some("it has orders")
    } else if prices.exists(db).await? {
        Some("it has goods with prices: delete them first")
    } else if methods.exists(db).await? {
        Some("it has shipping methods with prices: delete or deactivate them first")
    } else {
        None
    })
}
