//! Orders: a row a line, as Shopify's own export writes them. What is said of the order as a whole stands in its
//! first row.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use vitrine_entity::{
    address::Address,
    ids::OrderId,
    order::{self, OrderStatus},
    order_adjustment::{self, AdjustmentKind},
    order_event::{self, OrderEventKind},
    order_line, order_tag,
    payment::{self, PaymentStatus},
};

use super::{PAGE, TablePage};
use crate::{Result, Shop, money::Money, orders::load};

pub(super) const COLUMNS: [&str; 53] = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Status",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Discount Code",
    "Discount Amount",
    "Fees",
    "Total",
    "Taxes Included",
    "Shipping Method",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem sku",
    "Lineitem price",
    "Lineitem discount",
    "Lineitem tax",
    "Lineitem total",
    "Billing Name",
    "Billing Company",
    "Billing Address1",
    "Billing Address2",
    "Billing City",
    "Billing Zip",
    "Billing Province",
    "Billing Country",
    "Billing Phone",
    "Shipping Name",
    "Shipping Company",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Notes",
    "Note Attributes",
    "Gift Message",
    "Cancelled at",
    "Payment Method",
    "Payment Reference",
    "Refunded Amount",
    "Tags",
    "Customer ID",
    "Id",
];

/// Where the columns of a line stand.
const LINE_COLUMNS: std::ops::Range<usize> = 18..25;

pub(super) async fn page(shop: &Shop, after: Option<Uuid>) -> Result<TablePage> {
    let mut query = order::Entity::find();
    if let Some(after) = after {
        query = query.filter(order::Column::Id.gt(OrderId(after)));
    }
    let orders = query.order_by_asc(order::Column::Id).limit(PAGE).all(&shop.db).await?;
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let parts = Parts::load(shop, &ids).await?;
    Ok(TablePage {
        rows: orders.iter().flat_map(|order| parts.rows(order)).collect(),
        things: orders.len() as u64,
        last: ids.last().map(|id| id.0),
    })
}

/// What belongs to some orders.
struct Parts {
    lines: HashMap<OrderId, Vec<order_line::Model>>,
    /// The attempt that counts: the last that none has taken the place of.
    payments: HashMap<OrderId, payment::Model>,
    events: HashMap<(OrderId, OrderEventKind), DateTime<Utc>>,
    tags: HashMap<OrderId, Vec<String>>,
    adjustments: HashMap<OrderId, Vec<order_adjustment::Model>>,
}

impl Parts {
    async fn load(shop: &Shop, ids: &[OrderId]) -> Result<Self> {
        let orders = || ids.iter().copied();
        let mut lines: HashMap<_, Vec<_>> = HashMap::new();
        let query = order_line::Entity::find().filter(order_line::Column::OrderId.is_in(orders()));
        for line in query.order_by_asc(order_line::Column::Position).all(&shop.db).await? {
            lines.entry(line.order_id).or_default().push(line);
        }
        let payments = payment::Entity::find()
            .filter(payment::Column::OrderId.is_in(orders()))
            .filter(payment::Column::Superseded.eq(false))
            .order_by_asc(payment::Column::Id);
        let payments = payments.all(&shop.db).await?.into_iter();
        let kinds = [
            OrderEventKind::PaymentSucceeded,
            OrderEventKind::Dispatched,
            OrderEventKind::Cancelled,
        ];
        let events = order_event::Entity::find()
            .filter(order_event::Column::OrderId.is_in(orders()))
            .filter(order_event::Column::Kind.is_in(kinds))
            .order_by_desc(order_event::Column::Number);
        let events = events.all(&shop.db).await?.into_iter();
        let mut tags: HashMap<_, Vec<_>> = HashMap::new();
        let query = order_tag::Entity::find().filter(order_tag::Column::OrderId.is_in(orders()));
        for tag in query.order_by_asc(order_tag::Column::Tag).all(&shop.db).await? {
            tags.entry(tag.order_id).or_default().push(tag.tag);
        }
        Ok(Self {
            lines,
            payments: payments.map(|payment| (payment.order_id, payment)).collect(),
            // The first of each kind is the last that is put in.
            events: events
                .map(|event| ((event.order_id, event.kind), event.created_at))
                .collect(),
            tags,
            adjustments: load::adjustments_of(shop, ids).await?,
        })
    }

    fn rows(&self, order: &order::Model) -> Vec<Vec<String>> {
        let lines = self.lines.get(&order.id).map_or(&[][..], Vec::as_slice);
        let rows = (0..lines.len().max(1)).map(|index| {
            let mut row = match index {
                0 => self.head(order),
                _ => self.repeated(order),
            };
            if let Some(line) = lines.get(index) {
                for (place, cell) in LINE_COLUMNS.zip(line_cells(order, line)) {
                    row[place] = cell;
                }
            }
            row
        });
        rows.collect()
    }

    /// What rows beyond the first say of their order.
    fn repeated(&self, order: &order::Model) -> Vec<String> {
        let mut row = vec![String::new(); COLUMNS.len()];
        row[0].clone_from(&order.number);
        row[1].clone_from(&order.email);
        row[17] = time(order.placed_at);
        row
    }

    /// The codes by which something was taken off, and what took it off by itself, each once.
    fn discount_codes(&self, order: &order::Model) -> String {
        let rows = self.adjustments.get(&order.id).map_or(&[][..], Vec::as_slice);
        let discounts = rows.iter().filter(|row| row.kind == AdjustmentKind::Discount);
        let mut codes: Vec<&str> = Vec::new();
        for row in discounts {
            let name = match row.discount_id.is_some() && row.discount_code_id.is_none() {
                true => row.label.as_str(),
                false => row.code.as_str(),
            };
            if !codes.contains(&name) {
                codes.push(name);
            }
        }
        codes.join(", ")
    }

    fn head(&self, order: &order::Model) -> Vec<String> {
        let amount = |minor| Money::new(minor, order.currency).decimal();
        let payment = self.payments.get(&order.id);
        let at = |kind| {
            self.events
                .get(&(order.id, kind))
                .copied()
                .map(time)
                .unwrap_or_default()
        };
        let mut row = vec![
            order.number.clone(),
            order.email.clone(),
            payment.map_or("pending", financial_status).to_owned(),
            at(OrderEventKind::PaymentSucceeded),
            fulfilment_status(order.status).to_owned(),
            at(OrderEventKind::Dispatched),
            sea_orm::ActiveEnum::to_value(&order.status),
            order.currency.to_string(),
            amount(order.subtotal_minor),
            amount(order.shipping_minor),
            amount(order.tax_minor),
            self.discount_codes(order),
            amount(order.discount_minor),
            amount(order.fee_minor),
            amount(order.total_minor),
            if order.prices_include_tax { "yes" } else { "no" }.to_owned(),
            order.shipping_method_name.clone(),
            time(order.placed_at),
        ];
        row.resize(LINE_COLUMNS.end, String::new());
        row.extend(address_cells(Some(&order.billing_address)));
        row.extend(address_cells(order.ships.then_some(&order.shipping_address)));
        let noted = order.attributes.0.iter();
        let noted = noted.map(|attribute| format!("{}: {}", attribute.key, attribute.value));
        let tags = self.tags.get(&order.id).map_or(&[][..], Vec::as_slice);
        row.extend([
            order.note.clone().unwrap_or_default(),
            noted.collect::<Vec<_>>().join("\n"),
            order.gift_message.clone().unwrap_or_default(),
            at(OrderEventKind::Cancelled),
            payment.map(|payment| payment.provider.clone()).unwrap_or_default(),
            payment
                .and_then(|payment| payment.provider_reference.clone())
                .unwrap_or_default(),
            amount(payment.map_or(0, |payment| payment.refunded_minor + payment.credited_minor)),
            tags.join(", "),
            order.customer_id.map(|id| id.to_string()).unwrap_or_default(),
            order.id.to_string(),
        ]);
        row
    }
}

fn line_cells(order: &order::Model, line: &order_line::Model) -> [String; 7] {
    let amount = |minor| Money::new(minor, order.currency).decimal();
    let name = match line.variant_title.is_empty() {
        true => line.title.clone(),
        false => format!("{} - {}", line.title, line.variant_title),
    };
    [
        line.quantity.to_string(),
        name,
        line.sku.clone(),
        amount(line.unit_price_minor),
        amount(line.discount_minor),
        amount(line.tax_minor),
        amount(line.total_minor),
    ]
}

fn address_cells(address: Option<&Address>) -> [String; 9] {
    let Some(address) = address else {
        return Default::default();
    };
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        address.name.clone(),
        optional(&address.company),
        address.line1.clone(),
        optional(&address.line2),
        address.city.clone(),
        address.postal_code.clone(),
        optional(&address.region),
        address.country.clone(),
        optional(&address.phone),
    ]
}

/// In Shopify's words.
fn financial_status(payment: &payment::Model) -> &'static str {
    match payment.status {
        PaymentStatus::Captured if payment.refunded_minor > 0 => "partially_refunded",
        PaymentStatus::Captured => "paid",
        PaymentStatus::Refunded => "refunded",
        PaymentStatus::Authorized => "authorized",
        PaymentStatus::Voided => "voided",
        PaymentStatus::Created
        | PaymentStatus::Unknown
        | PaymentStatus::ActionRequired
        | PaymentStatus::Pending
        | PaymentStatus::Declined => "pending",
    }
}

fn fulfilment_status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Dispatched | OrderStatus::Completed => "fulfilled",
        _ => "unfulfilled",
    }
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
