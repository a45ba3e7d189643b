//! Asks whoever publishes rates, by the clock.

use chrono::TimeDelta;
use vitrine_entity::price_list::RateSource;

use super::{RateChange, take};
use crate::{Context, Result, Shop, tick};

/// How often it is asked: banks publish once on a working day, and are not always on time.
const PERIOD: TimeDelta = TimeDelta::hours(3);

/// Asks, if it is time to, no other worker does, and any price list follows rates. Whoever does not answer is asked again the
/// next time, and what the shop has goes on.
///
/// # Errors
/// What the database says.
pub async fn fetch_if_due(shop: &Shop) -> Result<()> {
    let follows = |shop: &Shop| shop.profile().price_lists.iter().any(|list| list.follows_rates);
    if shop.exchange_rates.is_none() || !follows(shop) {
        return Ok(());
    }
    let context = Context::system(shop, "fetch-rates");
    let is_ours = shop
        .transact(
            &context,
            |tx| async move { tick::claim(&tx, "fetch_rates", PERIOD).await },
        )
        .await?;
    if is_ours {
        fetch(shop).await?;
    }
    Ok(())
}

/// Asks whether or not it is time to. Gives nothing where nobody is asked, or nobody answers.
///
/// # Errors
/// What the database says.
pub async fn fetch(shop: &Shop) -> Result<Vec<RateChange>> {
    let Some(source) = &shop.exchange_rates else {
        return Ok(Vec::new());
    };
    let sheet = match source.latest().await {
        Ok(sheet) => sheet,
        Err(error) => {
            tracing::warn!(error = %error, "exchange rates are asked for again later");
            return Ok(Vec::new());
        }
    };
    let context = Context::system(shop, "fetch-rates");
    let jump = shop.settings.rate_jump_percent_max;
    take(shop, &context, &sheet, RateSource::Fetched, jump).await
}
