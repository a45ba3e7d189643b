use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::privacy::{erasure::Plan, export};
use vitrine_entity::person_export::{self, PersonExportState};

use crate::{
    graphql::shared::{ContextExt, Result, Url, int},
    ids,
};

/// A file with all that is kept of a person.
#[derive(Debug, Clone)]
pub struct PersonalDataExport(pub person_export::Model);

/// A JSON file with all that is kept of a person: account, orders, carts, messages and the like. For whom it tells
/// of, and for staff with the permission `CUSTOMERS`. It is forgotten after 7 days, or as the shop
/// has it.
#[Object]
impl PersonalDataExport {
    /// Names the file.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Whether it is written.
    async fn ready(&self) -> bool {
        self.0.state == PersonExportState::Done
    }

    /// How many bytes it has.
    async fn byte_size(&self) -> i32 {
        int(self.0.byte_size)
    }

    /// Where it is: an address that opens it for an hour to whoever has it. Null until it is written.
    async fn url(&self, ctx: &Context<'_>) -> Result<Option<Url>> {
        let base = &ctx.shop().settings.public_url;
        let address = export::address(ctx.shop(), &self.0);
        Ok(address.map(|address| {
            let expires = address.expires_at.timestamp();
            Url(format!("{base}/personal-data/{}?expires={expires}", address.token))
        }))
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// What an erasure does.
#[derive(Debug, SimpleObject)]
pub struct ErasurePlan {
    /// Whether there is an account, which goes.
    pub account: bool,
    /// Sessions that go.
    pub sessions: i32,
    /// Carts that go.
    pub carts: i32,
    /// Messages in the shop that go.
    pub notifications: i32,
    /// Wishes to be told when something is back in stock, which go.
    pub stock_alerts: i32,
    /// Orders that lose the person at once.
    pub orders_now: i32,
    /// Orders that the law wants kept as they are: they lose the person when its time is over.
    pub orders_later: i32,
    /// When the last of those loses the person.
    pub last_order_at: Option<DateTime<Utc>>,
    /// Numbers of orders that are not completed or cancelled, the first ten: until they are, nothing is erased.
    pub open_order_numbers: Vec<String>,
}

impl From<Plan> for ErasurePlan {
    fn from(plan: Plan) -> Self {
        let count = |count: u64| int(i64::try_from(count).unwrap_or(i64::MAX));
        Self {
            account: plan.account,
            sessions: count(plan.sessions),
            carts: count(plan.carts),
            notifications: count(plan.notifications),
            stock_alerts: count(plan.stock_alerts),
            orders_now: count(plan.orders_now),
            orders_later: count(plan.orders_later),
            last_order_at: plan.last_order_at,
            open_order_numbers: plan.open_orders,
        }
    }
}
