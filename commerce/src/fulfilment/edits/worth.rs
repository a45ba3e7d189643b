//! What an order is worth in the shop's own currency: orders of several currencies are sorted and counted by it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{order, order_version};

use crate::{
    Result, Tx,
    money::{convert, divide_half_even},
};

/// What a total in the currency of `order` is worth, at the rate of the order's day. An order that costs nothing tells no rate:
/// that of its latest version that cost something does, else today's. `None` where it is in the shop's own currency, and where
/// nobody knows.
///
/// # Errors
/// When the database fails.
pub(crate) async fn base_total(tx: &Tx, order: &order::Model, total_minor: i64) -> Result<Option<i64>> {
    let Some(base_minor) = order.base_total_minor else {
        return Ok(None);
    };
    if total_minor == 0 {
        return Ok(Some(0));
    }
    if let Some(worth) = in_proportion(base_minor, order.total_minor, total_minor) {
        return Ok(Some(worth));
    }
    let versions = order_version::Entity::find()
        .filter(order_version::Column::OrderId.eq(order.id))
        .order_by_desc(order_version::Column::Number)
        .all(tx.db())
        .await?;
    let then = versions.iter().find_map(|version| {
        let base_minor = version.content.base_total_minor?;
        in_proportion(base_minor, version.total_minor, total_minor)
    });
    let profile = tx.shop().profile();
    let today = || {
        let list = profile.price_list(order.currency)?;
        convert::worth(total_minor, order.currency, profile.currency, list.rate_e8)
    };
    Ok(then.or_else(today))
}

/// By an amount of which it is known what it is worth.
fn in_proportion(base_minor: i64, of_minor: i64, total_minor: i64) -> Option<i64> {
    if base_minor <= 0 || of_minor <= 0 {
        return None;
    }
    let worth = divide_half_even(i128::from(base_minor) * i128::from(total_minor), of_minor.into());
    i64::try_from(worth).ok()
}

#[cfg(test)]
mod tests {
    use super::in_proportion;

    #[test]
    fn only_what_costs_something_tells_a_rate() {
        assert_eq!(in_proportion(9_000, 10_000, 5_000), Some(4_500));
        assert_eq!(in_proportion(9_000, 10_000, 10_000), Some(9_000));
        for (base_minor, of_minor) in [(0, 0), (0, 10_000), (9_000, 0)] {
            assert_eq!(in_proportion(base_minor, of_minor, 5_000), None);
        }
    }
}
