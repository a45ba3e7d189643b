use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema},
};
use vitrine_commerce::{
    Context, Result, Shop,
    delivery::tax::treatment::note,
    language::Language,
    money::Currency,
    orders::{due_minor, load},
};
use vitrine_entity::{
    attribute::Attributes,
    capture,
    ids::{OrderId, PaymentId},
    order::{self, OrderStatus},
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line, payment, refund,
};

use super::{
    MoneyView,
    adjustment::AdjustmentView,
    payment::{PaymentView, RefundView},
    status, status_schema,
    words::{TaxNames, taxes_of},
};

/// A placed order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Order)]
pub(in crate::rest) struct OrderView {
    /// Names the order.
    #[schema(example = "ord_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// What people read and say.
    #[schema(example = "V-7K3M-9QXT")]
    number: String,
    #[schema(schema_with = order_status)]
    status: String,
    /// When it was placed.
    placed_at: DateTime<Utc>,
    /// What was bought, in its order.
    lines: Vec<OrderLineView>,
    /// What it costs.
    totals: TotalsView,
    /// What was taken off, put on and paid by gift cards or credit, and why.
    adjustments: Vec<AdjustmentView>,
    /// What the front end noted of it.
    attributes: Vec<AttributeView>,
    /// What is written to whoever is given the goods.
    gift_message: Option<String>,
    /// The latest attempt to be paid. Null for an order that costs nothing.
    payment: Option<PaymentView>,
    /// What was paid back, oldest first.
    refunds: Vec<RefundView>,
    /// Opens the order to whoever holds it: send it as `Order-Access-Token`. Only in the answer
    /// to the checkout; keep it for a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
    /// Where to go on.
    links: OrderLinks,
}

/// What was bought of one variant, as it was.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OrderLine)]
pub(in crate::rest) struct OrderLineView {
    /// Names the line: a refund of some of its units asks for it.
    #[schema(example = "oline_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// Which variant of the catalogue it was.
    variant_id: String,
    /// The shop's own number of it.
    sku: String,
    /// What it is called.
    title: String,
    /// What the shopper chose of it; empty where there was nothing to choose.
    variant_title: String,
    /// How many.
    quantity: i32,
    /// What one of it cost.
    unit_price: MoneyView,
    /// What was taken off: its own discounts, and its part in those of the whole order; not negative.
    discount: MoneyView,
    /// What all of it cost.
    total: MoneyView,
    /// What the front end noted of it.
    attributes: Vec<AttributeView>,
}

/// What a front end noted under a name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attribute)]
pub(in crate::rest) struct AttributeView {
    /// Its name.
    key: String,
    /// What stands under it.
    value: String,
}

fn noted(attributes: &Attributes) -> Vec<AttributeView> {
    let noted = attributes.0.iter().map(|attribute| AttributeView {
        key: attribute.key.clone(),
        value: attribute.value.clone(),
    });
    noted.collect()
}

/// The tax at one rate.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TaxLine)]
pub(in crate::rest) struct TaxLineView {
    /// The rate's name, in the language of the request.
    name: String,
    /// The rate in hundredths of a percent: 19 % is 1900.
    basis_points: i32,
    /// How much it comes to.
    amount: MoneyView,
}

/// What an order costs, as it was agreed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Totals)]
pub(in crate::rest) struct TotalsView {
    /// The lines.
    subtotal: MoneyView,
    /// What was taken off; not negative.
    discount: MoneyView,
    /// Shipping, before discounts.
    shipping: MoneyView,
    /// What of `discount` was taken off shipping. Left out where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    shipping_discount: Option<MoneyView>,
    /// All the tax. Where prices include tax, it is a part of the other amounts.
    tax: MoneyView,
    /// The tax by rate, highest first. Empty for orders of earlier versions.
    taxes: Vec<TaxLineView>,
    /// What an invoice says where no tax is due, as in `Reverse charge: …`.
    tax_note: Option<String>,
    /// What the shopper pays.
    total: MoneyView,
    /// What gift cards and store credit paid of the total. Left out where they paid nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<MoneyView>,
    /// What was left of the total for the payment method. Left out where that was all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<MoneyView>,
    /// Whether the prices of goods and shipping contain the tax.
    prices_include_tax: bool,
}

/// Where to go on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::rest) struct OrderLinks {
    /// The order.
    #[serde(rename = "self")]
    order: String,
    /// Waits for the payment, or tries it again.
    process_payment: String,
}

/// The path of the order.
pub(in crate::rest) fn path(order: &order::Model) -> String {
    format!("/api/orders/{}", order.id)
}

impl OrderView {
    /// Reads what belongs to the order, in the language of whoever asks. Whoever shows it has asked whose it is.
    pub(in crate::rest) async fn load(shop: &Shop, context: &Context, order: &order::Model) -> Result<Self> {
        let mut parts = Parts::load(shop, context, std::slice::from_ref(order)).await?;
        Ok(Self::new(order, &mut parts, &context.messages()))
    }

    /// As [`load`](Self::load), of many: each kind of part in one statement.
    pub(in crate::rest) async fn load_all(
        shop: &Shop,
        context: &Context,
        orders: &[order::Model],
    ) -> Result<Vec<Self>> {
        let mut parts = Parts::load(shop, context, orders).await?;
        let language = &context.messages();
        let views = orders.iter().map(|order| Self::new(order, &mut parts, language));
        Ok(views.collect())
    }

    fn new(order: &order::Model, parts: &mut Parts, language: &Language) -> Self {
        let lines = parts.lines.remove(&order.id).unwrap_or_default();
        let refunds = parts.refunds.remove(&order.id).unwrap_or_default();
        let payment = parts.payments.get(&order.id).and_then(|payments| payments.last());
        let payment = payment.map(|payment| {
            let captures = parts.captures.remove(&payment.id);
            PaymentView::new(payment, &captures.unwrap_or_default(), language)
        });
        let refunds = refunds.iter().map(|refund| RefundView::new(refund, order.currency));
        let lines = lines.iter().map(|line| OrderLineView::new(line, order.currency));
        let adjustments = parts.adjustments.remove(&order.id).unwrap_or_default();
        let totals = TotalsView::new(order, &adjustments, &parts.taxes, language);
        let adjustments = adjustments.iter().map(|row| AdjustmentView::new(row, order.currency));
        Self {
            id: order.id.to_string(),
            number: order.number.clone(),
            status: status(&order.status),
            placed_at: order.placed_at,
            lines: lines.collect(),
            totals,
            adjustments: adjustments.collect(),
            attributes: noted(&order.attributes),
            gift_message: order.gift_message.clone(),
            payment,
            refunds: refunds.collect(),
            access_token: None,
            links: OrderLinks {
                order: path(order),
                process_payment: format!("{}/process-payment", path(order)),
            },
        }
    }

    #[must_use]
    pub(in crate::rest) fn with_access_token(self, token: String) -> Self {
        Self {
            access_token: Some(token),
            ..self
        }
    }
}

/// What belongs to some orders.
struct Parts {
    lines: HashMap<OrderId, Vec<order_line::Model>>,
    payments: HashMap<OrderId, Vec<payment::Model>>,
    captures: HashMap<PaymentId, Vec<capture::Model>>,
    refunds: HashMap<OrderId, Vec<refund::Model>>,
    adjustments: HashMap<OrderId, Vec<order_adjustment::Model>>,
    taxes: TaxNames,
}

impl Parts {
    async fn load(shop: &Shop, context: &Context, orders: &[order::Model]) -> Result<Self> {
        let taxes = taxes_of(shop, context, orders).await?;
        let adjusted = |order: &&order::Model| order.discount_minor + order.fee_minor + order.credit_minor > 0;
        let adjusted: Vec<_> = orders.iter().filter(adjusted).map(|order| order.id).collect();
        let adjustments = match adjusted.is_empty() {
            true => HashMap::new(),
            false => load::adjustments_of(shop, &adjusted).await?,
        };
        let orders: &[_] = &orders.iter().map(|order| order.id).collect::<Vec<_>>();
        let payments = load::payments_of(shop, orders).await?;
        let latest: Vec<_> = payments
            .values()
            .filter_map(|payments| payments.last())
            .map(|payment| payment.id)
            .collect();
        Ok(Self {
            lines: load::lines_of(shop, orders).await?,
            captures: load::captures_of(shop, &latest).await?,
            refunds: load::refunds_of(shop, orders).await?,
            payments,
            adjustments,
            taxes,
        })
    }
}

/// An attempt, with its captures.
pub(in crate::rest) async fn read_payment(shop: &Shop, context: &Context, row: &payment::Model) -> Result<PaymentView> {
    let captures = load::captures_of(shop, &[row.id]).await?.remove(&row.id);
    Ok(PaymentView::new(
        row,
        &captures.unwrap_or_default(),
        &context.messages(),
    ))
}

impl OrderLineView {
    fn new(row: &order_line::Model, currency: Currency) -> Self {
        let money = |minor| MoneyView::new(minor, currency);
        Self {
            id: row.id.to_string(),
            variant_id: row.variant_id.to_string(),
            sku: row.sku.clone(),
            title: row.title.clone(),
            variant_title: row.variant_title.clone(),
            quantity: row.quantity,
            unit_price: money(row.unit_price_minor),
            discount: money(row.discount_minor),
            total: money(row.total_minor),
            attributes: noted(&row.attributes),
        }
    }
}

impl TotalsView {
    fn new(
        order: &order::Model,
        adjustments: &[order_adjustment::Model],
        names: &TaxNames,
        language: &Language,
    ) -> Self {
        let money = |minor| MoneyView::new(minor, order.currency);
        let is_off_shipping = |row: &&order_adjustment::Model| {
            (row.kind, row.target) == (AdjustmentKind::Discount, AdjustmentTarget::Shipping)
        };
        let off_shipping = adjustments.iter().filter(is_off_shipping);
        let off_shipping: i64 = off_shipping.map(|row| row.amount_minor).sum();
        let has_credit = order.credit_minor != 0;
        let taxes = order.tax.iter().flat_map(|tax| &tax.lines).map(|tax| TaxLineView {
            name: names.of(&tax.name),
            basis_points: tax.basis_points,
            amount: money(tax.amount_minor),
        });
        Self {
            subtotal: money(order.subtotal_minor),
            discount: money(order.discount_minor),
            shipping: money(order.shipping_minor),
            shipping_discount: (off_shipping > 0).then(|| money(off_shipping)),
            tax: money(order.tax_minor),
            taxes: taxes.collect(),
            tax_note: order
                .tax
                .as_ref()
                .and_then(|tax| note(tax.treatment))
                .map(|note| language.say(&note)),
            total: money(order.total_minor),
            credit: has_credit.then(|| money(order.credit_minor)),
            due: has_credit.then(|| money(due_minor(order))),
            prices_include_tax: order.prices_include_tax,
        }
    }
}

pub(in crate::rest) fn order_status() -> ObjectBuilder {
    status_schema::<OrderStatus>(
        "`CREATED`: just placed. `PAYMENT_PENDING`: the payment is under way. `PAYMENT_SUCCESS`: it has arrived. \
         `PAYMENT_FAILED`: process it again while the goods are held. `CONFIRMED`: the goods are the shopper's. \
         `DISPATCHED`: on its way. `COMPLETED`: it has arrived. `CANCELLED`: given up, and what was paid is paid back.",
    )
}

/// A status of orders, where a schema is asked for by type.
pub(in crate::rest) struct OrderStatusName;

impl PartialSchema for OrderStatusName {
    fn schema() -> RefOr<Schema> {
        order_status().build().into()
    }
}

impl ToSchema for OrderStatusName {}
