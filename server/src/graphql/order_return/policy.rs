use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use vitrine_commerce::{
    Refusal,
    returns::{self, PolicyUpdate},
};
use vitrine_entity::{
    ids::MarketId,
    return_policy::{self, MarketDays},
};

use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        shared::{ContextExt, Result, given, int},
    },
    ids,
};

/// Whether what shipping cost goes back with the goods' price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::return_policy::ShippingRefund")]
pub enum ReturnShippingRefund {
    /// It does not.
    Never,
    /// It does when everything of the order has come back.
    WholeOrder,
}

/// Why a product is not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::return_exemption::ExemptionReason")]
pub enum ReturnExemption {
    /// It is made as the shopper wants it.
    MadeToOrder,
    /// It perishes quickly.
    Perishable,
    /// It is sealed for reasons of hygiene.
    Hygiene,
    /// It is a recording or a program under a seal.
    SealedMedia,
    /// Something else.
    OtherReason,
}

/// How long goods may come back that were sold in a market.
#[derive(Debug, SimpleObject)]
pub struct ReturnMarketDays {
    /// The market's id.
    pub market_id: ID,
    /// For how many days after the goods came.
    pub days: i32,
}

/// How long goods may come back that were sold in a market.
#[derive(Debug, InputObject)]
pub struct ReturnMarketDaysInput {
    /// The market's id.
    pub market_id: ID,
    /// For how many days after the goods came: 0 to 3650.
    pub days: i32,
}

/// What the shop says of returns.
#[derive(Debug, Clone)]
pub struct ReturnPolicy(pub return_policy::Model);

/// What the shop says of returns.
#[Object]
impl ReturnPolicy {
    /// For how many days after they came goods may be sent back.
    async fn days(&self) -> i32 {
        self.0.days
    }

    /// In place of `days`, where goods were sold in these markets.
    async fn market_days(&self) -> Vec<ReturnMarketDays> {
        shown(&self.0.market_days)
    }

    /// Whether shoppers' requests are approved as they come.
    async fn approves_at_once(&self) -> bool {
        self.0.approves_at_once
    }

    /// Whether what shipping cost goes back with the goods' price.
    async fn refunds_shipping(&self) -> ReturnShippingRefund {
        self.0.refunds_shipping.into()
    }

    /// What is kept of what goes back as a restocking fee, in hundredths of a percent: 10 % is 1000. Nothing is kept where goods
    /// came back by the shop's fault, or by a withdrawal.
    async fn fee_basis_points(&self) -> i32 {
        self.0.fee_basis_points
    }

    /// Where goods are sent back to unless staff say otherwise; null for the first location.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        match self.0.location_id {
            Some(id) => Ok(ctx.load(LocationById(id)).await?.map(Location)),
            None => Ok(None),
        }
    }

    /// How goods are sent back, unless staff say otherwise.
    async fn instructions(&self) -> Option<&str> {
        self.0.instructions.as_deref()
    }

    /// For how many days after they came a consumer may withdraw from a contract of goods; 0: there is no such right.
    async fn withdrawal_days(&self) -> i32 {
        self.0.withdrawal_days
    }

    /// In place of `withdrawalDays`, where goods were sold in these markets.
    async fn withdrawal_market_days(&self) -> Vec<ReturnMarketDays> {
        shown(&self.0.withdrawal_market_days)
    }

    /// After how many days a parcel counts as delivered, for withdrawals, of which nobody told that it came.
    async fn delivery_margin_days(&self) -> i32 {
        self.0.delivery_margin_days
    }

    /// For how many days an exchange that costs more waits for what is still to be paid. Then it is given up, and what was paid for
    /// the goods that came back goes back.
    async fn exchange_days(&self) -> i32 {
        self.0.exchange_days
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}

fn shown(days: &MarketDays) -> Vec<ReturnMarketDays> {
    let all = days.0.iter();
    let shown = all.map(|(market, days)| ReturnMarketDays {
        market_id: ids::public(market),
        days: *days,
    });
    shown.collect()
}

/// What changes of what the shop says of returns. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ReturnPolicyUpdateInput {
    /// The policy's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// For how many days after they came goods may be sent back: 0 to 3650.
    pub days: Option<i32>,
    /// In place of `days`, where goods were sold in these markets; replaces those that there are.
    pub market_days: Option<Vec<ReturnMarketDaysInput>>,
    /// Whether shoppers' requests are approved as they come.
    pub approves_at_once: Option<bool>,
    /// Whether what shipping cost goes back with the goods' price.
    pub refunds_shipping: Option<ReturnShippingRefund>,
    /// What is kept of what goes back as a restocking fee, in hundredths of a percent: 0 to 10000.
    pub fee_basis_points: Option<i32>,
    /// The id of the location to which goods are sent back; null for the first.
    pub location_id: MaybeUndefined<ID>,
    /// How goods are sent back: at most 2,000 characters; null takes it away.
    pub instructions: MaybeUndefined<String>,
    /// For how many days after they came a consumer may withdraw from a contract of goods: 0 to 3650; 0 takes the right away,
    /// which the law gives consumers in the European Union for 14 days.
    pub withdrawal_days: Option<i32>,
    /// In place of `withdrawalDays`, where goods were sold in these markets; replaces those that there are.
    pub withdrawal_market_days: Option<Vec<ReturnMarketDaysInput>>,
    /// After how many days a parcel counts as delivered, for withdrawals, of which nobody told that it came: 0 to 365.
    pub delivery_margin_days: Option<i32>,
    /// For how many days an exchange that costs more waits for what is still to be paid: 1 to 365.
    pub exchange_days: Option<i32>,
}

pub(super) async fn update(
    ctx: &Context<'_>,
    input: ReturnPolicyUpdateInput,
) -> vitrine_commerce::Result<ReturnPolicy> {
    let withdrawal_market_days = of_markets("withdrawalMarketDays", input.withdrawal_market_days.as_deref())?;
    let market_days = of_markets("marketDays", input.market_days.as_deref())?;
    let location = match given(input.location_id) {
        Some(Some(id)) => Some(Some(ids::input(&id, "location", &["locationId"])?)),
        Some(None) => Some(None),
        None => None,
    };
    let update = PolicyUpdate {
        expected_version: input.expected_version.map(i64::from),
        days: input.days,
        market_days,
        approves_at_once: input.approves_at_once,
        refunds_shipping: input.refunds_shipping.map(Into::into),
        fee_basis_points: input.fee_basis_points,
        location,
        instructions: given(input.instructions),
        withdrawal_days: input.withdrawal_days,
        withdrawal_market_days,
        delivery_margin_days: input.delivery_margin_days,
        exchange_days: input.exchange_days,
    };
    let row = returns::update_policy(ctx.shop(), ctx.caller(), update).await?;
    Ok(ReturnPolicy(row))
}

fn of_markets(
    field: &str,
    given: Option<&[ReturnMarketDaysInput]>,
) -> std::result::Result<Option<Vec<(MarketId, i32)>>, Refusal> {
    let read = |(index, days): (usize, &ReturnMarketDaysInput)| {
        let path = [field, &index.to_string(), "marketId"];
        Ok((ids::input(&days.market_id, "market", &path)?, days.days))
    };
    given
        .map(|given| given.iter().enumerate().map(read).collect())
        .transpose()
}
