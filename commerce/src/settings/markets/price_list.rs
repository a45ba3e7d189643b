//! Staff say what the shop sells in besides its own currency, and at which rate.

use sea_orm::{ActiveModelTrait, ActiveValue::Unchanged, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::json;
use vitrine_entity::{
    price_list,
    price_list::{RateSource, Rounding},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    jobs::Job,
    language::{Message, messages},
    money::{Currency, convert},
    profile::Profile,
    settings::{store, update::write as write_settings},
    staff::{Permission, audit, permission},
};

/// The most price lists of a shop: a product has a listing row for each.
const LISTS_MAX: usize = 20;

/// In hundredths of a percent.
const MARGINS: std::ops::RangeInclusive<i32> = -9_000..=100_000;

/// How a price list should be. What is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PriceListChange {
    /// Units of its currency for one of the shop's own: `1.0843`. A new list needs it.
    pub rate: Option<String>,
    /// To the currency's own smallest unit, where a new one says nothing.
    pub rounding: Option<Rounding>,
    /// As the shop's own prices do, where a new one says nothing.
    pub prices_include_tax: Option<bool>,
    /// Percent upon the rate, below 0 for less: `2.5`. None where a new one says nothing.
    pub margin: Option<String>,
    /// Whether rates of files, and those that are fetched, take the place of its own; not where a new one says nothing.
    pub follows_rates: Option<bool>,
}

/// All price lists, for staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn lists(shop: &Shop, context: &Context) -> Result<Vec<price_list::Model>> {
    permission::require_or_system(context, Permission::Settings)?;
    let lists = price_list::Entity::find().order_by_asc(price_list::Column::Currency);
    let lists = lists.all(&shop.db).await?.into_iter();
    Ok(lists.filter(|list| list.deleted_at.is_none()).collect())
}

/// Makes a price list, or changes it. A job makes the prices that follow from it.
///
/// # Errors
/// Refuses whoever may not, the shop's own currency, fields that are wrong, and a version that is no longer the list's.
pub async fn set(
    shop: &Shop,
    context: &Context,
    code: &str,
    expected_version: Option<i64>,
    change: PriceListChange,
) -> Result<price_list::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let (currency, change) = (currency(code)?, &change);
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        if currency == profile.currency {
            let message = messages::price_list_of_own_currency(currency);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"]).into());
        }
        let before = row_of(&tx, currency).await?;
        let live = before.as_ref().filter(|row| row.deleted_at.is_none());
        expect_version("price list", live.map_or(0, |row| row.version), expected_version)?;
        if live.is_none() && profile.price_lists.len() >= LISTS_MAX {
            let message = messages::price_lists_max(LISTS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"]).into());
        }
        let mut after = changed(&tx, &profile, currency, live, change)?;
        if live == Some(&after) {
            return Ok(after);
        }
        after.version = before.as_ref().map_or(0, |row| row.version) + 1;
        after.updated_at = tx.shop().now();
        let is_priced_anew =
            live.is_none_or(|row| (row.applied_rate_e8(), row.rounding) != (after.applied_rate_e8(), after.rounding));
        write(&tx, &after, before.is_some()).await?;
        profile.price_lists.retain(|list| list.currency != currency);
        profile.price_lists.push(after.clone());
        profile.price_lists.sort_by_key(|list| list.currency.code());
        write_settings(&tx, profile).await?;
        if is_priced_anew {
            tx.enqueue(None, Job::PriceProducts { after: None });
        }
        let data = json!({
            "rate": convert::rate_decimal(after.rate_e8), "marginBasisPoints": after.margin_bp,
            "followsRates": after.follows_rates, "pricesIncludeTax": after.prices_include_tax,
        });
        audit(&tx, "price_list.set", currency.to_string(), data).await?;
        Ok(after)
    })
    .await
}

/// Takes a price list away, with the prices that followed from its rate; those that staff have fixed are there again when
/// it is. One that was taken away stays so.
///
/// # Errors
/// Refuses whoever may not, a list that a market sells by, and a version that is no longer the list's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    code: &str,
    expected_version: Option<i64>,
) -> Result<price_list::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let currency = currency(code)?;
    shop.transact(context, |tx| async move {
        let mut profile = store::lock(&tx).await?;
        let row = row_of(&tx, currency).await?;
        let mut row = row.ok_or_else(|| Refusal::not_found("price list").at(&["currencyCode"]))?;
        if row.deleted_at.is_some() {
            return Ok(row);
        }
        expect_version("price list", row.version, expected_version)?;
        if let Some(market) = profile.markets.iter().find(|market| market.currency == currency) {
            let message = messages::price_list_in_use(&market.name, currency);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"]).into());
        }
        let now = tx.shop().now();
        row = price_list::Model {
            version: row.version + 1,
            updated_at: now,
            deleted_at: Some(now),
            ..row
        };
        write(&tx, &row, true).await?;
        profile.price_lists.retain(|list| list.currency != currency);
        write_settings(&tx, profile).await?;
        tx.enqueue(None, Job::PriceProducts { after: None });
        audit(&tx, "price_list.delete", currency.to_string(), json!({})).await?;
        Ok(row)
    })
    .await
}

fn changed(
    tx: &Tx,
    profile: &Profile,
    currency: Currency,
    live: Option<&price_list::Model>,
    change: &PriceListChange,
) -> Result<price_list::Model, Refusal> {
    let refuse = |field, message: Message| Refusal::new(ErrorCode::Invalid, message).at(&[field]);
    let given = change.rate.as_deref().map(|rate| {
        let wrong = messages::rate_form();
        convert::rate_e8(rate.trim()).ok_or_else(|| refuse("rate", wrong))
    });
    let given = given.transpose()?;
    let margin = change.margin.as_deref().map(margin_bp).transpose()?;
    let rate_e8 = given.or(live.map(|row| row.rate_e8));
    let rate_e8 = rate_e8.ok_or_else(|| refuse("rate", messages::price_list_needs_rate()))?;
    let rounding = change.rounding.or(live.map(|row| row.rounding));
    let rounding = rounding.unwrap_or(Rounding::MinorUnit);
    if !convert::fits(rounding, currency) {
        let message = messages::no_hundredths(currency);
        return Err(refuse("rounding", message));
    }
    let included = change.prices_include_tax.or(live.map(|row| row.prices_include_tax));
    let now = tx.shop().now();
    let new = price_list::Model {
        currency,
        rate_e8,
        rounding,
        prices_include_tax: included.unwrap_or(profile.prices_include_tax),
        version: 0,
        created_at: now,
        updated_at: now,
        deleted_at: None,
        rate_source: RateSource::Manual,
        rate_on: None,
        rate_taken_at: Some(now),
        margin_bp: margin.or(live.map(|row| row.margin_bp)).unwrap_or(0),
        follows_rates: change
            .follows_rates
            .or(live.map(|row| row.follows_rates))
            .unwrap_or(false),
        refused_rate_e8: None,
        refused_at: None,
    };
    let Some(row) = live else { return Ok(new) };
    let kept = price_list::Model {
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        ..new
    };
    // A form sends the rate along with whatever else it changes: one that is the same was not set anew.
    if given.is_some_and(|given| given != row.rate_e8) {
        return Ok(kept);
    }
    Ok(price_list::Model {
        rate_source: row.rate_source,
        rate_on: row.rate_on,
        rate_taken_at: row.rate_taken_at,
        refused_rate_e8: row.refused_rate_e8,
        refused_at: row.refused_at,
        ..kept
    })
}

/// Hundredths of a percent, within what leaves a price one.
fn margin_bp(text: &str) -> Result<i32, Refusal> {
    let (digits, sign) = match text.trim().strip_prefix('-') {
        Some(digits) => (digits, -1),
        None => (text.trim(), 1),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_well = !whole.is_empty() && !digits.ends_with('.') && is_number(whole) && is_number(fraction);
    let hundredths = fraction.trim_end_matches('0');
    let read = match is_well && hundredths.len() <= 2 && whole.len() <= 6 {
        true => format!("{whole}{hundredths:0<2}").parse::<i32>().ok(),
        false => None,
    };
    let read = read
        .map(|margin| margin * sign)
        .filter(|margin| MARGINS.contains(margin));
    read.ok_or_else(|| {
        let message = messages::margin_form();
        Refusal::new(ErrorCode::Invalid, message).at(&["marginPercent"])
    })
}

async fn row_of(tx: &Tx, currency: Currency) -> Result<Option<price_list::Model>> {
    Ok(price_list::Entity::find_by_id(currency).one(tx.db()).await?)
}

async fn write(tx: &Tx, row: &price_list::Model, is_there: bool) -> Result<()> {
    let mut written = row.clone().into_active_model().reset_all();
    match is_there {
        true => {
            written.currency = Unchanged(row.currency);
            written.update(tx.db()).await?;
        }
        false => {
            written.insert(tx.db()).await?;
        }
    }
    Ok(())
}

fn currency(code: &str) -> Result<Currency, Refusal> {
    let code = crate::text::code(code).to_ascii_uppercase();
    code.parse().map_err(|_| {
        let message = messages::currency_form();
        Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_margin_is_a_percentage() {
        for (text, margin) in [
            ("0", 0),
            ("2.5", 250),
            (" 12.25 ", 1_225),
            ("-3", -300),
            ("0.10", 10),
            ("1000", 100_000),
        ] {
            assert_eq!(margin_bp(text).ok(), Some(margin), "{text}");
        }
        for text in ["", "-", "2,5", "1.", "0.001", "1001", "-91", "five", "99999999999"] {
            assert_eq!(margin_bp(text).ok(), None, "{text}");
        }
    }
}
