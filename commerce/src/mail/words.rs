//! Text as a mail has it, and in which language.

use std::sync::Arc;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{customer, order};

pub(super) use crate::text::one_line;
use crate::{Result, Shop, language::Language, orders};

/// The shop's own.
pub(super) fn own_language(shop: &Shop) -> Arc<Language> {
    let profile = shop.profile();
    Language::of(&profile.language(), &profile.country)
}

/// That of a tag that was kept, else the shop's own.
pub(super) fn kept_language(shop: &Shop, tag: Option<&str>) -> Arc<Language> {
    tag.map_or_else(|| own_language(shop), |tag| Language::of(tag, &shop.profile().country))
}

/// That of the account with this address, else the one in which somebody with it last ordered, else the shop's own.
pub(super) async fn language_of(shop: &Shop, email: &str) -> Result<Arc<Language>> {
    let account = customer::Entity::find().filter(customer::Column::Email.eq(email));
    let account = account.one(&shop.db).await?;
    if let Some(tag) = account.and_then(|account| account.language) {
        return Ok(kept_language(shop, Some(&tag)));
    }
    let of_address = order::Entity::find().filter(order::Column::Email.eq(email));
    let newest = of_address.order_by_desc(order::Column::Id).one(&shop.db).await?;
    Ok(newest.map_or_else(|| own_language(shop), |order| orders::language_of(&order)))
}
