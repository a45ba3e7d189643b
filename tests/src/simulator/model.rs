//! What the actors remember: what they asked for, and what they were answered. Nothing here was
//! read from the database.

use std::collections::{BTreeMap, BTreeSet};

use vitrine_commerce::{Error, ErrorCode, Viewer, error::causes, withdrawals::Declaration};
use vitrine_entity::ids::{CartId, CustomerId, DraftOrderId, OrderId, RefundId, VariantId, WithdrawalId};

/// What became of a request, as whoever made it knows. An answer that did not come is not a no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known<T> {
    Unknown,
    Done(T),
    Refused,
}

/// A cart as its shopper saw it last.
#[derive(Debug, Clone)]
pub(super) struct Cart {
    pub id: CartId,
    pub version: i64,
    /// Variant, quantity, and what one costs.
    pub lines: Vec<(VariantId, i32, i64)>,
    pub total_minor: i64,
    /// Whether nothing stands between it and an order.
    pub ready: bool,
    /// Whether its latest change was answered.
    pub known: bool,
    /// Whether staff put it together: they may change it while its shopper looks at it.
    pub of_staff: bool,
}

impl Cart {
    /// One of which nothing but the link is known.
    pub(super) fn behind_a_link(id: CartId) -> Self {
        Self {
            id,
            version: 0,
            lines: Vec::new(),
            total_minor: 0,
            ready: false,
            known: false,
            of_staff: true,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Shopper {
    pub customer: Option<CustomerId>,
    pub cart: Option<Cart>,
    /// The placement that is under way, among [`Model::placements`].
    pub placing: Option<usize>,
    /// Their orders, among [`Model::orders`].
    pub orders: Vec<usize>,
}

/// An order that is to be placed, once, however often it is asked for.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    pub shopper: usize,
    pub key: String,
    pub cart: Cart,
    /// Whether it is bought in one request, for which the cart is a mere shopping list.
    pub at_once: bool,
    pub token: &'static str,
    pub known: Known<OrderId>,
    pub asked: u32,
}

impl Placement {
    /// A mail address that no other placement has, where it is bought at once.
    pub(super) fn email(&self) -> String {
        format!("{}@example.com", self.key.replace(' ', "-"))
    }
}

/// An order that was acknowledged.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub id: OrderId,
    pub shopper: usize,
    pub access_token: String,
    pub total_minor: i64,
    pub lines: Vec<(VariantId, i32, i64)>,
    /// Whether its shopper saw the prices before.
    pub priced: bool,
    /// The numbers of the entries that its shopper was shown, in the order in which they came.
    pub seen: Vec<i64>,
    pub cursor: Option<String>,
    pub retry: Option<Retry>,
    pub retries: usize,
}

/// Another attempt to pay, asked for under a key.
#[derive(Debug, Clone)]
pub(super) struct Retry {
    pub key: String,
    pub token: &'static str,
    pub answered: bool,
}

/// A refund that staff asked for.
#[derive(Debug, Clone)]
pub(super) struct Refund {
    pub order: OrderId,
    pub amount: Option<String>,
    pub reason: String,
    pub key: String,
    pub known: Known<RefundId>,
}

/// A statement by which somebody withdraws, in a name that no other has.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub viewer: Viewer,
    pub said: Declaration,
    pub key: String,
    pub known: Known<WithdrawalId>,
}

/// A change of stock that staff made.
#[derive(Debug, Clone)]
pub(super) struct Adjustment {
    pub variant: VariantId,
    pub delta: i64,
    pub reason: String,
    pub known: Known<()>,
}

#[derive(Debug, Default)]
pub(super) struct Model {
    pub shoppers: Vec<Shopper>,
    pub placements: Vec<Placement>,
    pub orders: Vec<Order>,
    pub refunds: Vec<Refund>,
    pub adjustments: Vec<Adjustment>,
    pub statements: Vec<Statement>,
    /// Every price that staff have asked for, and the first.
    pub prices: BTreeMap<VariantId, BTreeSet<i64>>,
    /// The same of what the catalogue has not.
    pub own_prices: BTreeSet<i64>,
    /// What staff put together and have sent the link of.
    pub links: Vec<CartId>,
    /// What staff have put together and asked to be made an order themselves.
    pub completing: BTreeSet<CartId>,
    /// Which orders they were told these are.
    pub completed: BTreeMap<DraftOrderId, OrderId>,
    /// Orders that staff have asked to be changed.
    pub changed: BTreeSet<OrderId>,
    /// Whether the last webhook was taken.
    pub webhook_taken: bool,
    /// What was seen to be wrong while it happened.
    pub accusations: Vec<String>,
}

impl Model {
    pub(super) fn accuse(&mut self, sentence: String) {
        if !self.accusations.contains(&sentence) {
            self.accusations.push(sentence);
        }
    }

    /// What an error tells whoever asked: that it was refused, or nothing. The shop has no excuse
    /// for a fault in a request: what goes wrong is behind its ports.
    pub(super) fn hear(&mut self, what: &str, error: &Error) -> (bool, String) {
        match error {
            Error::Refused(refusals) => (true, format!("refused {:?}", codes(refusals))),
            Error::Fault(_) => {
                let text = causes(error);
                self.accuse(format!("{what} met a fault: {text}"));
                (false, format!("fault: {text}"))
            }
        }
    }
}

pub(super) fn codes(refusals: &[vitrine_commerce::Refusal]) -> Vec<ErrorCode> {
    refusals.iter().map(|refusal| refusal.code).collect()
}

/// The last letters of an id: enough to tell it from others in a history.
pub(super) fn short(id: impl std::fmt::Display) -> String {
    let text = id.to_string();
    text[text.len().saturating_sub(6)..].to_owned()
}
