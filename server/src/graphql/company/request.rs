use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::companies::Membership;
use vitrine_entity::{
    company_buyer::BuyerRole,
    currency::Currency,
    purchase_request::{self, RequestedLine},
};

use super::{
    object::Company,
    questions::{CompanyById, MembershipsOfCustomer},
};
use crate::{
    graphql::{
        customer::questions::CustomerById,
        order::{object::Order, questions::OrderById},
        shared::{ContextExt, Money, Result, connection},
    },
    ids,
};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "purchase_request::PurchaseRequestState")]
pub enum PurchaseRequestState {
    /// It waits for a manager.
    Open,
    /// It is an order.
    Approved,
    /// A manager refused it.
    Refused,
    /// Whoever asked took it back.
    Withdrawn,
}

/// What is asked for, as it was priced.
#[derive(Debug, SimpleObject)]
pub struct PurchaseRequestLine {
    /// The variant's SKU.
    pub sku: String,
    /// What it is called, with what was chosen of it.
    pub title: String,
    /// How many.
    pub quantity: i32,
    /// What one unit costs.
    pub unit_price: Money,
    /// What the line costs in all.
    pub total: Money,
}

impl PurchaseRequestLine {
    fn of(line: &RequestedLine, currency: Currency) -> Self {
        Self {
            sku: line.sku.clone(),
            title: line.title.clone(),
            quantity: line.quantity,
            unit_price: Money::new(line.unit_price_minor, currency),
            total: Money::new(line.total_minor, currency),
        }
    }
}

/// What a buyer asks a manager of their company to approve: a cart, kept as it was priced. No stock is held for it.
#[derive(Debug, Clone)]
pub struct PurchaseRequest(pub purchase_request::Model);

connection! { PurchaseRequestConnection, PurchaseRequestEdge, PurchaseRequest }

/// What a buyer asks a manager of their company to approve: a cart, kept as it was priced. No stock is held for it.
#[Object]
impl PurchaseRequest {
    /// Names the request.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// For which company it is.
    #[graphql(complexity = "2 + child_complexity")]
    async fn company(&self, ctx: &Context<'_>) -> Result<Option<Company>> {
        Ok(ctx.load(CompanyById(self.0.company_id)).await?.map(Company))
    }

    /// What whoever asks is called.
    #[graphql(complexity = 2)]
    async fn buyer_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let buyer = ctx.load(CustomerById(self.0.customer_id)).await?;
        Ok(buyer.map(|buyer| buyer.name))
    }

    /// Where it stands.
    async fn state(&self) -> PurchaseRequestState {
        self.0.state.into()
    }

    /// Whether it waits for whoever asks this: they manage the company, and have not asked for it themselves.
    #[graphql(complexity = 2)]
    async fn awaits_you(&self, ctx: &Context<'_>) -> Result<bool> {
        let Some(customer) = ctx.caller().viewer.customer() else {
            return Ok(false);
        };
        let is_open = self.0.state == purchase_request::PurchaseRequestState::Open;
        if !is_open || customer == self.0.customer_id {
            return Ok(false);
        }
        let theirs = ctx.load(MembershipsOfCustomer(customer)).await?.unwrap_or_default();
        let manages = |own: &Membership| own.company.id == self.0.company_id && own.role == BuyerRole::Manager;
        Ok(theirs.iter().any(manages))
    }

    /// Whether it is open and whoever asks this may take it back: it is theirs.
    async fn withdrawable(&self, ctx: &Context<'_>) -> bool {
        let is_open = self.0.state == purchase_request::PurchaseRequestState::Open;
        is_open && ctx.caller().viewer.customer() == Some(self.0.customer_id)
    }

    /// What is asked for.
    async fn lines(&self) -> Vec<PurchaseRequestLine> {
        let lines = self.0.lines.0.iter();
        lines
            .map(|line| PurchaseRequestLine::of(line, self.0.currency))
            .collect()
    }

    /// What it costs in all, with shipping and taxes: no other total is ordered.
    async fn total(&self) -> Money {
        Money::new(self.0.total_minor, self.0.currency)
    }

    /// The `name` of the way to pay it; null for the shop's own.
    async fn payment_method(&self) -> Option<&str> {
        self.0.payment_method.as_deref()
    }

    /// By which number the company knows the purchase.
    async fn purchase_order_number(&self) -> Option<&str> {
        self.0.purchase_order_number.as_deref()
    }

    /// What whoever asks says of it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What the manager says of their answer.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// What it became.
    #[graphql(complexity = "2 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        match self.0.order_id {
            Some(id) => Ok(ctx.load(OrderById(id)).await?.map(Order)),
            None => Ok(None),
        }
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was answered, or taken back.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at
    }
}
