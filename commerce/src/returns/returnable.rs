//! What of an order may come back, and why the rest may not.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use vitrine_entity::{
    ids::{OrderId, OrderLineId},
    order, order_line, order_return_line,
    return_exemption::ExemptionReason,
    return_policy,
};

use super::{arrival, policy, state};
use crate::{
    Result, Shop,
    language::{Message, messages},
    orders::load,
    sql,
};

/// Why units of a line do not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// They have not been sent yet.
    NotSent,
    /// All of them are back, on their way back, or paid back.
    NothingLeft,
    /// The time in which they may come back is over.
    TooLate { until: DateTime<Utc> },
    /// They are files, or gift cards.
    Digital,
    /// Staff take none of them back.
    Exempt(ExemptionReason),
}

impl Hindrance {
    /// In a sentence for the shopper.
    pub fn message(self, shop: &Shop) -> Message {
        match self {
            Self::NotSent => messages::return_not_sent(),
            Self::NothingLeft => messages::return_nothing_left(),
            Self::TooLate { until } => messages::return_too_late(shop.profile().date(until)),
            Self::Digital => messages::return_digital(),
            Self::Exempt(reason) => match reason {
                ExemptionReason::MadeToOrder => messages::return_exempt_made_to_order(),
                ExemptionReason::Perishable => messages::return_exempt_perishable(),
                ExemptionReason::Hygiene => messages::return_exempt_hygiene(),
                ExemptionReason::SealedMedia => messages::return_exempt_sealed_media(),
                ExemptionReason::OtherReason => messages::return_exempt_other(),
            },
        }
    }

    /// Whether staff may make an exception.
    pub(super) fn is_a_rule(self) -> bool {
        matches!(self, Self::TooLate { .. } | Self::Exempt(_))
    }
}

/// How many units of a line may come back.
#[derive(Debug, Clone)]
pub struct Returnable {
    pub line: order_line::Model,
    /// As far as the goods go, whatever the rules say.
    pub left: i32,
    /// Until when; `None` while they have not arrived.
    pub until: Option<DateTime<Utc>>,
    /// Why the shopper may send none of them back.
    pub hindrance: Option<Hindrance>,
}

/// What is known of a line beside what it sold.
#[derive(FromQueryResult)]
struct Known {
    id: OrderLineId,
    /// Files and gift cards are sent nowhere.
    is_sent_nowhere: bool,
    exempt: Option<ExemptionReason>,
    sent: i64,
    refunded: i64,
}

/// Of an order's lines, whose refunded units `orders::load` knows how to count.
fn known_sql() -> String {
    let refunded = load::REFUNDED;
    format!(
        "select o.id, (not v.requires_shipping or v.gift_card) as is_sent_nowhere, x.reason as exempt, \
         cast(coalesce((select sum(s.quantity) from shipment_line s \
         join shipment p on p.id = s.shipment_id and p.status not in ('PACKED', 'CANCELLED', 'RETURNED') \
         where s.order_line_id = o.id), 0) as bigint) as sent, \
         cast(coalesce((select sum(l.quantity) from refund_line l where l.order_line_id = o.id and {refunded}), 0) \
         as bigint) as refunded from order_line o join variant v on v.id = o.variant_id \
         left join return_exemption x on x.product_id = o.product_id where o.order_id = $1"
    )
}

/// What of an order may come back, line by line. Whose order it is was asked before.
///
/// # Errors
/// When the database fails.
pub async fn returnable_of(shop: &Shop, order: &order::Model) -> Result<Vec<Returnable>> {
    let policy = policy::policy(shop).await?;
    read(shop, &shop.db, &policy, order).await
}

pub(crate) async fn read(
    shop: &Shop,
    db: &impl ConnectionTrait,
    policy: &return_policy::Model,
    order: &order::Model,
) -> Result<Vec<Returnable>> {
    let lines = load::lines_on(db, order.id).await?;
    let known: Vec<Known> = sql::all(db, &known_sql(), [order.id.into()]).await?;
    let mut known: HashMap<_, _> = known.into_iter().map(|row| (row.id, row)).collect();
    let taken = taken(db, order.id).await?;
    let arrival = arrival::of(db, order).await?;
    let until = arrival.at().map(|at| at + days(shop, policy, order));
    let told = lines.into_iter().filter_map(|line| {
        let known = known.remove(&line.id)?;
        let (taken, unpaid) = taken.get(&line.id).copied().unwrap_or_default();
        let (sent, refunded) = (known.sent as i32, known.refunded as i32);
        // What went back as money alone stays with the shopper.
        let left = (sent - taken).min(line.quantity - refunded - unpaid).max(0);
        let hindrance = if known.is_sent_nowhere {
            Some(Hindrance::Digital)
        } else if sent == 0 {
            Some(Hindrance::NotSent)
        } else if left == 0 {
            Some(Hindrance::NothingLeft)
        } else if let Some(reason) = known.exempt {
            Some(Hindrance::Exempt(reason))
        } else {
            let over = until.filter(|until| *until <= shop.now());
            over.map(|until| Hindrance::TooLate { until })
        };
        let left = match known.is_sent_nowhere {
            true => 0,
            false => left,
        };
        Some(Returnable {
            line,
            left,
            until,
            hindrance,
        })
    });
    Ok(told.collect())
}

/// Of each line: units that returns have taken, and those of them of which the money is not back.
async fn taken(db: &impl ConnectionTrait, order: OrderId) -> Result<HashMap<OrderLineId, (i32, i32)>> {
    let sql = "select l.*, r.status from order_return_line l join order_return r on r.id = l.return_id \
        where r.order_id = $1";
    let mut taken: HashMap<_, (i32, i32)> = HashMap::new();
    for row in sql::rows(db, sql, [order.into()]).await? {
        let line = order_return_line::Model::from_query_result(&row, "")?;
        let units = state::taken(row.try_get("", "status")?, &line);
        let sums = taken.entry(line.order_line_id).or_default();
        sums.0 += units;
        sums.1 += (units - line.refunded).max(0);
    }
    Ok(taken)
}

/// How long goods may come back to where the order was sold.
fn days(shop: &Shop, policy: &return_policy::Model, order: &order::Model) -> TimeDelta {
    let profile = shop.profile();
    let market = profile.market_of(&order.shipping_address.country);
    let days = market.and_then(|market| policy.market_days.0.get(&market.id.to_string()));
    TimeDelta::days(days.copied().unwrap_or(policy.days).into())
}
