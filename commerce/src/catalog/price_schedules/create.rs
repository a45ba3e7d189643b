//! Staff plan a price.

use chrono::{DateTime, Utc};
use vitrine_entity::{
    ids::{PriceScheduleId, VariantId},
    price_schedule::{self, PriceScheduleState},
};

use super::{
    check::{currency, money, overlap, times},
    settle::Plan,
};
use crate::{
    Context, Error, Result, Shop,
    catalog::{access::require_catalog, fields::Refusals},
    language::messages,
};

/// The most prices of a variant that are planned in one currency.
const PLANNED_MAX: usize = 50;

/// A price that is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceScheduleDraft {
    pub variant: VariantId,
    /// ISO 4217; the shop's own where there is none.
    pub currency: Option<String>,
    /// As a decimal.
    pub price: String,
    /// The former price, shown crossed out while it lasts.
    pub compare_at: Option<String>,
    pub begins_at: DateTime<Utc>,
    /// None: the price stays.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Plans a price. What is to begin now, begins with it.
///
/// # Errors
/// Refuses whoever may not, a variant that there is not, amounts and times that are wrong, and what overlaps with another.
pub async fn create(shop: &Shop, context: &Context, draft: PriceScheduleDraft) -> Result<price_schedule::Model> {
    require_catalog(context)?;
    let currency = currency(shop, draft.currency.as_deref())?;
    let draft = &draft;
    shop.transact(context, |tx| async move {
        let mut refusals = Refusals::default();
        let now = tx.shop().now();
        let id = PriceScheduleId(tx.shop().new_id());
        let compare_at = draft.compare_at.as_deref();
        let row = price_schedule::Model {
            id,
            variant_id: draft.variant,
            currency,
            amount_minor: money("price", &draft.price, currency, &mut refusals),
            compare_at_minor: compare_at.map(|text| money("compareAtPrice", text, currency, &mut refusals)),
            begins_at: draft.begins_at,
            ends_at: draft.ends_at,
            state: PriceScheduleState::Planned,
            before_minor: None,
            before_compare_at_minor: None,
            before_fixed: None,
            actor: tx.context().viewer.actor(),
            version: 1,
            created_at: now,
            updated_at: now,
        };
        times(&row, now, &mut refusals);
        let mut plan = Plan::open(&tx, draft.variant, currency).await?;
        overlap(&row, &plan.rows, &mut refusals);
        if plan.rows.len() >= PLANNED_MAX {
            let message = messages::planned_prices_max(PLANNED_MAX);
            refusals.refuse(&["variantId"], message);
        }
        refusals.any().map_err(Error::Refused)?;
        plan.rows.push(row);
        plan.do_due(&tx);
        let rows = plan.close(&tx).await?;
        super::load::among(rows, id)
    })
    .await
}
