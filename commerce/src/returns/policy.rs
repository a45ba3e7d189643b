//! What the shop says of returns: for how long, where to, and what is kept of the money.

use std::collections::BTreeMap;

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, MarketId},
    location,
    return_policy::{self, MarketDays, ShippingRefund},
};

use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop,
    error::expect_version,
    language::{Message, messages},
    staff::{Permission, audit, permission},
    text,
};

const ONLY_ROW: i32 = 1;

/// The longest that goods may come back, in days: ten years.
const DAYS_MAX: i32 = 3_650;

/// The longest that a parcel may count as on its way, in days.
const MARGIN_DAYS_MAX: i32 = 365;

/// The longest that an exchange waits for what is still to be paid, in days.
const EXCHANGE_DAYS_MAX: i32 = 365;

/// A change of the policy; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct PolicyUpdate {
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub days: Option<i32>,
    /// In place of those that there are.
    pub market_days: Option<Vec<(MarketId, i32)>>,
    pub approves_at_once: Option<bool>,
    pub refunds_shipping: Option<ShippingRefund>,
    pub fee_basis_points: Option<i32>,
    pub location: Option<Option<LocationId>>,
    pub instructions: Option<Option<String>>,
    pub withdrawal_days: Option<i32>,
    /// In place of those that there are.
    pub withdrawal_market_days: Option<Vec<(MarketId, i32)>>,
    pub delivery_margin_days: Option<i32>,
    pub exchange_days: Option<i32>,
}

/// What the shop says of returns.
///
/// # Errors
/// When the database fails.
pub async fn policy(shop: &Shop) -> Result<return_policy::Model> {
    let row = return_policy::Entity::find_by_id(ONLY_ROW).one(&shop.db).await?;
    row.ok_or_else(|| missing().into())
}

pub(crate) async fn policy_on(tx: &crate::Tx) -> Result<return_policy::Model> {
    let row = return_policy::Entity::find_by_id(ONLY_ROW).one(tx.db()).await?;
    row.ok_or_else(|| missing().into())
}

fn missing() -> Fault {
    Fault::Corrupt {
        table: "return_policy",
        column: "only_row",
        id: ONLY_ROW.to_string(),
    }
}

/// Staff say what holds of returns from now on. Requests that were made before go on as they are.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the policy's, days and fees out of bounds, and markets and locations
/// that there are not.
pub async fn update_policy(shop: &Shop, context: &Context, input: PolicyUpdate) -> Result<return_policy::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let instructions = match &input.instructions {
        Some(text) => Some(text::optional_paragraph(&["instructions"], text.as_deref(), 2_000)?),
        None => None,
    };
    check(shop, &input)?;
    let (input, instructions) = (&input, &instructions);
    shop.transact(context, |tx| async move {
        let row = tx.lock::<return_policy::Entity>(ONLY_ROW).await?;
        let before = row.ok_or_else(missing)?;
        expect_version("return policy", before.version, input.expected_version)?;
        if let Some(Some(id)) = input.location {
            let found = location::Entity::find_by_id(id).one(tx.db()).await?;
            if found.is_none_or(|location| location.deleted_at.is_some()) {
                return Err(Refusal::not_found("location").at(&["locationId"]).into());
            }
        }
        let after = return_policy::Model {
            days: input.days.unwrap_or(before.days),
            market_days: by_market(input.market_days.as_deref(), &before.market_days),
            approves_at_once: input.approves_at_once.unwrap_or(before.approves_at_once),
            refunds_shipping: input.refunds_shipping.unwrap_or(before.refunds_shipping),
            fee_basis_points: input.fee_basis_points.unwrap_or(before.fee_basis_points),
            location_id: input.location.unwrap_or(before.location_id),
            instructions: instructions.clone().unwrap_or_else(|| before.instructions.clone()),
            withdrawal_days: input.withdrawal_days.unwrap_or(before.withdrawal_days),
            withdrawal_market_days: by_market(input.withdrawal_market_days.as_deref(), &before.withdrawal_market_days),
            delivery_margin_days: input.delivery_margin_days.unwrap_or(before.delivery_margin_days),
            exchange_days: input.exchange_days.unwrap_or(before.exchange_days),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        let after = return_policy::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            ..after
        };
        return_policy::Entity::update_many()
            .set(after.clone().into_active_model().reset_all())
            .filter(return_policy::Column::OnlyRow.eq(ONLY_ROW))
            .exec(tx.db())
            .await?;
        let data = json!({
            "days": after.days, "marketDays": after.market_days.0, "approvesAtOnce": after.approves_at_once,
            "feeBasisPoints": after.fee_basis_points, "location": after.location_id,
            "withdrawalDays": after.withdrawal_days, "withdrawalMarketDays": after.withdrawal_market_days.0,
            "deliveryMarginDays": after.delivery_margin_days, "exchangeDays": after.exchange_days,
        });
        audit(&tx, "return_policy.update", "return_policy".to_owned(), data).await?;
        Ok(after)
    })
    .await
}

fn by_market(given: Option<&[(MarketId, i32)]>, before: &MarketDays) -> MarketDays {
    let Some(given) = given else { return before.clone() };
    let days = given.iter().map(|(market, days)| (market.to_string(), *days));
    MarketDays(days.collect::<BTreeMap<_, _>>())
}

fn check(shop: &Shop, input: &PolicyUpdate) -> Result<(), Refusal> {
    let refuse = |path: &[&str], message: Message| Refusal::new(ErrorCode::Invalid, message).at(path);
    let are_days = |days: i32| (0..=DAYS_MAX).contains(&days);
    for (field, days) in [("days", input.days), ("withdrawalDays", input.withdrawal_days)] {
        if days.is_some_and(|days| !are_days(days)) {
            return Err(refuse(&[field], messages::return_days_range(DAYS_MAX)));
        }
    }
    if input
        .delivery_margin_days
        .is_some_and(|days| !(0..=MARGIN_DAYS_MAX).contains(&days))
    {
        return Err(refuse(
            &["deliveryMarginDays"],
            messages::return_days_range(MARGIN_DAYS_MAX),
        ));
    }
    if input
        .exchange_days
        .is_some_and(|days| !(1..=EXCHANGE_DAYS_MAX).contains(&days))
    {
        return Err(refuse(
            &["exchangeDays"],
            messages::exchange_days_range(EXCHANGE_DAYS_MAX),
        ));
    }
    if input.fee_basis_points.is_some_and(|fee| !(0..=10_000).contains(&fee)) {
        let message = messages::return_fee_range();
        return Err(refuse(&["feeBasisPoints"], message));
    }
    let of_markets = [
        ("marketDays", &input.market_days),
        ("withdrawalMarketDays", &input.withdrawal_market_days),
    ];
    for (field, days) in of_markets {
        check_markets(shop, field, days.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

fn check_markets(shop: &Shop, field: &str, given: &[(MarketId, i32)]) -> Result<(), Refusal> {
    let profile = shop.profile();
    for (index, (market, days)) in given.iter().enumerate() {
        let index = index.to_string();
        if !profile.markets.iter().any(|known| known.id == *market) {
            return Err(Refusal::not_found("market").at(&[field, &index, "marketId"]));
        }
        if !(0..=DAYS_MAX).contains(days) {
            let message = messages::return_days_range(DAYS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&[field, &index, "days"]));
        }
    }
    Ok(())
}
