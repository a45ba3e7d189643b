use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::Permission;
use vitrine_entity::imported_order;

use crate::{
    graphql::shared::{ContextExt, MailingAddress, Money, Result, connection, int},
    ids,
};

/// A shop system whose exports are imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::imported_order::ImportSource")]
pub enum ImportSource {
    /// Shopify.
    Shopify,
    /// WooCommerce.
    Woocommerce,
    /// Medusa.
    Medusa,
}

/// Goods of an order that another shop system had.
#[derive(Debug, SimpleObject)]
pub struct ImportedOrderLine {
    /// What the system called them by; null where it did not.
    pub sku: Option<String>,
    /// Their name.
    pub title: String,
    /// How many.
    pub quantity: i32,
    /// The price of one, as the export has it.
    pub unit_price: Money,
}

/// An order that another shop system had, as its export tells of it.
#[derive(Debug, Clone)]
pub struct ImportedOrder(pub imported_order::Model);

connection! { ImportedOrderConnection, ImportedOrderEdge, ImportedOrder }

impl ImportedOrder {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.0.currency)
    }
}

/// An order that another shop system had, as its export tells of it. It is history: nothing is paid, sent, returned or counted
/// for it here.
#[Object]
impl ImportedOrder {
    /// Names it.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Its number there, as shoppers know it.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Where it was placed.
    async fn source(&self) -> ImportSource {
        self.0.source.into()
    }

    /// What names it there.
    async fn source_id(&self) -> &str {
        &self.0.source_id
    }

    /// Who ordered; null where the export does not say, and once they were erased.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// When it was placed.
    async fn placed_at(&self) -> DateTime<Utc> {
        self.0.placed_at
    }

    /// When it was cancelled; null where it was not.
    async fn cancelled_at(&self) -> Option<DateTime<Utc>> {
        self.0.cancelled_at
    }

    /// Where it stood, in the system's own words.
    async fn status(&self) -> Option<&str> {
        self.0.status.as_deref()
    }

    /// Whether it was paid there, in the system's own words.
    async fn payment_status(&self) -> Option<&str> {
        self.0.payment_status.as_deref()
    }

    /// Whether it was sent, in the system's own words.
    async fn fulfilment_status(&self) -> Option<&str> {
        self.0.fulfilment_status.as_deref()
    }

    /// What the goods came to.
    async fn subtotal(&self) -> Money {
        self.money(self.0.subtotal_minor)
    }

    /// What was taken off.
    async fn discount(&self) -> Money {
        self.money(self.0.discount_minor)
    }

    /// What shipping cost.
    async fn shipping(&self) -> Money {
        self.money(self.0.shipping_minor)
    }

    /// The tax.
    async fn tax(&self) -> Money {
        self.money(self.0.tax_minor)
    }

    /// What was to be paid.
    async fn total(&self) -> Money {
        self.money(self.0.total_minor)
    }

    /// What was paid back.
    async fn refunded(&self) -> Money {
        self.money(self.0.refunded_minor)
    }

    /// Its goods; none where the export has none.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self) -> Vec<ImportedOrderLine> {
        let lines = self.0.details.lines.iter();
        let shown = lines.map(|line| ImportedOrderLine {
            sku: line.sku.clone(),
            title: line.title.clone(),
            quantity: int(line.quantity),
            unit_price: self.money(line.unit_price_minor),
        });
        shown.collect()
    }

    /// Where it went.
    async fn shipping_address(&self) -> Option<MailingAddress> {
        self.0.details.shipping_address.clone().map(MailingAddress::from)
    }

    /// To whom it was billed.
    async fn billing_address(&self) -> Option<MailingAddress> {
        self.0.details.billing_address.clone().map(MailingAddress::from)
    }

    /// How it was sent, as the system called it.
    async fn shipping_method(&self) -> Option<&str> {
        self.0.details.shipping_method.as_deref()
    }

    /// How it was paid, as the system called it.
    async fn payment_method(&self) -> Option<&str> {
        self.0.details.payment_method.as_deref()
    }

    /// A discount code that was used.
    async fn discount_code(&self) -> Option<&str> {
        self.0.details.discount_code.as_deref()
    }

    /// What the shopper noted; null where the export does not tell it from what staff noted, as Shopify's.
    async fn note(&self) -> Option<&str> {
        self.0.shopper_note()
    }

    /// What staff there noted, or may have. For staff with the permission `ORDERS`.
    async fn staff_note(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        ctx.require(Permission::Orders)?;
        Ok(self.0.staff_note())
    }

    /// When it was imported first.
    async fn imported_at(&self) -> DateTime<Utc> {
        self.0.imported_at
    }
}
