use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{ErrorCode, Refusal, catalog::price_history, money::Currency, paging::PageRequest};
use vitrine_entity::{ids::VariantId, price_history as row};

use crate::graphql::shared::{ContextExt, CurrencyCode, Money, Result, connection, map};

/// A price of a variant for as long as it held.
#[derive(Debug)]
pub struct PriceHistoryEntry(pub row::Model);

connection! { PriceHistoryConnection, PriceHistoryEdge, PriceHistoryEntry }

/// A price of a variant for as long as it held.
#[Object]
impl PriceHistoryEntry {
    /// What one unit cost.
    async fn price(&self) -> Money {
        Money::new(self.0.amount_minor, self.0.currency)
    }

    /// The former price that was shown crossed out; null where it was told as no reduction.
    async fn compare_at_price(&self) -> Option<Money> {
        let former = self.0.compare_at_minor.filter(|_| self.0.is_reduced());
        former.map(|minor| Money::new(minor, self.0.currency))
    }

    /// The lowest price of the 30 days before the reduction, as it was shown; null where there was none.
    #[graphql(name = "lowestPriceLast30Days")]
    async fn lowest_price_last_30_days(&self) -> Option<Money> {
        self.0.lowest_minor.map(|minor| Money::new(minor, self.0.currency))
    }

    /// Since when it holds, or has been known to.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since
    }

    /// Until when it held; null while it does.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.0.until
    }

    /// Whether staff had set it; else it followed from the rate of a price list.
    async fn fixed(&self) -> bool {
        self.0.fixed
    }
}

/// A page of what a variant cost in a currency: the shop's own where none is named.
pub async fn of_variant(
    ctx: &Context<'_>,
    variant: VariantId,
    code: Option<CurrencyCode>,
    page: &PageRequest,
) -> Result<PriceHistoryConnection> {
    let currency: Currency = match code {
        Some(code) => code.0.to_ascii_uppercase().parse().map_err(|_| {
            let message = "The currency must be one of ISO 4217: `USD`.";
            Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"])
        })?,
        None => ctx.caller().currency,
    };
    let page = price_history::history(ctx.shop(), ctx.caller(), variant, currency, page).await?;
    Ok(PriceHistoryConnection {
        page: map(page, PriceHistoryEntry),
        context: (),
    })
}
