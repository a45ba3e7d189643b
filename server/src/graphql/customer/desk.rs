//! What staff do with customers' accounts.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use vitrine_commerce::staff::customers::{self, CustomerFilter};
use vitrine_entity::ids::CustomerGroupId;

use super::{
    consent::MarketingChannel,
    object::{Customer, CustomerConnection},
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page, payload},
    ids,
};

/// Which customers. Everything given must hold.
#[derive(Debug, Default, InputObject)]
pub struct CustomerWhere {
    /// A part of the name or the mail address, at most 100 characters.
    pub query: Option<String>,
    /// Whether they are let in no more.
    pub disabled: Option<bool>,
    /// What they said to marketing last.
    pub marketing: Option<CustomerMarketingWhere>,
    /// Those in a group of customers; nobody where there is no such group.
    pub group_id: Option<ID>,
}

/// What customers said to marketing last.
#[derive(Debug, InputObject)]
pub struct CustomerMarketingWhere {
    /// How they would be written to.
    pub channel: MarketingChannel,
    /// Those who agree, or those who do not: they withdrew, or never said anything.
    pub accepted: bool,
}

/// The order of customers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CustomerSort {
    /// Whoever came last.
    #[default]
    Newest,
    /// Whoever came first.
    Oldest,
}

/// Which customer, as they were seen.
#[derive(Debug, InputObject)]
pub struct CustomerDisableInput {
    /// The customer's id.
    pub id: ID,
    /// Refuses the change where the account is at another version.
    pub expected_version: Option<i32>,
}

/// Which customer, as they were seen.
#[derive(Debug, InputObject)]
pub struct CustomerEnableInput {
    /// The customer's id.
    pub id: ID,
    /// Refuses the change where the account is at another version.
    pub expected_version: Option<i32>,
}

/// Which customer gets a link to a new password.
#[derive(Debug, InputObject)]
pub struct CustomerPasswordResetSendInput {
    /// The customer's id.
    pub id: ID,
}

payload! {
    /// What `customerDisable` answers.
    CustomerDisablePayload {
        /// The customer as they are now.
        customer: Customer,
    }
}
payload! {
    /// What `customerEnable` answers.
    CustomerEnablePayload {
        /// The customer as they are now.
        customer: Customer,
    }
}
payload! {
    /// What `customerPasswordResetSend` answers.
    CustomerPasswordResetSendPayload {
        /// The customer.
        customer: Customer,
    }
}

/// Of an id that is none.
const NO_GROUP: CustomerGroupId = CustomerGroupId(uuid::Uuid::nil());

#[derive(Debug, Default)]
pub struct CustomerDeskQuery;

#[Object]
impl CustomerDeskQuery {
    /// Customers, the newest first. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "a list takes four of them to page")]
    async fn customers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which customers.")] filter: Option<CustomerWhere>,
        #[graphql(desc = "In which order.")] sort: Option<CustomerSort>,
    ) -> Result<Option<CustomerConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = CustomerFilter {
            query: filter.query,
            disabled: filter.disabled,
            accepts_mail: filter.marketing.map(|marketing| {
                let MarketingChannel::Email = marketing.channel;
                marketing.accepted
            }),
            group: filter.group_id.map(|id| ids::find(&id).unwrap_or(NO_GROUP)),
        };
        let oldest_first = sort == Some(CustomerSort::Oldest);
        let page = page(first, after, last, before);
        let page = customers::list(ctx.shop(), ctx.caller(), &filter, oldest_first, &page).await?;
        Ok(Some(CustomerConnection {
            page: map(page, Customer),
            context: (),
        }))
    }
}

#[derive(Debug, Default)]
pub struct CustomerDeskMutation;

#[Object]
impl CustomerDeskMutation {
    /// Lets a customer in no more: their sessions end at once, and neither password nor link opens the account. Their
    /// orders go on. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which customer.")] input: CustomerDisableInput,
    ) -> Result<Option<CustomerDisablePayload>> {
        CustomerDisablePayload::of(disable(ctx, input).await)
    }

    /// Lets a customer in again, with the password that they had. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_enable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which customer.")] input: CustomerEnableInput,
    ) -> Result<Option<CustomerEnablePayload>> {
        CustomerEnablePayload::of(enable(ctx, input).await)
    }

    /// Sends a customer a link to a new password, three an hour at most. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_password_reset_send(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which customer.")] input: CustomerPasswordResetSendInput,
    ) -> Result<Option<CustomerPasswordResetSendPayload>> {
        CustomerPasswordResetSendPayload::of(send(ctx, input).await)
    }
}

async fn disable(ctx: &Context<'_>, input: CustomerDisableInput) -> vitrine_commerce::Result<Customer> {
    let id = ids::input(&input.id, "customer", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(Customer(
        customers::disable(ctx.shop(), ctx.caller(), id, expected).await?,
    ))
}

async fn enable(ctx: &Context<'_>, input: CustomerEnableInput) -> vitrine_commerce::Result<Customer> {
    let id = ids::input(&input.id, "customer", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(Customer(
        customers::enable(ctx.shop(), ctx.caller(), id, expected).await?,
    ))
}

async fn send(ctx: &Context<'_>, input: CustomerPasswordResetSendInput) -> vitrine_commerce::Result<Customer> {
    let id = ids::input(&input.id, "customer", &["id"])?;
    Ok(Customer(customers::send_reset(ctx.shop(), ctx.caller(), id).await?))
}
