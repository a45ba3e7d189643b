use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{delivery::tax::treatment::note, orders, payments, staff::Permission};

use super::{
    after_sale::OrderAfterSale,
    cost::OrderCost,
    credit::OrderCredit,
    download::OrderDownload,
    event::OrderEventConnection,
    fulfilment::{self, OrderFulfilmentStatus},
    line::OrderLine,
    note::OrderNote,
    object::{Order, OrderStatus},
    progress::OrderProgress,
    questions::{AdjustmentsOfOrder, DraftOfOrder, LinesOfOrder, NotesOfOrder, PaymentsOfOrder, TagsOfOrder},
    shipment::object::Shipment,
    sms::OrderSms,
};
use crate::{
    graphql::{
        cart::adjustment::{Adjustment, of_rows},
        company::account::OrderOfCompany,
        customer::{object::Customer, questions::CustomerById},
        draft_order::object::DraftOrder,
        location::{object::Location, questions::LocationById},
        metafield::{
            object::{Metafield, MetafieldConnection},
            show,
        },
        page::{questions::PoliciesOfOrder, version::PageVersion},
        payment::object::Payment,
        shared::{Attribute, ContextExt, MailingAddress, Result, Said, cost, int, page},
        shipping::{estimate::DeliveryEstimate, method::ShippingMethodKind},
        tax::treatment::{TaxId, TaxTreatment},
    },
    ids,
};

/// A placed order. It keeps copies of what it sold and never changes with the catalogue. Its
/// customer opens it by being signed in, a guest by its access token.
#[Object]
impl Order {
    /// Names the order.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What people read and say, as in `V-7K3M-9QXT`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// For which company it was placed, and what that owes of it. Null for what somebody bought for themselves.
    #[graphql(complexity = "2 + child_complexity")]
    async fn company(&self, ctx: &Context<'_>) -> Result<Option<OrderOfCompany>> {
        OrderOfCompany::find(ctx, &self.0).await
    }

    /// Where it stands.
    async fn status(&self) -> OrderStatus {
        self.0.status.into()
    }

    /// Where its goods are, taken together: parts of it may be ahead of its `status`.
    async fn fulfilment_status(&self, ctx: &Context<'_>) -> Result<OrderFulfilmentStatus> {
        fulfilment::status(ctx, &self.0).await
    }

    /// How far along it is, for a bar of steps.
    async fn progress(&self) -> OrderProgress {
        orders::progress(self.0.status, self.0.ships).into()
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
    /// `ORDERS` all.
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

    /// Where its mails go.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The telephone number that came with the shipping address.
    async fn phone(&self) -> Option<&str> {
        self.0.shipping_address.phone.as_deref()
    }

    /// Grows with every entry of its timeline: give it to whatever corrects the order as you saw it.
    async fn version(&self) -> i32 {
        int(self.0.event_count)
    }

    /// The shopper's language (BCP 47).
    async fn locale(&self) -> &str {
        &self.0.locale
    }

    /// What the shopper wanted the shop to know.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Text messages about it.
    #[graphql(complexity = "2 + child_complexity")]
    async fn sms(&self, ctx: &Context<'_>) -> Result<OrderSms> {
        OrderSms::of(ctx, &self.0).await
    }

    /// What staff wrote about it among themselves, oldest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "2 + 2 * child_complexity")]
    async fn staff_notes(&self, ctx: &Context<'_>) -> Result<Option<Vec<OrderNote>>> {
        ctx.require(Permission::Orders)?;
        let notes = ctx.load(NotesOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(Some(notes.into_iter().map(OrderNote).collect()))
    }

    /// The words by which staff sort it. For staff with the permission `ORDERS`.
    #[graphql(complexity = 2)]
    async fn tags(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(ctx.load(TagsOfOrder(self.0.id)).await?.unwrap_or_default()))
    }

    /// The draft order that it was, where staff put it together. For staff with the permission `ORDERS`.
    #[graphql(complexity = "2 + child_complexity")]
    async fn draft_order(&self, ctx: &Context<'_>) -> Result<Option<DraftOrder>> {
        ctx.require(Permission::Orders)?;
        Ok(ctx.load(DraftOfOrder(self.0.id)).await?.map(DraftOrder))
    }

    /// What was bought.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<OrderLine>> {
        let (rows, currency) = (ctx.load(LinesOfOrder(self.0.id)).await?, self.0.currency);
        let lines = rows.unwrap_or_default().into_iter();
        Ok(lines.map(|line| OrderLine { line, currency }).collect())
    }

    /// What it costs.
    async fn cost(&self) -> OrderCost {
        OrderCost(self.0.clone())
    }

    /// What was taken off and put on, in the order in which it applied: each discount once, with what it took off of which
    /// line.
    #[graphql(complexity = "5 * child_complexity")]
    async fn adjustments(&self, ctx: &Context<'_>) -> Result<Vec<Adjustment>> {
        let rows = ctx.load(AdjustmentsOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(of_rows(&rows, self.0.currency))
    }

    /// Where the goods go. Null where nothing is sent, and where they are picked up and nobody gave an address.
    async fn shipping_address(&self) -> Option<MailingAddress> {
        let address = Some(&self.0.shipping_address).filter(|address| self.0.ships && address.is_somewhere());
        address.cloned().map(MailingAddress::from)
    }

    /// Where the bill goes. Null where nothing is sent and nobody gave an address.
    async fn billing_address(&self) -> Option<MailingAddress> {
        let address = Some(&self.0.billing_address).filter(|address| address.is_somewhere());
        address.cloned().map(MailingAddress::from)
    }

    /// Whether anything of it is sent.
    async fn requires_shipping(&self) -> bool {
        self.0.ships
    }

    /// What the front end noted of it, in the order in which it was given.
    async fn attributes(&self) -> Vec<Attribute> {
        self.0.attributes.0.iter().cloned().map(Attribute::from).collect()
    }

    /// What is written to whoever is given the goods.
    async fn gift_message(&self) -> Option<&str> {
        self.0.gift_message.as_deref()
    }

    /// The files that it gives once it is paid.
    #[graphql(complexity = "2 * child_complexity")]
    async fn downloads(&self, ctx: &Context<'_>) -> Result<Vec<OrderDownload>> {
        OrderDownload::of(ctx, self.0.id).await
    }

    /// Why its taxes are what they are. Null for orders of earlier versions.
    async fn tax_treatment(&self) -> Option<TaxTreatment> {
        self.0.tax.as_ref().map(|tax| tax.treatment.into())
    }

    /// What its invoice says where no tax was due, as in `Reverse charge: …`.
    async fn tax_note(&self) -> Option<Said> {
        note(self.0.tax.as_ref()?.treatment).map(Said)
    }

    /// The VAT number by which a business bought, as it was looked at.
    async fn tax_id(&self, ctx: &Context<'_>) -> Option<TaxId> {
        let tax_id = self.0.tax.as_ref()?.tax_id.as_ref()?;
        Some(TaxId::new(ctx.shop(), tax_id))
    }

    /// When it was to arrive, or to wait to be picked up, as it was told when it was placed. Null where nothing was told.
    async fn delivery_estimate(&self) -> Option<DeliveryEstimate> {
        DeliveryEstimate::told(self.0.delivery.as_ref()?)
    }

    /// Whether the goods go to the shopper, or the shopper to the goods. Null where nothing is sent, and for orders of
    /// earlier versions.
    async fn shipping_method_kind(&self) -> Option<ShippingMethodKind> {
        self.0.delivery.as_ref().map(|delivery| delivery.kind.into())
    }

    /// Where a pickup waits.
    #[graphql(complexity = "1 + child_complexity")]
    async fn pickup_location(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        let Some(id) = self.0.delivery.as_ref().and_then(|delivery| delivery.location) else {
            return Ok(None);
        };
        Ok(ctx.load(LocationById(id)).await?.map(Location))
    }

    /// Who carries it, as the shipping method said.
    async fn carrier(&self) -> Option<&str> {
        self.0.delivery.as_ref()?.carrier.as_deref()
    }

    /// How it is shipped, as the shopper chose it.
    async fn shipping_method_name(&self) -> &str {
        &self.0.shipping_method_name
    }

    /// The latest attempt to be paid. Null for an order that costs nothing.
    async fn payment(&self, ctx: &Context<'_>) -> Result<Option<Payment>> {
        let attempts = ctx.load(PaymentsOfOrder(self.0.id)).await?;
        Ok(attempts.unwrap_or_default().pop().map(Payment))
    }

    /// Every attempt to be paid, oldest first.
    #[graphql(complexity = "2 * child_complexity")]
    async fn payments(&self, ctx: &Context<'_>) -> Result<Vec<Payment>> {
        let rows = ctx.load(PaymentsOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Payment).collect())
    }

    /// The texts of the shop's policies under which it was placed.
    #[graphql(complexity = "2 * child_complexity")]
    async fn policies(&self, ctx: &Context<'_>) -> Result<Vec<PageVersion>> {
        let texts = ctx.load(PoliciesOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(texts.into_iter().map(PageVersion).collect())
    }

    /// Its parcels, oldest first. Staff with the permission `ORDERS` see those, too, that have not left or were given up
    /// before they did.
    #[graphql(complexity = "2 * child_complexity")]
    async fn shipments(&self, ctx: &Context<'_>) -> Result<Vec<Shipment>> {
        fulfilment::shown_parcels(ctx, self.0.id).await
    }

    /// The gift cards and the store credit that paid it, in the order in which they did.
    #[graphql(complexity = "2 * child_complexity")]
    async fn credits(&self, ctx: &Context<'_>) -> Result<Vec<OrderCredit>> {
        OrderCredit::of(ctx, &self.0).await
    }

    /// What happened to it, oldest first. Staff with the permission `ORDERS` see entries that are
    /// not public, too. Follow it live with the subscription `orderUpdates`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many entries before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<OrderEventConnection>> {
        let page = page(first, after, last, before);
        OrderEventConnection::of(ctx, &self.0, &page).await.map(Some)
    }

    /// Whether `orderCancel` would be accepted as it stands.
    async fn cancellable(&self, ctx: &Context<'_>) -> Result<bool> {
        fulfilment::is_cancellable(ctx, &self.0).await
    }

    /// Whether `orderPaymentRetry` would be accepted as it stands: as long as its goods are held, or where a change is not
    /// paid yet (`cost.unpaid`).
    async fn payment_retryable(&self, ctx: &Context<'_>) -> Result<bool> {
        let attempts = ctx.load(PaymentsOfOrder(self.0.id)).await?.unwrap_or_default();
        Ok(payments::is_retryable(&self.0, attempts.last()))
    }

    /// Whose it is; null for a guest's. For staff with the permission `CUSTOMERS`, and the
    /// customer; null with an error otherwise.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let Some(id) = self.0.customer_id else { return Ok(None) };
        if ctx.caller().viewer.customer() != Some(id) {
            ctx.require(Permission::Customers)?;
        }
        Ok(ctx.load(CustomerById(id)).await?.map(Customer))
    }

    /// What followed after it was placed: fields of the order as the others.
    #[graphql(flatten)]
    async fn after_sale(&self) -> OrderAfterSale {
        OrderAfterSale(self.0.clone())
    }

    /// When it was placed.
    async fn placed_at(&self) -> DateTime<Utc> {
        self.0.placed_at
    }

    /// When anything about it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}
