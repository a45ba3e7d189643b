//! Staff say where the shop sells in which currency.

use std::collections::BTreeSet;

use sea_orm::{ActiveModelTrait, ActiveValue::Unchanged, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::MarketId,
    market,
    market::{Countries, MarketGoods},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, address,
    error::expect_version,
    language::{Message, messages},
    money::Currency,
    profile::Profile,
    settings::{language, store, update::write as write_settings},
    staff::{Permission, audit, permission},
    text,
};

/// The most markets of a shop: every request looks for its own among them.
const MARKETS_MAX: usize = 50;

const NAME_LENGTH_MAX: usize = 100;

/// A market as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketDraft {
    pub name: String,
    /// ISO 3166-1 alpha-2; a country is in one market at most.
    pub countries: Vec<String>,
    /// The shop's own, or one that it has a price list in.
    pub currency: String,
    /// One of the shop's; the shop's default where there is none.
    pub language: Option<String>,
}

/// A change of a market; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarketChange {
    pub name: Option<String>,
    pub countries: Option<Vec<String>>,
    pub currency: Option<String>,
    /// `Some(None)` takes it away.
    pub language: Option<Option<String>>,
}

/// The market `id`, those that were deleted too, for staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn find(shop: &Shop, context: &Context, id: MarketId) -> Result<Option<market::Model>> {
    permission::require_or_system(context, Permission::Settings)?;
    Ok(market::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Makes a market.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, and a country that another market has.
pub async fn create(shop: &Shop, context: &Context, draft: MarketDraft) -> Result<market::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let draft = &draft;
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        room(&profile)?;
        let now = tx.shop().now();
        let id = MarketId(tx.shop().new_id());
        let row = market::Model {
            id,
            name: text::line(&["name"], &draft.name, NAME_LENGTH_MAX)?,
            countries: countries(&profile, id, &draft.countries)?,
            currency: currency(&profile, &draft.currency)?,
            language: draft.language.as_deref().map(|tag| spoken(&profile, tag)).transpose()?,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            goods: MarketGoods::default(),
        };
        row.clone().into_active_model().insert(tx.db()).await?;
        profile.markets.push(row.clone());
        write_settings(&tx, profile).await?;
        let data = json!({ "name": row.name, "countries": row.countries, "currency": row.currency });
        audit(&tx, "market.create", id.to_string(), data).await?;
        Ok(row)
    })
    .await
}

/// Changes a market. Carts that were begun there keep their currency.
///
/// # Errors
/// As [`create`], and a version that is no longer the market's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: MarketId,
    expected_version: Option<i64>,
    change: MarketChange,
) -> Result<market::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        let Some(place) = profile.markets.iter().position(|market| market.id == id) else {
            return Err(missing().into());
        };
        let before = profile.markets[place].clone();
        expect_version("market", before.version, expected_version)?;
        let mut after = changed(&profile, &before, change)?;
        if after == before {
            return Ok(before);
        }
        after.version += 1;
        after.updated_at = tx.shop().now();
        write(&tx, &after).await?;
        profile.markets[place] = after.clone();
        write_settings(&tx, profile).await?;
        let data = json!({ "fields": differences(&before, &after) });
        audit(&tx, "market.update", id.to_string(), data).await?;
        Ok(after)
    })
    .await
}

/// Takes a market away: its countries are the shop's own again. One that was taken away stays so.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the market's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: MarketId,
    expected_version: Option<i64>,
) -> Result<market::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        let row = market::Entity::find_by_id(id).one(tx.db()).await?;
        let mut row = row.ok_or_else(missing)?;
        if row.deleted_at.is_some() {
            return Ok(row);
        }
        expect_version("market", row.version, expected_version)?;
        let now = tx.shop().now();
        row = market::Model {
            version: row.version + 1,
            updated_at: now,
            deleted_at: Some(now),
            ..row
        };
        write(&tx, &row).await?;
        profile.markets.retain(|market| market.id != id);
        write_settings(&tx, profile).await?;
        audit(&tx, "market.delete", id.to_string(), json!({ "name": row.name })).await?;
        Ok(row)
    })
    .await
}

/// Brings a market back that was taken away, as it was. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the market's, and what another market or a change of the shop has taken
/// meanwhile: a country of it, its currency, or its language.
pub async fn restore(
    shop: &Shop,
    context: &Context,
    id: MarketId,
    expected_version: Option<i64>,
) -> Result<market::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        let row = market::Entity::find_by_id(id).one(tx.db()).await?;
        let mut row = row.ok_or_else(missing)?;
        if row.deleted_at.is_none() {
            return Ok(row);
        }
        expect_version("market", row.version, expected_version)?;
        room(&profile)?;
        // What it was may be another's by now, or gone.
        let again = [
            countries(&profile, id, &row.countries.0).map(|_| ()),
            currency(&profile, row.currency.code()).map(|_| ()),
            row.language
                .as_deref()
                .map_or(Ok(()), |tag| spoken(&profile, tag).map(|_| ())),
        ];
        let again = again.into_iter().collect::<Result<(), Refusal>>();
        again.map_err(|refusal| refusal.at(&["id"]))?;
        row = market::Model {
            version: row.version + 1,
            updated_at: tx.shop().now(),
            deleted_at: None,
            ..row
        };
        write(&tx, &row).await?;
        profile.markets.push(row.clone());
        profile.markets.sort_by_key(|market| market.id);
        write_settings(&tx, profile).await?;
        audit(&tx, "market.restore", id.to_string(), json!({ "name": row.name })).await?;
        Ok(row)
    })
    .await
}

/// # Errors
/// Refuses one more market than a shop has.
fn room(profile: &Profile) -> Result<(), Refusal> {
    if profile.markets.len() >= MARKETS_MAX {
        let message = messages::markets_max(MARKETS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["name"]));
    }
    Ok(())
}

pub(super) async fn write(tx: &Tx, row: &market::Model) -> Result<()> {
    let mut written = row.clone().into_active_model().reset_all();
    written.id = Unchanged(row.id);
    written.update(tx.db()).await?;
    Ok(())
}

fn changed(profile: &Profile, before: &market::Model, change: &MarketChange) -> Result<market::Model, Refusal> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.name = text::line(&["name"], name, NAME_LENGTH_MAX)?;
    }
    if let Some(named) = &change.countries {
        after.countries = countries(profile, before.id, named)?;
    }
    if let Some(code) = &change.currency {
        after.currency = currency(profile, code)?;
    }
    if let Some(tag) = &change.language {
        after.language = tag.as_deref().map(|tag| spoken(profile, tag)).transpose()?;
    }
    Ok(after)
}

/// The fields that differ, for the audit log.
fn differences(before: &market::Model, after: &market::Model) -> Vec<&'static str> {
    let compared = [
        ("name", before.name != after.name),
        ("countries", before.countries != after.countries),
        ("currencyCode", before.currency != after.currency),
        ("language", before.language != after.language),
    ];
    let differing = compared.into_iter().filter(|(_, differs)| *differs);
    differing.map(|(field, _)| field).collect()
}

fn countries(profile: &Profile, of: MarketId, named: &[String]) -> Result<Countries, Refusal> {
    let refuse = |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&["countries"]);
    let codes = named.iter().map(|code| address::country(&["countries"], code));
    let codes: BTreeSet<String> = codes.collect::<Result<_, _>>()?;
    if codes.is_empty() {
        return Err(refuse(messages::market_needs_country()));
    }
    for code in &codes {
        if let Some(other) = profile.market_of(code).filter(|market| market.id != of) {
            let message = messages::country_of_other_market(code, &other.name);
            return Err(refuse(message));
        }
    }
    Ok(Countries(codes.into_iter().collect()))
}

fn currency(profile: &Profile, code: &str) -> Result<Currency, Refusal> {
    let wanted = text::code(code).to_ascii_uppercase();
    let found = profile.currencies().find(|currency| currency.code() == wanted);
    found.ok_or_else(|| {
        let message = messages::market_currency_unknown(
            profile
                .currencies()
                .map(|known| known.code())
                .collect::<Vec<_>>()
                .join(", "),
        );
        Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
    })
}

fn spoken(profile: &Profile, tag: &str) -> Result<String, Refusal> {
    let wanted = language(&["language"], tag)?;
    match profile.languages.iter().any(|known| **known == *wanted) {
        true => Ok(wanted),
        false => {
            let message = messages::market_language_unknown();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["language"]))
        }
    }
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("market").at(&["id"])
}
