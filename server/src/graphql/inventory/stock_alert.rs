use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::back_in_stock::{self, AlertRequest, Demand};
use vitrine_entity::stock_alert::{self, StockAlertState};

use crate::{
    graphql::{
        shared::{ContextExt, Result, connection, cost, int, map, page, payload},
        variant::{object::ProductVariant, questions::VariantById},
    },
    ids,
};

/// Somebody who wants to be told when a variant is back in stock.
#[derive(Debug, Clone)]
pub struct StockAlert(pub stock_alert::Model);

connection! { StockAlertConnection, StockAlertEdge, StockAlert }

/// Somebody who wants to be told when a variant is back in stock.
#[Object]
impl StockAlert {
    /// Names the wish.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What they wait for.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        Ok(ctx.load(VariantById(self.0.variant_id)).await?.map(ProductVariant))
    }

    /// Where they are told.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// Who asked, where they were signed in.
    async fn customer_id(&self) -> Option<ID> {
        self.0.customer_id.map(ids::public)
    }

    /// Whether they still wait: nobody has told them, and nobody has ended it.
    async fn waiting(&self) -> bool {
        self.0.state == StockAlertState::Waiting
    }

    /// When they asked.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// How many wait for a variant.
#[derive(Debug, Clone)]
pub struct StockAlertDemand(pub Demand);

connection! { StockAlertDemandConnection, StockAlertDemandEdge, StockAlertDemand }

/// How many wait for a variant. For staff with the permission `INVENTORY`.
#[Object]
impl StockAlertDemand {
    /// What they wait for.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        Ok(ctx.load(VariantById(self.0.variant_id)).await?.map(ProductVariant))
    }

    /// How many wait.
    async fn waiting(&self) -> i32 {
        int(self.0.waiting)
    }

    /// When the first of them asked.
    async fn since(&self) -> DateTime<Utc> {
        self.0.since
    }
}

#[derive(Debug, Default)]
pub struct StockAlertQuery;

#[Object]
impl StockAlertQuery {
    /// Who waits to be told that something is back in stock, in the order in which they asked. For staff with the
    /// permission `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn stock_alerts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which variant; for any, where it is left out.")] variant_id: Option<ID>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<StockAlertConnection>> {
        let variant = variant_id.map(|id| ids::input(&id, "variant", &["variantId"]));
        let (variant, page) = (variant.transpose()?, page(first, after, last, before));
        let page = back_in_stock::list(ctx.shop(), ctx.caller(), variant, &page).await?;
        Ok(Some(StockAlertConnection {
            page: map(page, StockAlert),
            context: (),
        }))
    }

    /// What most wait for, first. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn stock_alert_demand(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<StockAlertDemandConnection>> {
        let page = back_in_stock::demand(ctx.shop(), ctx.caller(), &page(first, after, last, before)).await?;
        Ok(Some(StockAlertDemandConnection {
            page: map(page, StockAlertDemand),
            context: (),
        }))
    }
}

/// What somebody waits for.
#[derive(Debug, InputObject)]
pub struct StockAlertRequestInput {
    /// The variant's id.
    pub variant_id: ID,
    /// Where a guest is told. Customers are told at their own address: they leave it out.
    pub email: Option<String>,
}

payload! {
    /// What `stockAlertRequest` answers.
    StockAlertRequestPayload {
        /// Whether they will be told: also where they had asked before.
        waiting: bool,
    }
}

/// Which wish ends.
#[derive(Debug, InputObject)]
pub struct StockAlertCancelInput {
    /// Its id, as `customer.stockAlerts` has it.
    pub id: ID,
}

payload! {
    /// What `stockAlertCancel` answers.
    StockAlertCancelPayload {
        /// The wish as it is now.
        stock_alert: StockAlert,
    }
}

#[derive(Debug, Default)]
pub struct StockAlertMutation;

#[Object]
impl StockAlertMutation {
    /// Asks to be told by mail, once, when a variant is back in stock. What is in stock is refused with `IN_STOCK`.
    /// Asking again is no error, and the answer does not tell whether somebody had. A mail address waits for 50
    /// variants at most, and each wish for a year.
    #[graphql(complexity = "20 + child_complexity")]
    async fn stock_alert_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody waits for.")] input: StockAlertRequestInput,
    ) -> Result<Option<StockAlertRequestPayload>> {
        StockAlertRequestPayload::of(request(ctx, input).await)
    }

    /// Ends a wish of the customer who is signed in: they are told no more. One that has ended stays as it is. Guests follow
    /// the link of their mail.
    #[graphql(complexity = "10 + child_complexity")]
    async fn stock_alert_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which wish ends.")] input: StockAlertCancelInput,
    ) -> Result<Option<StockAlertCancelPayload>> {
        StockAlertCancelPayload::of(cancel(ctx, input).await)
    }
}

async fn request(ctx: &Context<'_>, input: StockAlertRequestInput) -> vitrine_commerce::Result<bool> {
    let request = AlertRequest {
        variant: ids::input(&input.variant_id, "variant", &["variantId"])?,
        email: input.email,
    };
    back_in_stock::request(ctx.shop(), ctx.caller(), request).await?;
    Ok(true)
}

async fn cancel(ctx: &Context<'_>, input: StockAlertCancelInput) -> vitrine_commerce::Result<StockAlert> {
    let id = ids::input(&input.id, "stock alert", &["id"])?;
    Ok(StockAlert(back_in_stock::cancel(ctx.shop(), ctx.caller(), id).await?))
}
