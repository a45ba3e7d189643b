//! Places an order: the first step of the saga, in one transaction.

use std::time::Instant;

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use vitrine_entity::{
    address::Address,
    cart as cart_row,
    delivery_record::DeliveryRecord,
    ids::{CartId, CompanyId, OrderId, PageVersionId, ProductId},
    order::{self, OrderStatus},
    shipping_method::MethodKind,
    tax_record::{TaxRecord, TaxRecordLine},
};

use super::{of_draft, words, write::write};
use crate::{
    Context, Error, ErrorCode, Fault, Refusal, Result, Shop, Tx, Viewer,
    cart::{self, CartLineView, CartRef, CartRow, CartView, Lines, ShippingOption},
    companies,
    content::policies,
    credit,
    discounts::{self, Redeemer},
    error::Details,
    flags::{self, Capability},
    fulfilment::with_lapsed_freed,
    idempotency::{self, ClaimedWith},
    inventory::{self, Demand, Held},
    jobs::Job,
    language::messages,
    legacy,
    metrics::{self, Counted},
    money::{Currency, Money, convert},
    orders,
    payments::{self, PaymentMethod},
    pricing::TaxLine,
    staff::{Permission, permission},
    text, trace,
};

/// How an order of downloads is shipped.
const NOTHING_TO_SEND: &str = "Nothing to send";

/// What is asked: which cart, paid how.
#[derive(Debug, Clone)]
pub struct PlaceOrder {
    pub cart: CartId,
    /// Chosen by the client, once for each order it means to place.
    pub idempotency_key: String,
    /// Not looked at where nothing is to be paid.
    pub payment_method: PaymentMethod,
    /// The cart's version that the shopper saw when they agreed to its total.
    pub expected_cart_version: Option<i64>,
    /// The total that the shopper agreed to, a decimal in the cart's currency: no other is charged.
    pub expected_total: Option<String>,
    /// The texts of the policies that the shopper agreed to; those in force where it is not said.
    pub agreed_policies: Option<Vec<PageVersionId>>,
}

/// The order.
#[derive(Debug, Clone)]
pub struct Placed {
    pub order: order::Model,
    /// Opens the order to whoever holds it.
    pub access_token: String,
    /// Whether this repeats the answer to an earlier request with the same key.
    pub replayed: bool,
}

/// Claims the key, prices the cart anew, reserves the stock, and writes the order, its payment
/// attempt, its timeline and its jobs. All or nothing; no network call within.
pub async fn place_order(shop: &Shop, context: &Context, input: PlaceOrder) -> Result<Placed> {
    let began = Instant::now();
    let outcome = place_of_cart(shop, context, input).await;
    metrics::checkout(&outcome, |placed| placed.replayed, began.elapsed());
    if let Ok(placed) = &outcome {
        trace::note(trace::ORDER_ID, placed.order.id);
    }
    outcome
}

async fn place_of_cart(shop: &Shop, context: &Context, input: PlaceOrder) -> Result<Placed> {
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    payments::refuse_card_number(&input.payment_method)?;
    let input = &input;
    let attempt = || {
        shop.transact_keyed(context, |tx| async move {
            let id = OrderId(shop.new_id());
            let request = request(context.viewer, input, key);
            let seen = CartRef {
                id: input.cart,
                expected_version: input.expected_cart_version,
            };
            let completing = |and_if: &str| cart::completing(&tx, seen, id, and_if);
            let row = match idempotency::claim_and_change(&tx, &request, (id, id), completing).await? {
                ClaimedWith::Replay(order) => return replay(&tx, order).await,
                ClaimedWith::Fresh(row) => row,
            };
            let cart = cart::completed(&tx, seen, row).await?;
            let agreed = Agreed {
                policies: input.agreed_policies.as_deref(),
                total: input.expected_total.as_deref(),
                approved_for: None,
            };
            place(&tx, id, cart, &input.payment_method, agreed).await
        })
    };
    with_lapsed_freed(shop, context, attempt).await
}

/// What the shopper agreed to, where they say it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Agreed<'a> {
    pub(super) policies: Option<&'a [PageVersionId]>,
    /// A decimal in the cart's currency.
    pub(super) total: Option<&'a str>,
    /// The company whose manager has approved it.
    pub(super) approved_for: Option<CompanyId>,
}

/// Makes a cart, which is that order's, the order `id`, whose key is claimed.
pub(super) async fn place(
    tx: &Tx,
    id: OrderId,
    (cart, lines): (CartRow, Lines),
    method: &PaymentMethod,
    agreed: Agreed<'_>,
) -> Result<Placed> {
    let shop = tx.shop();
    let revision = cart.revision.clone();
    let mut view = cart::assemble_of(shop, tx.context(), tx.db(), cart, lines).await?;
    // What staff have put together is paid by whoever they sent it to.
    if view.cart.draft.is_none() {
        flags::require_in(tx, Capability::GuestCheckout).await?;
    }
    refuse_problems(&view)?;
    refuse_unapproved(tx.context(), &view, agreed.approved_for)?;
    refuse_other_total(&view, agreed.total)?;
    words::translate(tx, &mut view).await?;
    let due = Money::new(view.cost.total_minor - view.cost.credit_minor, view.cost.currency);
    // What was ordered once is answered before, whatever the shop offers now.
    let method = match due.minor {
        0 => None,
        _ => Some(payments::saved::choose(tx, method, due).await?),
    };
    let hold = method.as_ref().map_or(shop.settings.reservation, |method| method.hold);
    let draft = of_draft::complete(tx, &view, id).await?;
    let created = draft
        .as_ref()
        .map_or_else(|| json!({}), |number| json!({ "draft": number }));
    let first = payments::first_step(due.minor);
    let order = orders::begin_with(tx, new_order(shop, id, &view)?, first, hold, created).await?;
    write(tx, order.id, &view);
    legacy::note_placed(tx, &order);
    let goods = view.lines.iter();
    let goods = goods.flat_map(|line| [line.variant.sku.as_str(), line.product.title.as_str()]);
    let purchase_order = view
        .cart
        .purchase_order_number
        .as_deref()
        .filter(|_| view.company.is_some());
    let numbers = purchase_order.into_iter().chain(draft.as_deref());
    orders::desk::make_new_findable(tx, &order, goods.chain(numbers));
    policies::record(tx, order.id, agreed.policies, &revision).await?;
    let on_account = method.as_ref().filter(|method| method.is_on_account()).map(|_| due);
    companies::account::record(tx, order.id, view.company.as_ref(), on_account, purchase_order).await?;
    payments::begin(tx, &order, method.as_ref());
    let by = Redeemer {
        customer: order.customer_id,
        email: &order.email,
        titles: &view.discount_titles,
    };
    // Last, so that whoever else wants a discount or the goods waits for little more than the commit; and in the order in
    // which a cancelled order gives them back, so that neither waits for the other.
    discounts::redeem(tx, order.id, by, order.currency, &view.discounts).await?;
    credit::redeem(tx, order.id, &view.credits).await?;
    reserve(tx, &order, &view, hold).await?;
    tx.count(Counted::OrderPlaced);
    Ok(Placed {
        access_token: orders::access::token(shop, order.id),
        order,
        replayed: false,
    })
}

/// A key belongs to its caller: the signed-in customer, or whoever holds the cart. Somebody who
/// signed in after a request whose answer was lost asks under another name.
fn request<'key>(viewer: Viewer, input: &PlaceOrder, key: &'key str) -> idempotency::Request<'key> {
    let cart = input.cart.to_string();
    let (method, saved) = (&input.payment_method, input.payment_method.saved_parts());
    let mut parts = vec![&*cart, method.token.as_deref().unwrap_or_default().trim()];
    parts.extend(method.provider.as_deref());
    parts.extend(saved.iter().map(String::as_str));
    let customer = viewer.customer();
    let caller = customer.map_or_else(|| cart.clone(), |customer| customer.to_string());
    idempotency::Request::new("order_place", caller, key, &parts).formerly(customer.map(|_| cart.clone()))
}

pub(super) async fn replay(tx: &Tx, id: OrderId) -> Result<Placed> {
    let order = order::Entity::find_by_id(id).one(tx.db()).await?;
    let order = order.ok_or(Fault::Corrupt {
        table: "idempotency_key",
        column: "order_id",
        id: id.to_string(),
    })?;
    Ok(Placed {
        access_token: orders::access::token(tx.shop(), id),
        order,
        replayed: true,
    })
}

/// What somebody may not buy without a manager, and what a manager has approved for another company than it would be bought for.
/// Staff may write down what a company has ordered.
fn refuse_unapproved(context: &Context, view: &CartView, approved_for: Option<CompanyId>) -> Result<()> {
    let company = view.company.as_ref().map(|company| company.id);
    let message = match approved_for {
        Some(approved_for) if company == Some(approved_for) => return Ok(()),
        Some(_) => messages::buys_for_another(),
        None if view.needs_approval && !permission::allowed(context, Permission::Orders) => messages::approval_needed(),
        None => return Ok(()),
    };
    Err(Refusal::new(ErrorCode::ApprovalNeeded, message).at(&["cartId"]).into())
}

pub(super) fn refuse_problems(view: &CartView) -> Result<()> {
    let refusals: Vec<_> = view.problems.iter().map(|problem| problem.refusal()).collect();
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(refusals))
    }
}

/// Whatever has changed since: a discount that has ended, a method that costs more, a tax.
fn refuse_other_total(view: &CartView, agreed: Option<&str>) -> Result<()> {
    let total = Money::new(view.cost.total_minor, view.cost.currency);
    let Some(agreed) = agreed else { return Ok(()) };
    let agreed = Money::parse(agreed.trim(), view.cost.currency);
    let agreed = agreed.map_err(|error| Refusal::from(error).at(&["expectedTotal"]))?;
    if agreed == total {
        return Ok(());
    }
    let message = messages::total_changed(total, agreed);
    Err(Refusal::new(ErrorCode::PriceChanged, message)
        .at(&["expectedTotal"])
        .into())
}

/// The order that a cart without problems becomes.
fn new_order(shop: &Shop, id: OrderId, view: &CartView) -> Result<order::ActiveModel> {
    let (cart, cost) = (&view.cart, &view.cost);
    let incomplete = || Fault::Corrupt {
        table: "cart",
        column: "shipping",
        id: cart.id.to_string(),
    };
    let country = &view.tax_country;
    let method = view.shipping_methods.iter().find(|option| option.selected);
    let is_fetched = method.is_some_and(|option| option.method.kind == MethodKind::Pickup);
    let needs_address = view.is_sent && !is_fetched;
    let (shipping_address, billing_address) = addresses(cart, needs_address, country).ok_or_else(incomplete)?;
    let now = shop.now();
    Ok(order::ActiveModel {
        id: Set(id),
        number: Set(orders::number::draw(shop)),
        customer_id: Set(cart.customer_id),
        email: Set(cart.email.clone().ok_or_else(incomplete)?),
        locale: Set(cart.locale.clone()),
        status: Set(OrderStatus::Created),
        currency: Set(cart.currency),
        subtotal_minor: Set(cost.subtotal_minor),
        discount_minor: Set(cost.discount_minor),
        fee_minor: Set(cost.fee_minor),
        shipping_minor: Set(cost.shipping_minor),
        tax_minor: Set(cost.tax_minor),
        total_minor: Set(cost.total_minor),
        credit_minor: Set(cost.credit_minor),
        prices_include_tax: Set(cost.prices_include_tax),
        billing_address: Set(billing_address),
        shipping_address: Set(shipping_address),
        shipping_method_name: Set(
            method.map_or_else(|| NOTHING_TO_SEND.to_owned(), |option| option.method.name.clone())
        ),
        note: Set(cart.note.clone()),
        access_token_hash: Set(orders::access::hash(&orders::access::token(shop, id))),
        event_count: Set(0),
        placed_at: Set(now),
        updated_at: Set(now),
        tax: Set(Some(tax_record(view))),
        delivery: Set(method.filter(|method| !method.is_own()).map(delivery_record)),
        ships: Set(view.is_sent),
        attributes: Set(cart.attributes.clone()),
        gift_message: Set(cart.gift_message.clone()),
        base_total_minor: Set(base_total(shop, cart.currency, cost.total_minor)),
        unpaid_minor: Set(0),
    })
}

/// What an order in another currency is worth in the shop's own, at the rate of its price list; the margin is no part of it.
fn base_total(shop: &Shop, currency: Currency, total_minor: i64) -> Option<i64> {
    let profile = shop.profile();
    let list = profile.price_list(currency)?;
    convert::worth(total_minor, currency, profile.currency, list.rate_e8)
}

/// Where the goods and the bill go. What is sent nowhere, or picked up, needs neither: an address that nobody gave is empty but for
/// the country whose tax was charged.
fn addresses(cart: &cart_row::Model, needs_address: bool, country: &str) -> Option<(Address, Address)> {
    let (shipping, billing) = (cart.shipping_address.clone(), cart.billing_address.clone());
    match (shipping, billing) {
        (Some(shipping), billing) => Some((shipping.clone(), billing.unwrap_or(shipping))),
        (None, _) if needs_address => None,
        (None, Some(billing)) => Some((billing.clone(), billing)),
        (None, None) => {
            let nowhere = Address::nowhere(country);
            Some((nowhere.clone(), nowhere))
        }
    }
}

fn tax_record(view: &CartView) -> TaxRecord {
    let line = |tax: &TaxLine| TaxRecordLine {
        name: tax.name.clone(),
        basis_points: tax.basis_points,
        amount_minor: tax.amount_minor,
    };
    TaxRecord {
        treatment: view.treatment,
        country: view.tax_country.clone(),
        lines: view.cost.taxes.iter().map(line).collect(),
        tax_id: view.cart.tax_id.clone(),
        exempt_reason: view.exempt_reason.clone(),
    }
}

/// What the chosen method promised.
fn delivery_record(option: &ShippingOption) -> DeliveryRecord {
    let method = &option.method;
    DeliveryRecord {
        method: method.id,
        kind: method.kind,
        carrier: method.carrier.clone(),
        location: method.location_id,
        earliest: option.estimate.map(|estimate| estimate.earliest),
        latest: option.estimate.map(|estimate| estimate.latest),
    }
}

/// Holds the stock, or says of which line how much is left. What sold out is indexed anew.
async fn reserve(tx: &Tx, order: &order::Model, view: &CartView, hold: TimeDelta) -> Result<()> {
    let mut demands = Demand::together(view.lines.iter().map(demand));
    let expires_at = tx.shop().now() + hold;
    let outcomes = inventory::reserve(tx, order.id, &mut demands, expires_at).await?;
    let mut refusals = Vec::new();
    let mut sold_out: Vec<ProductId> = Vec::new();
    for (demand, outcome) in demands.iter().zip(outcomes) {
        let line = view.lines.iter().find(|line| line.variant.id == demand.variant);
        match outcome {
            Held::Reserved { last: false } => {}
            Held::Reserved { last: true } => sold_out.extend(line.map(|line| line.product.id)),
            Held::Insufficient { available } => {
                let name = line.map_or_else(|| demand.sku.clone(), CartLineView::title);
                let message = messages::only_so_many(available, name);
                let mut refusal = Refusal::new(ErrorCode::InsufficientStock, message).at(&["cartId"]);
                let line = line.map(|line| line.line.id);
                refusal.details = Some(Details::InsufficientStock {
                    line,
                    sku: demand.sku.clone(),
                    available,
                });
                refusals.push(refusal);
            }
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    if !sold_out.is_empty() {
        tx.enqueue(None, Job::IndexProducts { products: sold_out });
    }
    Ok(())
}

/// A cart holds each variant in one line at most.
fn demand(line: &CartLineView) -> Demand {
    Demand {
        sku: line.variant.sku.clone(),
        variant: line.variant.id,
        quantity: i64::from(line.line.quantity),
    }
}
