//! Prices of the catalogue, as an order's prices are.

use vitrine_entity::order;

use super::rates;
use crate::{
    Refusal, Result, Tx,
    delivery::{
        Destination,
        tax::{TaxRates, rates_at},
    },
    pricing::net_of_in_steps,
};

/// Takes the tax out of prices of the catalogue, where they contain it and those of an order contain none: it was sold without
/// tax, or at prices to which the tax comes.
pub(crate) struct AsSold<'a> {
    order: &'a order::Model,
    is_net: bool,
    /// What the shop's own prices contain.
    home: TaxRates,
    step_minor: i64,
}

impl<'a> AsSold<'a> {
    /// Of an order.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn of(tx: &Tx, order: &'a order::Model) -> Result<Self> {
        let shop = tx.shop();
        let is_net = shop.profile().includes_tax(order.currency) && !order.prices_include_tax;
        let home = match is_net {
            true => rates_at(tx.db(), &Destination::new(&shop.profile().country, None, None)).await?,
            false => TaxRates::default(),
        };
        Ok(Self {
            order,
            is_net,
            home,
            step_minor: shop.price_step_minor(order.currency),
        })
    }

    /// A price of the catalogue, of goods of a category that the order taxes at `basis_points`.
    ///
    /// # Errors
    /// Refuses an amount that overflows.
    pub(crate) fn price(&self, category: Option<&str>, basis_points: i32, price_minor: i64) -> Result<i64, Refusal> {
        if !self.is_net {
            return Ok(price_minor);
        }
        let contained = match basis_points {
            0 => self.home.of(category),
            _ => rates::of_line(self.order, basis_points),
        };
        Ok(net_of_in_steps(price_minor, &contained, true, self.step_minor)?)
    }
}
