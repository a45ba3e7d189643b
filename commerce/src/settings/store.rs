//! The one row, distrusted.

use std::{collections::BTreeSet, fmt::Display, str::FromStr, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    JsonValue, QueryFilter, QueryOrder,
};
use serde_json::json;
use vitrine_entity::{document_settings, flag, market, price_list, shop_settings};

use crate::{
    Fault, Result, Tx,
    profile::{Documents, Profile, Trade, WorkingDay},
    sql,
};

const ONLY_ROW: i32 = 1;
const TABLE: &str = "shop_settings";

/// What the database says, where it says anything.
pub(super) async fn find(db: &impl ConnectionTrait) -> Result<Option<Profile>> {
    let Some(row) = shop_settings::Entity::find_by_id(ONLY_ROW).one(db).await? else {
        return Ok(None);
    };
    Ok(Some(with_markets(db, profile_of(row)?).await?))
}

/// What changes a market, or a flag, changes the settings' version, too: whoever reads the one knows the other.
async fn with_markets(db: &impl ConnectionTrait, profile: Profile) -> Result<Profile> {
    let markets = market::Entity::find()
        .filter(market::Column::DeletedAt.is_null())
        .order_by_asc(market::Column::Id);
    let price_lists = price_list::Entity::find()
        .filter(price_list::Column::DeletedAt.is_null())
        .order_by_asc(price_list::Column::Currency);
    let flags = flag::Entity::find().filter(flag::Column::DeletedAt.is_null());
    let mut flags = flags.all(db).await?;
    // Not by the database, which may have an order of its own for texts.
    flags.sort_by(|a, b| a.name.cmp(&b.name));
    let found = there(db).await?;
    Ok(Profile {
        flags,
        markets: markets.all(db).await?,
        price_lists: price_lists.all(db).await?,
        trade: Trade {
            has_catalogs: found.has_catalogs,
            has_companies: found.has_companies,
            has_quantity_prices: found.has_quantity_prices,
        },
        has_webhooks: found.has_webhooks,
        has_language_synonyms: found.has_language_synonyms,
        documents: documents(db).await?,
        ..profile
    })
}

async fn there(db: &impl ConnectionTrait) -> Result<Found> {
    let sql = "select exists (select 1 from catalog where deleted_at is null) as has_catalogs, \
               exists (select 1 from company) as has_companies, \
               exists (select 1 from quantity_price) as has_quantity_prices, \
               exists (select 1 from synonym_group where language is not null and deleted_at is null) \
               as has_language_synonyms, \
               exists (select 1 from webhook_endpoint where enabled and deleted_at is null) as has_webhooks";
    Ok(sql::one::<Found>(db, sql, []).await?.unwrap_or_default())
}

async fn documents(db: &impl ConnectionTrait) -> Result<Documents> {
    let row = document_settings::Entity::find_by_id(ONLY_ROW).one(db).await?;
    let sql = "select cast(count(*) as bigint) from (select 1 from document where kind = 'INVOICE' limit 1) found";
    let invoices: Vec<i64> = sql::column(db, sql, []).await?;
    let has_invoices = invoices.first().is_some_and(|found| *found > 0);
    Ok(match row {
        Some(row) => Documents {
            invoice_at: row.invoice_at,
            delivery_notes: row.delivery_notes,
            has_invoices,
        },
        None => Documents {
            has_invoices,
            ..Documents::default()
        },
    })
}

/// What there is of what most shops have not.
#[derive(Default, FromQueryResult)]
struct Found {
    has_catalogs: bool,
    has_companies: bool,
    has_quantity_prices: bool,
    has_language_synonyms: bool,
    has_webhooks: bool,
}

/// As [`find`], and nobody else changes it until the transaction ends.
pub(super) async fn lock(tx: &Tx) -> Result<Profile> {
    let row = tx.lock::<shop_settings::Entity>(ONLY_ROW).await?;
    let row = row.ok_or_else(|| Fault::Other("the shop has no settings".to_owned(), None))?;
    with_markets(tx.db(), profile_of(row)?).await
}

/// Writes the first row, unless somebody was faster.
pub(super) async fn insert(db: &impl ConnectionTrait, profile: &Profile, now: DateTime<Utc>) -> Result<()> {
    let row = row_of(profile, now).into_active_model();
    shop_settings::Entity::insert(row)
        .on_conflict_do_nothing_on([shop_settings::Column::OnlyRow])
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes the row, which [`lock`] holds.
pub(super) async fn write(tx: &Tx, profile: &Profile) -> Result<()> {
    let mut row = row_of(profile, tx.shop().now()).into_active_model().reset_all();
    row.created_at = NotSet;
    row.only_row = NotSet;
    shop_settings::Entity::update_many()
        .set(row)
        .filter(shop_settings::Column::OnlyRow.eq(ONLY_ROW))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The version alone: asked for often.
pub(super) async fn version(db: &impl ConnectionTrait) -> Result<Option<i64>> {
    let versions = sql::column(db, "select version from shop_settings", []).await?;
    Ok(versions.into_iter().next())
}

fn row_of(profile: &Profile, now: DateTime<Utc>) -> shop_settings::Model {
    let profile = profile.clone();
    let days: Vec<u32> = profile.working_days.iter().map(|day| day.number()).collect();
    shop_settings::Model {
        only_row: ONLY_ROW,
        version: profile.version,
        kind: profile.kind,
        name: profile.name,
        country: profile.country.to_string(),
        currency: profile.currency,
        languages: json!(profile.languages.iter().map(|tag| &**tag).collect::<Vec<_>>()),
        prices_include_tax: profile.prices_include_tax,
        time_zone: profile.time_zone.name().to_owned(),
        working_days: json!(days),
        closed_on: json!(profile.closed_on),
        shipping_tax: profile.shipping_tax,
        tax_abroad: profile.tax_abroad,
        contact_email: profile.contact_email,
        address: profile.address,
        vat_number: profile.vat_number,
        gift_card_months: profile.gift_card_months.map(|months| months as i32),
        credit_reminder_days: profile.credit_reminder_days.map(|days| days as i32),
        credit_refunded_first: profile.credit_refunded_first,
        created_at: now,
        updated_at: now,
    }
}

fn profile_of(row: shop_settings::Model) -> Result<Profile, Fault> {
    let languages: Vec<String> = list(&row.languages, "languages", |value| value.as_str().map(str::to_owned))?;
    if languages.is_empty() {
        return Err(corrupt("languages"));
    }
    let days = list(&row.working_days, "working_days", |value| {
        let number = value.as_u64().filter(|number| (1..=7).contains(number))?;
        Some(WorkingDay(Weekday::try_from(number as u8 - 1).ok()?))
    })?;
    let closed_on: Vec<NaiveDate> = list(&row.closed_on, "closed_on", |value| value.as_str()?.parse().ok())?;
    Ok(Profile {
        version: row.version,
        kind: row.kind,
        name: row.name,
        country: row.country.into(),
        currency: row.currency,
        languages: languages.into_iter().map(Arc::from).collect(),
        prices_include_tax: row.prices_include_tax,
        time_zone: parsed(&row.time_zone, "time_zone")?,
        working_days: BTreeSet::from_iter(days),
        closed_on: BTreeSet::from_iter(closed_on),
        shipping_tax: row.shipping_tax,
        tax_abroad: row.tax_abroad,
        contact_email: row.contact_email,
        address: row.address,
        vat_number: row.vat_number,
        gift_card_months: row.gift_card_months.and_then(|months| u32::try_from(months).ok()),
        credit_reminder_days: row.credit_reminder_days.and_then(|days| u32::try_from(days).ok()),
        credit_refunded_first: row.credit_refunded_first,
        markets: Vec::new(),
        price_lists: Vec::new(),
        trade: Trade::default(),
        documents: Documents::default(),
        has_webhooks: false,
        has_language_synonyms: false,
        flags: Vec::new(),
    })
}

fn list<T>(json: &JsonValue, column: &'static str, read: impl Fn(&JsonValue) -> Option<T>) -> Result<Vec<T>, Fault> {
    let values = json.as_array().and_then(|values| values.iter().map(read).collect());
    values.ok_or_else(|| corrupt(column))
}

fn parsed<T: FromStr<Err: Display>>(text: &str, column: &'static str) -> Result<T, Fault> {
    text.parse().map_err(|_| corrupt(column))
}

fn corrupt(column: &'static str) -> Fault {
    Fault::Corrupt {
        table: TABLE,
        column,
        id: ONLY_ROW.to_string(),
    }
}
