//! What staff put together becomes one order, of what they agreed on, and knows which.

use sea_orm::EntityTrait;
use vitrine_entity::draft_order;

use crate::{invariants::found_by, simulator::world::World};

/// Of an order as it was placed, whatever was changed since.
const FIRST: &str =
    "coalesce((select v.total_minor from order_version v where v.order_id = o.id and v.number = 1), o.total_minor)";

impl World {
    pub(super) async fn drafts(&self) -> Vec<String> {
        let rows = draft_order::Entity::find().all(&self.db).await.expect("drafts");
        let mut found = Vec::new();
        for (draft, order) in &self.model.completed {
            let there = rows.iter().find(|row| row.id == *draft).and_then(|row| row.order_id);
            if there != Some(*order) {
                found.push(format!("draft {draft} was the order {order}, and is {there:?}"));
            }
        }
        let other_total = format!(
            "select d.number as name from draft_order d join orders o on o.id = d.order_id where d.total_minor <> {FIRST}"
        );
        let checks = [
            (
                "the draft {} became an order and does not say so",
                "select d.number as name from draft_order d join cart c on c.id = d.cart_id \
                 where c.order_id is not null and (d.order_id is null or d.order_id <> c.order_id)",
            ),
            (
                "the draft {} says that it is an order, and is none",
                "select d.number as name from draft_order d where d.order_id is not null \
                 and not exists (select 1 from orders o where o.id = d.order_id)",
            ),
            ("the draft {} became an order at another total", other_total.as_str()),
            (
                "goods of the draft {} were sold at another price than was agreed",
                // Of an order that was changed since, its first version is looked at by others.
                "select distinct d.number as name from draft_order d join order_line l on l.order_id = d.order_id \
                 where not exists (select 1 from order_version v where v.order_id = d.order_id) \
                 and exists (select 1 from cart_line k where k.cart_id = d.cart_id) \
                 and not exists (select 1 from cart_line k where k.cart_id = d.cart_id and k.variant_id = l.variant_id \
                   and k.seen_price_minor = l.unit_price_minor)",
            ),
        ];
        found.extend(found_by(&self.db, &checks).await);
        found
    }
}
