//! A discount is in use as often as orders have it that count, never more often than it may be, and what it took off
//! adds up.

use std::collections::HashMap;

use sea_orm::{DatabaseConnection, EntityTrait};
use vitrine_entity::{
    discount, discount_code, discount_customer, discount_redemption, discount_tally,
    ids::{DiscountId, OrderId},
    order::{self, OrderStatus},
    order_adjustment::{self, AdjustmentKind},
};

/// All rows that tell of discounts.
struct Rows {
    discounts: Vec<discount::Model>,
    codes: Vec<discount_code::Model>,
    customers: Vec<discount_customer::Model>,
    redemptions: Vec<discount_redemption::Model>,
    tallies: HashMap<DiscountId, i64>,
    orders: HashMap<OrderId, order::Model>,
    adjustments: Vec<order_adjustment::Model>,
}

pub async fn violations(db: &DatabaseConnection) -> Vec<String> {
    let rows = Rows::read(db).await;
    let mut found: Vec<String> = rows
        .discounts
        .iter()
        .flat_map(|discount| rows.limits(discount))
        .collect();
    found.extend(rows.redemptions.iter().filter_map(|held| rows.ended(held)));
    found.extend(rows.redemptions.iter().filter_map(|held| rows.amount(held)));
    found.extend(rows.orders.values().filter_map(|order| rows.sum(order)));
    found.sort();
    found
}

impl Rows {
    async fn read(db: &DatabaseConnection) -> Self {
        let tallies = discount_tally::Entity::find().all(db).await.expect("tallies");
        let orders = order::Entity::find().all(db).await.expect("orders");
        Self {
            discounts: discount::Entity::find().all(db).await.expect("discounts"),
            codes: discount_code::Entity::find().all(db).await.expect("codes"),
            customers: discount_customer::Entity::find().all(db).await.expect("their users"),
            redemptions: discount_redemption::Entity::find().all(db).await.expect("their uses"),
            tallies: tallies.into_iter().map(|row| (row.discount_id, row.used)).collect(),
            orders: orders.into_iter().map(|order| (order.id, order)).collect(),
            adjustments: order_adjustment::Entity::find().all(db).await.expect("adjustments"),
        }
    }

    fn held(&self, of: impl Fn(&discount_redemption::Model) -> bool) -> i64 {
        let held = self.redemptions.iter().filter(|row| row.released_at.is_none());
        held.filter(|row| of(row)).count() as i64
    }

    fn limits(&self, discount: &discount::Model) -> Vec<String> {
        let (id, title) = (discount.id, &discount.title);
        let mut found = Vec::new();
        let mut check = |what: &str, limit: Option<i64>, used: i64, held: i64| {
            let Some(limit) = limit else { return };
            if used != held {
                found.push(format!(
                    "{what} is counted as used {used} times, and {held} orders have it"
                ));
            }
            if held > limit {
                found.push(format!("{what} may be had by {limit} orders, and {held} have it"));
            }
        };
        let used = self.tallies.get(&id).copied().unwrap_or_default();
        check(
            title,
            discount.usage_limit,
            used,
            self.held(|row| row.discount_id == id),
        );
        for code in self.codes.iter().filter(|code| code.discount_id == id) {
            let held = self.held(|row| row.discount_code_id == Some(code.id));
            check(&code.code, discount.usage_limit_per_code, code.used, held);
        }
        for person in self.customers.iter().filter(|row| row.discount_id == id) {
            let is_theirs = |row: &discount_redemption::Model| {
                let account = row.customer_id.map(|id| id.to_string());
                row.mail_key.as_ref() == Some(&person.person) || account.as_ref() == Some(&person.person)
            };
            let held = self.held(|row| row.discount_id == id && is_theirs(row));
            let what = format!("{title} for {}", person.person);
            check(&what, discount.usage_limit_per_customer, person.used, held);
        }
        found
    }

    fn title(&self, id: DiscountId) -> &str {
        let found = self.discounts.iter().find(|discount| discount.id == id);
        found.map_or("a discount", |discount| &discount.title)
    }

    /// It is given back with its order's end, or where a change leaves nothing of it, and not before.
    fn ended(&self, held: &discount_redemption::Model) -> Option<String> {
        let order = self.orders.get(&held.order_id)?;
        let title = self.title(held.discount_id);
        match (order.status == OrderStatus::Cancelled, held.released_at) {
            (true, None) => Some(format!("the cancelled order {} still has {title}", order.number)),
            (false, Some(_)) if self.taken_off(held) != 0 => {
                Some(format!("the order {} has lost {title}", order.number))
            }
            _ => None,
        }
    }

    fn amount(&self, held: &discount_redemption::Model) -> Option<String> {
        let sum = self.taken_off(held);
        let is_gone = sum == 0 && held.released_at.is_some();
        let title = self.title(held.discount_id);
        (sum != held.amount_minor && !is_gone)
            .then(|| format!("{title} took {} off, and {sum} line by line", held.amount_minor))
    }

    fn taken_off(&self, held: &discount_redemption::Model) -> i64 {
        let of_it = self.adjustments.iter().filter(|row| row.order_id == held.order_id);
        let of_it = of_it.filter(|row| row.discount_id == Some(held.discount_id));
        of_it.map(|row| row.amount_minor).sum()
    }

    fn sum(&self, order: &order::Model) -> Option<String> {
        let of_it = self.adjustments.iter().filter(|row| row.order_id == order.id);
        let discounts = of_it.filter(|row| row.kind == AdjustmentKind::Discount);
        let sum: i64 = discounts.map(|row| row.amount_minor).sum();
        let differs = sum != order.discount_minor;
        differs.then(|| {
            format!(
                "of {} {} was taken off, and {sum} by its discounts",
                order.number, order.discount_minor
            )
        })
    }
}
