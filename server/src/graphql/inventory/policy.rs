//! What is sold of a variant when stock is out, as staff say.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::inventory::{self, PolicySet};
use vitrine_entity::stock_policy;

use crate::{
    graphql::shared::{ContextExt, Date, Result, int, payload},
    ids,
};

/// What becomes of an order for more than lies in stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::stock_policy::OutOfStockPolicy")]
pub enum OutOfStockPolicy {
    /// It is refused.
    Refuse,
    /// It waits for goods that come again.
    Backorder,
    /// It waits for goods that come for the first time.
    PreOrder,
}

/// What is sold of a variant when stock is out.
#[derive(Debug, Clone, SimpleObject)]
pub struct StockPolicy {
    /// What becomes of an order for more than lies in stock.
    pub policy: OutOfStockPolicy,
    /// Whether its units are counted; what is not tracked never runs out.
    pub tracked: bool,
    /// How many units may be promised at once; null for any number.
    pub unit_limit: Option<i32>,
    /// Units that orders wait for.
    pub promised: i32,
    /// How many days the goods take.
    pub promise_days: Option<i32>,
    /// When the goods are there.
    pub promise_date: Option<Date>,
    /// Grows with every edit by staff: send it as `expectedVersion`.
    pub version: i32,
}

impl StockPolicy {
    /// What holds where staff said nothing.
    pub const USUAL: Self = Self {
        policy: OutOfStockPolicy::Refuse,
        tracked: true,
        unit_limit: None,
        promised: 0,
        promise_days: None,
        promise_date: None,
        version: 0,
    };
}

impl From<stock_policy::Model> for StockPolicy {
    fn from(row: stock_policy::Model) -> Self {
        Self {
            policy: row.policy.into(),
            tracked: row.tracked,
            unit_limit: row.unit_limit.map(int),
            promised: int(row.promised),
            promise_days: row.promise_days,
            promise_date: row.promise_date.map(Date),
            version: int(row.version),
        }
    }
}

/// What is sold of a variant when stock is out: all of it, in place of what was said before.
#[derive(Debug, InputObject)]
pub struct InventoryPolicySetInput {
    /// The variant's id.
    pub variant_id: ID,
    /// What becomes of an order for more than lies in stock.
    pub policy: OutOfStockPolicy,
    /// Whether its units are counted; what is not tracked never runs out.
    #[graphql(default = true)]
    pub tracked: bool,
    /// How many units may be promised at once, and not less than orders wait for already; any number where it
    /// is left out.
    pub unit_limit: Option<i32>,
    /// How many days the goods take, up to 730.
    pub promise_days: Option<i32>,
    /// When the goods are there: instead of `promiseDays`. Where both are left out, and once it is past, the
    /// next goods that are on their way are promised.
    pub promise_date: Option<Date>,
    /// The policy's version that you saw, 0 where nothing was said yet: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `inventoryPolicySet` answers.
    InventoryPolicySetPayload {
        /// The policy as it is now.
        policy: StockPolicy,
    }
}

#[derive(Debug, Default)]
pub struct PolicyMutation;

#[Object]
impl PolicyMutation {
    /// Says what is sold of a variant when stock is out: nothing, or what comes later, up to a limit and with
    /// a promise; and whether it is counted at all. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_policy_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is sold of a variant when stock is out.")] input: InventoryPolicySetInput,
    ) -> Result<Option<InventoryPolicySetPayload>> {
        InventoryPolicySetPayload::of(set(ctx, input).await)
    }
}

async fn set(ctx: &Context<'_>, input: InventoryPolicySetInput) -> vitrine_commerce::Result<StockPolicy> {
    let set = PolicySet {
        variant: ids::input(&input.variant_id, "variant", &["variantId"])?,
        policy: input.policy.into(),
        tracked: input.tracked,
        unit_limit: input.unit_limit.map(i64::from),
        promise_days: input.promise_days,
        promise_date: input.promise_date.map(|date| date.0),
        expected_version: input.expected_version.map(i64::from),
    };
    Ok(inventory::set_policy(ctx.shop(), ctx.caller(), set).await?.into())
}
