use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    checkout::approval,
    companies::{self, account},
    staff::Permission,
};

use super::{
    account::OnAccount,
    location::CompanyLocation,
    object::Company,
    questions::{BuyerCount, LocationsOfCompany, OverdueOfCompany},
    request::{PurchaseRequest, PurchaseRequestConnection, PurchaseRequestState},
};
use crate::{
    graphql::{
        customer::object::{Customer, CustomerConnection},
        order::{
            connection::{Listed, OrderConnection},
            object::Order,
        },
        shared::{ContextExt, Counted, MailingAddress, Money, Result, cost, int, map, page},
        tax::treatment::TaxId,
    },
    ids,
};

/// A company that buys on terms of its own. For staff with the permission `CUSTOMERS`, and for those who buy for it.
#[Object]
impl Company {
    /// Names the company.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The VAT number by which it buys, unless a cart has another.
    async fn tax_id(&self, ctx: &Context<'_>) -> Option<TaxId> {
        self.0.tax_id.as_ref().map(|tax_id| TaxId::new(ctx.shop(), tax_id))
    }

    /// Its number in a register of companies.
    async fn registration_number(&self) -> Option<&str> {
        self.0.registration_number.as_deref()
    }

    /// Where its bills go, unless a cart says otherwise.
    async fn billing_address(&self) -> Option<MailingAddress> {
        self.0.billing_address.clone().map(MailingAddress::from)
    }

    /// Where it is told, beside whoever ordered, of what is late. For staff with the permission `CUSTOMERS`.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        ctx.require(Permission::Customers)?;
        Ok(self.0.email.as_deref())
    }

    /// What staff keep in mind about it. For staff with the permission `CUSTOMERS`.
    async fn note(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        ctx.require(Permission::Customers)?;
        Ok(self.0.note.as_deref())
    }

    /// How many days after an order what is bought on account is due.
    async fn payment_terms_days(&self) -> i32 {
        self.0.payment_terms_days
    }

    /// What it may buy on account; null where it may not.
    async fn on_account(&self, ctx: &Context<'_>) -> Option<OnAccount> {
        account::credit(ctx.shop(), &self.0).map(OnAccount::from)
    }

    /// How much it owes of what it has bought on account.
    async fn open_amount(&self, ctx: &Context<'_>) -> Money {
        Money::new(self.0.open_minor, ctx.shop().profile().currency)
    }

    /// How much of that is late.
    #[graphql(complexity = 2)]
    async fn overdue_amount(&self, ctx: &Context<'_>) -> Result<Money> {
        let minor = ctx.load(OverdueOfCompany(self.0.id)).await?.unwrap_or_default();
        Ok(Money::new(minor, ctx.shop().profile().currency))
    }

    /// Where its goods go.
    #[graphql(complexity = "5 * child_complexity")]
    async fn locations(&self, ctx: &Context<'_>) -> Result<Vec<CompanyLocation>> {
        let rows = ctx.load(LocationsOfCompany(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(CompanyLocation).collect())
    }

    /// How many customers buy for it. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = 2)]
    async fn buyer_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        ctx.require(Permission::Customers)?;
        let count = ctx.load(BuyerCount(self.0.id)).await?.unwrap_or_default();
        Ok(Some(i32::try_from(count).unwrap_or(i32::MAX)))
    }

    /// Who buys for it, those whose accounts are the newest first; `Customer.companies` tells in which role. For staff with
    /// the permission `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn buyers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<CustomerConnection>> {
        let page = page(first, after, last, before);
        let page = companies::buyers(ctx.shop(), ctx.caller(), self.0.id, &page).await?;
        Ok(Some(CustomerConnection {
            page: map(page, Customer),
            context: (),
        }))
    }

    /// Its orders, the newest first: its managers and staff with the permission `ORDERS` see all of them, its buyers what
    /// they ordered themselves.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<OrderConnection>> {
        let page = page(first, after, last, before);
        let page = companies::of_company(ctx.shop(), ctx.caller(), self.0.id, &page).await?;
        Ok(Some(OrderConnection {
            page: map(page, Order),
            context: Counted::new(Listed::OfCompany(self.0.id)),
        }))
    }

    /// What its buyers ask its managers to approve, the newest first: its managers and staff with the permission `ORDERS` see
    /// all of it, its buyers what they asked for themselves.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn purchase_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Only those that stand there.")] state: Option<PurchaseRequestState>,
    ) -> Result<Option<PurchaseRequestConnection>> {
        let page = page(first, after, last, before);
        let state = state.map(Into::into);
        let page = approval::of_company(ctx.shop(), ctx.caller(), self.0.id, state, &page).await?;
        Ok(Some(PurchaseRequestConnection {
            page: map(page, PurchaseRequest),
            context: (),
        }))
    }

    /// Grows with every change of what is known of it: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was noted.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; it may be restored.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
