use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    ErrorCode, Refusal, back_in_stock,
    customers::{addresses, consent, session},
    imported,
    notifications::in_app,
    orders::{
        self,
        desk::{self, OrderFilter, OrderSort},
    },
    payments::saved,
    returns,
    staff::Permission,
};
use vitrine_entity::customer;

use super::{
    address::{CustomerAddress, CustomerAddressConnection},
    consent::{MarketingChannel, MarketingConsent, MarketingConsentConnection},
    questions::AcceptsMail,
};
use crate::{
    graphql::{
        company::{membership::CompanyMembership, questions::MembershipsOfCustomer},
        credit::{questions::StoreCreditOfCustomer, store_credit::StoreCredit},
        customer_group::{object::CustomerGroup, questions::GroupsOfCustomer},
        imported_order::object::{ImportedOrder, ImportedOrderConnection},
        inventory::stock_alert::{StockAlert, StockAlertConnection},
        metafield::{
            object::{Metafield, MetafieldConnection},
            show,
        },
        notification::object::{Notification, NotificationConnection},
        order::{
            connection::{Listed, OrderConnection},
            object::Order,
        },
        order_return::object::{Listed as Returns, Return, ReturnConnection},
        payment::saved::SavedPaymentMethod,
        session::active::ActiveSession,
        shared::{ContextExt, Counted, Result, Url, connection, cost, int, map, page},
    },
    ids,
};

/// A shopper with an account.
#[derive(Debug, Clone)]
pub struct Customer(pub customer::Model);

connection! { CustomerConnection, CustomerEdge, Customer }

/// A shopper with an account: the one who is signed in, or for staff with the permission
/// `CUSTOMERS` any.
#[Object]
impl Customer {
    /// Names the customer.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Their mail address, in lower case.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// What they are called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// In which language they read (BCP 47): the one that they signed up in, or chose since (`customerUpdate`). Mails about
    /// the account follow it; null where nobody knows, and then they are in the language of the last order.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// Whether they have chosen a password. Who came by a provider (`authProviders`) has none until they follow the
    /// link of `customerPasswordResetRequest`.
    async fn has_password(&self) -> bool {
        self.0.has_password
    }

    /// What an app keeps with it, if you may see that.
    async fn metafield(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose it is among the apps.")] namespace: String,
        #[graphql(desc = "What it is called there.")] key: String,
    ) -> Result<Option<Metafield>> {
        show::metafield(ctx, self.0.id, &namespace, &key).await
    }

    /// What apps keep with it, by namespace and key. Shoppers see what is public, staff with the permission
    /// `CUSTOMERS` all.
    #[graphql(complexity = "cost(Some(first), None, child_complexity)")]
    async fn metafields(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: i32,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "Only those of one app.")] namespace: Option<String>,
    ) -> Result<Option<MetafieldConnection>> {
        show::metafields(ctx, self.0.id, first, after, namespace).await
    }

    /// What they have as store credit, by currency; nothing, where they never had any. Their own eyes, and those of staff with
    /// the permission `REFUNDS`.
    #[graphql(complexity = "2 + 2 * child_complexity")]
    async fn store_credit(&self, ctx: &Context<'_>) -> Result<Option<Vec<StoreCredit>>> {
        self.require_caller_or(ctx, Permission::Refunds)?;
        let rows = ctx.load(StoreCreditOfCustomer(self.0.id)).await?;
        Ok(Some(rows.unwrap_or_default().into_iter().map(StoreCredit).collect()))
    }

    /// Whether they pay no tax, as staff have said.
    async fn tax_exempt(&self) -> bool {
        self.0.tax_exempt
    }

    /// Why they pay none. For staff with the permission `CUSTOMERS`.
    async fn tax_exempt_reason(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        ctx.require(Permission::Customers)?;
        Ok(self.0.tax_exempt_reason.as_deref())
    }

    /// Grows with every change of name, address or password: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Since when staff let them in no more. For staff with the permission `CUSTOMERS`.
    async fn disabled_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        ctx.require(Permission::Customers)?;
        Ok(self.0.disabled_at)
    }

    /// When the account was opened.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Their address book, the oldest address first. Their own eyes, and those of staff with the permission
    /// `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn addresses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<CustomerAddressConnection>> {
        self.require_caller_or(ctx, Permission::Customers)?;
        let page = addresses::list(ctx.shop(), self.0.id, &page(first, after, last, before)).await?;
        Ok(Some(CustomerAddressConnection {
            page: map(page, CustomerAddress),
            context: (),
        }))
    }

    /// Whether they agree to marketing of a channel as of now: they said so last. Their own eyes, and those of staff
    /// with the permission `CUSTOMERS`.
    #[graphql(complexity = 2)]
    async fn accepts_marketing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How they would be written to.")] channel: MarketingChannel,
    ) -> Result<bool> {
        self.require_caller_or(ctx, Permission::Customers)?;
        let MarketingChannel::Email = channel;
        Ok(ctx.load(AcceptsMail(self.0.id)).await?.is_some())
    }

    /// The groups that they are in, by their names. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "2 + 5 * child_complexity")]
    async fn groups(&self, ctx: &Context<'_>) -> Result<Option<Vec<CustomerGroup>>> {
        ctx.require(Permission::Customers)?;
        let groups = ctx.load(GroupsOfCustomer(self.0.id)).await?.unwrap_or_default();
        Ok(Some(groups.into_iter().map(CustomerGroup).collect()))
    }

    /// The companies that they buy for, by their names. Their own eyes, and those of staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "2 + 5 * child_complexity")]
    async fn companies(&self, ctx: &Context<'_>) -> Result<Option<Vec<CompanyMembership>>> {
        self.require_caller_or(ctx, Permission::Customers)?;
        let companies = ctx.load(MembershipsOfCustomer(self.0.id)).await?.unwrap_or_default();
        Ok(Some(companies.into_iter().map(CompanyMembership::from).collect()))
    }

    /// What they said to marketing, the newest first: the first of a channel holds. Their own eyes, and those of staff
    /// with the permission `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn marketing_consents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<MarketingConsentConnection>> {
        self.require_caller_or(ctx, Permission::Customers)?;
        let page = consent::list(ctx.shop(), self.0.id, &page(first, after, last, before)).await?;
        Ok(Some(MarketingConsentConnection {
            page: map(page, MarketingConsent),
            context: (),
        }))
    }

    /// Where they withdraw from marketing by one click: put it into the `List-Unsubscribe` of every such mail (RFC
    /// 8058). For staff with the permission `CUSTOMERS`.
    async fn marketing_unsubscribe_url(&self, ctx: &Context<'_>) -> Result<Url> {
        ctx.require(Permission::Customers)?;
        Ok(Url(consent::unsubscribe_url(ctx.shop(), self.0.id)))
    }

    /// Their orders, newest first. For staff with the permission `ORDERS`: those with their mail
    /// address.
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
        let (page, listed) = if self.is_caller(ctx) {
            (orders::mine(ctx.shop(), ctx.caller(), &page).await?, Listed::Mine)
        } else {
            let filter = OrderFilter {
                email: Some(self.0.email.clone()),
                ..OrderFilter::default()
            };
            let page = desk::list(ctx.shop(), ctx.caller(), &filter, OrderSort::default(), &page).await?;
            (page, Listed::All(Box::new(filter)))
        };
        Ok(Some(OrderConnection {
            page: map(page, Order),
            context: Counted::new(listed),
        }))
    }

    /// What they ordered from another shop system whose orders were imported, those that were placed last first. Their own eyes,
    /// and those of staff with the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn imported_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<ImportedOrderConnection>> {
        self.require_caller_or(ctx, Permission::Orders)?;
        let page = imported::of_customer(ctx.shop(), self.0.id, &page(first, after, last, before)).await?;
        Ok(Some(ImportedOrderConnection {
            page: map(page, ImportedOrder),
            context: (),
        }))
    }

    /// Goods of their orders that come back, newest first. Their own eyes only.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn returns(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<ReturnConnection>> {
        self.require_caller(ctx)?;
        let page = page(first, after, last, before);
        let page = returns::of_customer(ctx.shop(), ctx.caller(), &page).await?;
        Ok(Some(ReturnConnection {
            page: map(page, Return),
            context: Counted::new(Returns::Mine),
        }))
    }

    /// What the shop told them, newest first. Their own eyes only.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<NotificationConnection>> {
        self.require_caller(ctx)?;
        let page = in_app::list(ctx.shop(), ctx.caller(), &page(first, after, last, before)).await?;
        Ok(Some(NotificationConnection {
            page: map(page, Notification),
            context: (),
        }))
    }

    /// What they wait for to be back in stock, what they asked for last first. Their own eyes, and those of staff with the
    /// permission `CUSTOMERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn stock_alerts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<StockAlertConnection>> {
        self.require_caller_or(ctx, Permission::Customers)?;
        let page = back_in_stock::of_customer(ctx.shop(), &self.0, &page(first, after, last, before)).await?;
        Ok(Some(StockAlertConnection {
            page: map(page, StockAlert),
            context: (),
        }))
    }

    /// Where they are signed in, the newest first, at most 100. Their own eyes only.
    #[graphql(complexity = "5 + 10 * child_complexity")]
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Option<Vec<ActiveSession>>> {
        self.require_caller(ctx)?;
        let sessions = session::list(ctx.shop(), ctx.caller()).await?;
        Ok(Some(sessions.into_iter().map(ActiveSession).collect()))
    }

    /// The cards that they have saved for the next time, their default first, then the newest; at most 20. Their own eyes
    /// only.
    #[graphql(complexity = "5 + 10 * child_complexity")]
    async fn saved_payment_methods(&self, ctx: &Context<'_>) -> Result<Option<Vec<SavedPaymentMethod>>> {
        self.require_caller(ctx)?;
        let saved = saved::list(ctx.shop(), self.0.id).await?;
        Ok(Some(saved.into_iter().map(SavedPaymentMethod).collect()))
    }

    /// How much of it they have not read. Their own eyes only.
    #[graphql(complexity = 3)]
    async fn unread_notification_count(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        self.require_caller(ctx)?;
        let count = in_app::unread_count(ctx.shop(), ctx.caller()).await?;
        Ok(Some(int(count.try_into().unwrap_or(i64::MAX))))
    }
}

impl Customer {
    fn is_caller(&self, ctx: &Context<'_>) -> bool {
        ctx.caller().viewer.customer() == Some(self.0.id)
    }

    /// Their own eyes, and those of staff with a permission.
    fn require_caller_or(&self, ctx: &Context<'_>, permission: Permission) -> Result<()> {
        match self.is_caller(ctx) {
            true => Ok(()),
            false => ctx.require(permission),
        }
    }

    fn require_caller(&self, ctx: &Context<'_>) -> Result<()> {
        if self.is_caller(ctx) {
            return Ok(());
        }
        Err(Refusal::new(ErrorCode::Forbidden, "This is for the customer's own eyes.").into())
    }
}
