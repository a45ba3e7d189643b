use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    fulfilment::edits::{VersionChange, changes_between},
    money::Currency,
    staff::Permission,
};
use vitrine_entity::{
    address::Address,
    order,
    order_version::{self, VersionLine},
};

use crate::{
    graphql::{
        order::questions::VersionsOfOrder,
        shared::{ContextExt, MailingAddress, Money, Result},
    },
    ids,
};

/// How an order was from a change on, or as it was placed, and in what it differs from the version before.
#[derive(Debug, Clone)]
pub struct OrderVersion {
    pub row: order_version::Model,
    /// None of the first.
    pub before: Option<order_version::Model>,
    /// The order's.
    pub currency: Currency,
}

impl OrderVersion {
    /// All of an order, the first first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(ctx: &Context<'_>, order: &order::Model) -> Result<Vec<Self>> {
        let (rows, currency) = (
            ctx.load(VersionsOfOrder(order.id)).await?.unwrap_or_default(),
            order.currency,
        );
        let mut before: Option<order_version::Model> = None;
        let with_before = |row: order_version::Model| Self {
            before: before.replace(row.clone()),
            row,
            currency,
        };
        Ok(rows.into_iter().map(with_before).collect())
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}

/// How an order was from a change on, or as it was placed, and in what it differs from the version before.
#[Object]
impl OrderVersion {
    /// Names the version.
    async fn id(&self) -> ID {
        ids::public(self.row.id)
    }

    /// Which of the order's it is: 1 is how it was placed.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Since when.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// Whether whoever placed the order changed it, and not staff.
    async fn by_shopper(&self) -> bool {
        self.row.by_shopper
    }

    /// Who changed it, as in the audit log. For staff with the permission `ORDERS`.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(&self.row.actor))
    }

    /// Why, as staff gave it.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// What it sold.
    async fn lines(&self) -> Vec<OrderVersionLine> {
        let lines = self.row.content.lines.iter();
        lines.map(|line| OrderVersionLine::new(line, self.currency)).collect()
    }

    /// All goods together, before anything was taken off.
    async fn subtotal(&self) -> Money {
        self.money(self.row.content.subtotal_minor)
    }

    /// What was taken off, of goods and of shipping.
    async fn discount(&self) -> Money {
        self.money(self.row.content.discount_minor)
    }

    /// What shipping cost before its own discounts.
    async fn shipping(&self) -> Money {
        self.money(self.row.content.shipping_minor)
    }

    /// How it was to be shipped.
    async fn shipping_method_name(&self) -> &str {
        &self.row.content.shipping_method_name
    }

    /// The tax of all of it.
    async fn tax(&self) -> Money {
        self.money(self.row.content.tax_minor)
    }

    /// What it cost in all.
    async fn total(&self) -> Money {
        self.money(self.row.total_minor)
    }

    /// What it cost more than the version before; less, where it is below nothing.
    async fn difference(&self) -> Money {
        self.money(self.row.difference_minor)
    }

    /// What was to be paid more by then, in all.
    async fn unpaid(&self) -> Money {
        self.money(self.row.unpaid_minor)
    }

    /// What went back by it, to what the order was paid with.
    async fn refunded(&self) -> Money {
        self.money(self.row.refunded_minor)
    }

    /// Where it was to go. Null where nothing is sent, and once whoever ordered was erased.
    async fn shipping_address(&self) -> Option<MailingAddress> {
        let address = self
            .row
            .shipping_address
            .as_ref()
            .filter(|address| address.is_somewhere());
        address.cloned().map(MailingAddress::from)
    }

    /// In what it differs from the version before; none of the first.
    async fn changes(&self) -> Vec<OrderVersionChange> {
        let Some(before) = &self.before else { return Vec::new() };
        let changes = changes_between(before, &self.row).into_iter();
        changes
            .map(|change| OrderVersionChange::new(change, self.currency))
            .collect()
    }
}

/// What a version sold of a variant.
#[derive(Debug, SimpleObject)]
pub struct OrderVersionLine {
    /// The order line's id; the order may have it no more.
    pub line_id: ID,
    /// The variant's id.
    pub variant_id: ID,
    /// The variant's SKU.
    pub sku: String,
    /// The product's title.
    pub title: String,
    /// Which of its variants; empty where there is one only.
    pub variant_title: String,
    /// How many units.
    pub quantity: i32,
    /// What a unit cost, before anything was taken off.
    pub unit_price: Money,
    /// What was taken off all of them.
    pub discount: Money,
    /// What was paid for all of them, with the tax.
    pub total: Money,
}

impl OrderVersionLine {
    fn new(line: &VersionLine, currency: Currency) -> Self {
        let money = |minor| Money::new(minor, currency);
        Self {
            line_id: ids::public(line.line),
            variant_id: ids::public(line.variant),
            sku: line.sku.clone(),
            title: line.title.clone(),
            variant_title: line.variant_title.clone(),
            quantity: line.quantity,
            unit_price: money(line.unit_price_minor),
            discount: money(line.discount_minor),
            total: money(line.total_minor),
        }
    }
}

/// What is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum OrderVersionChangeKind {
    /// A line came: `after` says how many units.
    LineAdded,
    /// A line went: `before` says how many units there were.
    LineRemoved,
    /// There are more units of a line, or fewer.
    QuantityChanged,
    /// A unit of a line costs something else.
    PriceChanged,
    /// Shipping costs something else, or goes another way.
    ShippingChanged,
    /// Something else is taken off.
    DiscountChanged,
    /// It goes to another address.
    AddressChanged,
}

/// In what a version differs from the one before.
#[derive(Debug, SimpleObject)]
pub struct OrderVersionChange {
    /// What is different.
    pub kind: OrderVersionChangeKind,
    /// Of which line, where it is one's.
    pub line: Option<OrderVersionLine>,
    /// As it was, in words: a number of units, an amount with its currency, a way of shipping, an address in one line. Null
    /// where there was nothing.
    pub before: Option<String>,
    /// As it is, in the same words. Null where there is nothing.
    pub after: Option<String>,
}

impl OrderVersionChange {
    fn new(change: VersionChange, currency: Currency) -> Self {
        use OrderVersionChangeKind as Kind;
        let money = |minor| vitrine_commerce::money::Money::new(minor, currency).to_string();
        let shown = |line: &VersionLine| Some(OrderVersionLine::new(line, currency));
        let shipped = |name: &str, minor| format!("{name}, {}", money(minor));
        let (kind, line, before, after) = match &change {
            VersionChange::LineAdded { line } => (Kind::LineAdded, shown(line), None, Some(line.quantity.to_string())),
            VersionChange::LineRemoved { line } => {
                (Kind::LineRemoved, shown(line), Some(line.quantity.to_string()), None)
            }
            VersionChange::QuantityChanged { line, before } => {
                let (before, after) = (before.to_string(), line.quantity.to_string());
                (Kind::QuantityChanged, shown(line), Some(before), Some(after))
            }
            VersionChange::PriceChanged { line, before_minor } => {
                let (before, after) = (money(*before_minor), money(line.unit_price_minor));
                (Kind::PriceChanged, shown(line), Some(before), Some(after))
            }
            VersionChange::ShippingChanged {
                name,
                amount_minor,
                before_name,
                before_minor,
            } => {
                let (before, after) = (shipped(before_name, *before_minor), shipped(name, *amount_minor));
                (Kind::ShippingChanged, None, Some(before), Some(after))
            }
            VersionChange::DiscountChanged {
                amount_minor,
                before_minor,
            } => {
                let (before, after) = (money(*before_minor), money(*amount_minor));
                (Kind::DiscountChanged, None, Some(before), Some(after))
            }
            VersionChange::AddressChanged { address, before } => (
                Kind::AddressChanged,
                None,
                before.as_deref().map(in_one_line),
                Some(in_one_line(address)),
            ),
        };
        Self {
            kind,
            line,
            before,
            after,
        }
    }
}

fn in_one_line(address: &Address) -> String {
    let place = format!("{} {}", address.postal_code, address.city);
    let parts = [
        Some(&*address.name),
        address.company.as_deref(),
        Some(&*address.line1),
        address.line2.as_deref(),
    ];
    let parts = parts.into_iter().flatten().chain([place.trim(), &*address.country]);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
