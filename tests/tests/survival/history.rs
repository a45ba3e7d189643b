//! What the shoppers did and were told, judged as Jepsen judges a history: each request was done, was
//! refused, or nobody knows. A time-out, a cut connection and a fault are *unknown*, never failed.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use sea_orm::{DatabaseConnection, EntityTrait};
use vitrine_entity::{
    cart,
    order::{self, OrderStatus},
};

/// What became of one request, as far as whoever made it can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    Done(T),
    Refused(String),
    Unknown,
}

/// One shopper's wish to buy, and every request that they made for it, under one key.
#[derive(Debug, Clone)]
pub struct Purchase {
    pub cart: String,
    /// With the order's id.
    pub placements: Vec<Outcome<String>>,
    /// Whether they asked for it to be cancelled, and what they heard.
    pub cancellation: Option<Outcome<()>>,
}

impl Purchase {
    /// The order that they were told of.
    pub fn acknowledged(&self) -> Option<&str> {
        self.placements.iter().find_map(|outcome| match outcome {
            Outcome::Done(order) => Some(order.as_str()),
            Outcome::Refused(_) | Outcome::Unknown => None,
        })
    }

    fn is_unknown(&self) -> bool {
        self.acknowledged().is_none() && self.placements.contains(&Outcome::Unknown)
    }
}

/// How many purchases ended how, for whoever made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub acknowledged: usize,
    pub refused: usize,
    pub unknown: usize,
}

impl Tally {
    pub fn of(history: &[Purchase]) -> Self {
        let acknowledged = history.iter().filter(|purchase| purchase.acknowledged().is_some());
        let unknown = history.iter().filter(|purchase| purchase.is_unknown());
        let (acknowledged, unknown) = (acknowledged.count(), unknown.count());
        Self {
            acknowledged,
            refused: history.len() - acknowledged - unknown,
            unknown,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            acknowledged,
            refused,
            unknown,
        } = self;
        write!(f, "{acknowledged} acknowledged, {refused} refused, {unknown} unknown")
    }
}

/// What the history and the database say of each other: every order that was acknowledged is there,
/// once and for the same purchase; what was cancelled is; and there is no order that nobody asked for
/// or that was refused.
pub async fn contradictions(history: &[Purchase], db: &DatabaseConnection) -> Vec<String> {
    let orders = order::Entity::find().all(db).await.unwrap();
    let status: HashMap<_, _> = orders
        .iter()
        .map(|order| (order.id.to_string(), order.status))
        .collect();
    let carts = cart::Entity::find().all(db).await.unwrap();
    let became: HashMap<_, _> = carts
        .iter()
        .filter_map(|cart| Some((cart.id.to_string(), cart.order_id?.to_string())))
        .collect();
    let mut found = Vec::new();
    let mut explained = HashSet::new();
    for purchase in history {
        let order = became.get(&purchase.cart);
        explained.extend(order);
        match (purchase.acknowledged(), order) {
            (Some(told), Some(order)) if told == order => {}
            (Some(told), order) => found.push(format!("{told} was acknowledged, and its cart became {order:?}")),
            (None, Some(order)) if !purchase.is_unknown() => {
                found.push(format!("{order} was refused, and is there"));
            }
            (None, _) => {}
        }
        for outcome in &purchase.placements {
            if let (Outcome::Done(told), Some(first)) = (outcome, purchase.acknowledged())
                && told != first
            {
                found.push(format!("one key made {first} and {told}"));
            }
        }
        if let (Some(Outcome::Done(())), Some(order)) = (&purchase.cancellation, order)
            && status.get(order) != Some(&OrderStatus::Cancelled)
        {
            found.push(format!("{order} was cancelled, and is {:?}", status.get(order)));
        }
    }
    let unexplained = status.keys().filter(|order| !explained.contains(order));
    found.extend(unexplained.map(|order| format!("nobody asked for {order}")));
    found
}
