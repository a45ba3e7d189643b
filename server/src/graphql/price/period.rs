use async_graphql::{Context, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_entity::price;

use super::questions::EndingPriceOfVariant;
use crate::graphql::shared::{ContextExt, Result};

/// For how long a price holds, as staff have planned it.
#[derive(Debug, Clone, SimpleObject)]
pub struct PricePeriod {
    /// When it began.
    pub begins_at: DateTime<Utc>,
    /// When it ends: the price of before comes back.
    pub ends_at: DateTime<Utc>,
}

/// Of what a variant costs everybody; none where staff have set another price meanwhile, which stays.
pub async fn of_price(ctx: &Context<'_>, price: &price::Model) -> Result<Option<PricePeriod>> {
    let schedule = ctx.load(EndingPriceOfVariant(price.variant_id)).await?;
    let holds = schedule.filter(|schedule| schedule.amount_minor == price.amount_minor);
    Ok(holds.and_then(|schedule| {
        Some(PricePeriod {
            begins_at: schedule.begins_at,
            ends_at: schedule.ends_at?,
        })
    }))
}
