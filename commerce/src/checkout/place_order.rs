//! Places an order: the first step of the saga, in one transaction.

use std::time::Instant;

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    ids::{CartId, CompanyId, OrderId, PageVersionId},
    order,
};

use super::{
    new_order::new_order,
    of_draft,
    refuse::{refuse_of_another, refuse_other_total, refuse_problems, refuse_unapproved},
    reserve::reserve,
    words,
    write::write,
};
use crate::{
    Context, Fault, Result, Shop, Tx, Viewer,
    cart::{self, CartRef, CartRow, Lines},
    companies,
    content::policies,
    credit,
    discounts::{self, Redeemer},
    flags::{self, Capability},
    fulfilment::with_lapsed_freed,
    idempotency::{self, ClaimedWith},
    legacy,
    metrics::{self, Counted},
    money::Money,
    orders,
    payments::{self, PaymentMethod},
    text, trace,
};

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
    let is_on_account = method.as_ref().is_some_and(payments::ChosenMethod::is_on_account);
    refuse_of_another(tx.context(), &view, is_on_account, agreed.approved_for)?;
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
