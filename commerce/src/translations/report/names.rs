//! The kinds of things whose texts are found by looking at all of them.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::menu;

use super::{
    super::{
        find::{Translatable, beside},
        sources::{attributes, options, taxes},
        thing::{Kind, Thing},
    },
    State,
};
use crate::{Result, Shop};

/// How many are looked at together.
const AT_ONCE: usize = 200;

const MENUS_MAX: u64 = 500;

/// All things of a kind, by what they are called.
pub(super) async fn all(shop: &Shop, kind: Kind) -> Result<Vec<Thing>> {
    let mut things = match kind {
        Kind::Option => options(&shop.db).await?,
        Kind::Attribute => attributes(&shop.db).await?,
        Kind::Tax => taxes(&shop.db).await?,
        Kind::Menu => {
            let menus = menu::Entity::find()
                .filter(menu::Column::DeletedAt.is_null())
                .order_by_asc(menu::Column::Id)
                .limit(MENUS_MAX);
            menus
                .all(&shop.db)
                .await?
                .into_iter()
                .map(|row| Thing::Menu(row.id))
                .collect()
        }
        Kind::PaymentMethod => {
            let names = shop.payment_providers.keys();
            names.map(|name| Thing::PaymentMethod((*name).into())).collect()
        }
        _ => Vec::new(),
    };
    // A database's collation need not be the order that cursors know.
    things.sort_by_cached_key(Thing::to_string);
    Ok(things)
}

/// One more than `limit` of those behind `after`, where there are as many.
pub(super) async fn page(
    shop: &Shop,
    kind: Kind,
    locale: &str,
    state: State,
    after: &str,
    limit: u64,
) -> Result<Vec<Thing>> {
    let mut left = all(shop, kind).await?;
    left.retain(|thing| thing.to_string().as_str() > after);
    let mut found = Vec::new();
    for things in left.chunks(AT_ONCE) {
        let looked_at = beside(shop, &shop.db, things.to_vec(), locale).await?;
        found.extend(
            looked_at
                .into_iter()
                .filter(|thing| state.is_of(thing))
                .map(|thing| thing.thing),
        );
        if found.len() as u64 > limit {
            break;
        }
    }
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1));
    Ok(found)
}

/// How many texts there are, how many are translated, and how many of those are outdated.
pub(super) async fn count(shop: &Shop, kind: Kind, locale: &str) -> Result<(i64, i64, i64)> {
    let mut sums = (0, 0, 0);
    for things in all(shop, kind).await?.chunks(AT_ONCE) {
        for thing in beside(shop, &shop.db, things.to_vec(), locale).await? {
            let Translatable { fields, .. } = thing;
            sums.0 += fields.len() as i64;
            sums.1 += fields.iter().filter(|field| field.translation.is_some()).count() as i64;
            sums.2 += fields.iter().filter(|field| field.is_outdated()).count() as i64;
        }
    }
    Ok(sums)
}
