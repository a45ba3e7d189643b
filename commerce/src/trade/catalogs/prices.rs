//! What a catalog fixes: the price of one unit, by quantity.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{
    catalog, catalog_price,
    ids::{CatalogId, VariantId},
    variant,
};

use super::{
    bounded,
    change::{sold_in, touch},
    locked,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::{Message, messages},
    money::{Currency, Money},
    sql,
    staff::{Permission, permission::require_or_system},
};

/// The most quantities at which a price changes.
pub const STEPS_MAX: usize = 20;

/// The most units that a quantity price may ask for: more than a cart's line holds nobody buys.
const FROM_MAX: i32 = 9_999;

/// The greatest amount, in minor units.
const AMOUNT_MAX: i64 = 1_000_000_000_000;

/// All prices of a variant in a currency, by quantity; none, where the catalog is to fix none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantPrices {
    pub variant: VariantId,
    pub currency: String,
    /// From how many units on, and the price of one as a decimal.
    pub prices: Vec<(i32, String)>,
}

/// Sets what the catalog fixes for variants. Those that are not named keep theirs. All or nothing.
///
/// # Errors
/// Refuses whoever may not, variants that there are not, currencies that the shop does not sell in, amounts and quantities
/// out of bounds.
pub async fn set(shop: &Shop, context: &Context, id: CatalogId, wanted: &[VariantPrices]) -> Result<catalog::Model> {
    require_or_system(context, Permission::Catalog)?;
    bounded(wanted.len(), "prices")?;
    let read = &read(shop, wanted)?;
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        require_variants(&tx, wanted).await?;
        write(&tx, id, read).await?;
        touch(&tx, row, "prices_set").await
    })
    .await
}

/// By variant and currency: from how many units on, and the price of one.
pub(super) type Prices = BTreeMap<(VariantId, &'static str), (Currency, BTreeMap<i32, i64>)>;

/// Replaces what the catalog fixes for these variants, in these currencies.
pub(super) async fn write(tx: &Tx, id: CatalogId, prices: &Prices) -> Result<()> {
    use catalog_price::{Column, Entity, Model};
    let mut named: BTreeMap<&str, (Currency, Vec<VariantId>)> = BTreeMap::new();
    for ((variant, code), (currency, _)) in prices {
        let of = named.entry(*code).or_insert_with(|| (*currency, Vec::new()));
        of.1.push(*variant);
    }
    for (currency, variants) in named.into_values() {
        Entity::delete_many()
            .filter(Column::CatalogId.eq(id))
            .filter(sql::among(tx.db(), Column::VariantId, variants))
            .filter(Column::Currency.eq(currency))
            .exec(tx.db())
            .await?;
    }
    let rows = prices.iter().flat_map(|((variant, _), (currency, steps))| {
        steps.iter().map(|(from_quantity, amount_minor)| {
            let row = Model {
                catalog_id: id,
                variant_id: *variant,
                currency: *currency,
                from_quantity: *from_quantity,
                amount_minor: *amount_minor,
            };
            row.into_active_model()
        })
    });
    let rows: Vec<_> = rows.collect();
    for rows in rows.chunks(1_000) {
        Entity::insert_many(rows.to_vec())
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

fn read(shop: &Shop, wanted: &[VariantPrices]) -> Result<Prices, Refusal> {
    let mut read = Prices::new();
    for (place, given) in wanted.iter().enumerate() {
        let place = place.to_string();
        let at = |refusal: Refusal, field: &str| refusal.at(&["prices", &place, field]);
        let currency = sold_in(shop, &given.currency).map_err(|refusal| at(refusal, "currencyCode"))?;
        let steps = steps(currency, &given.prices).map_err(|refusal| at(refusal, "prices"))?;
        if read
            .insert((given.variant, currency.code()), (currency, steps))
            .is_some()
        {
            let message = messages::catalog_price_twice();
            return Err(at(Refusal::new(ErrorCode::Invalid, message), "variantId"));
        }
    }
    Ok(read)
}

/// The prices of one variant, by quantity.
pub(in crate::trade) fn steps(currency: Currency, given: &[(i32, String)]) -> Result<BTreeMap<i32, i64>, Refusal> {
    let refuse = |message: Message| Refusal::new(ErrorCode::Invalid, message);
    if given.len() > STEPS_MAX {
        return Err(refuse(messages::price_steps_max(STEPS_MAX)));
    }
    let mut steps = BTreeMap::new();
    for (from, amount) in given {
        if !(1..=FROM_MAX).contains(from) {
            return Err(refuse(messages::price_from_range(FROM_MAX)));
        }
        let money = Money::parse(amount.trim(), currency)?;
        if !(0..=AMOUNT_MAX).contains(&money.minor) {
            let message = messages::price_amount_range(Money::new(AMOUNT_MAX, currency));
            return Err(Refusal::new(ErrorCode::InvalidAmount, message));
        }
        if steps.insert(*from, money.minor).is_some() {
            return Err(refuse(messages::price_step_twice(from)));
        }
    }
    Ok(steps)
}

async fn require_variants(tx: &Tx, wanted: &[VariantPrices]) -> Result<()> {
    let ids: BTreeSet<_> = wanted.iter().map(|given| given.variant).collect();
    let known = variant::Entity::find()
        .filter(sql::among(tx.db(), variant::Column::Id, ids.iter().copied()))
        .filter(variant::Column::DeletedAt.is_null())
        .all(tx.db())
        .await?;
    let missing = wanted
        .iter()
        .position(|given| !known.iter().any(|row| row.id == given.variant));
    match missing {
        None => Ok(()),
        Some(place) => {
            let refusal = Refusal::not_found("variant");
            Err(refusal.at(&["prices", &place.to_string(), "variantId"]).into())
        }
    }
}
