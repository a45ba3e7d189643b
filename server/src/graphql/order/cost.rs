use async_graphql::Object;
use vitrine_commerce::{delivery::tax, orders::due_minor};
use vitrine_entity::order;

use crate::graphql::{cart::cost::TaxLine, shared::Money, tax::kind::TaxKind};

/// What an order costs.
#[derive(Debug, Clone)]
pub struct OrderCost(pub order::Model);

/// What an order costs, as it was agreed.
#[Object]
impl OrderCost {
    /// The lines, at the prices of that day.
    async fn subtotal(&self) -> Money {
        self.money(self.0.subtotal_minor)
    }

    /// What was taken off; not negative.
    async fn discount(&self) -> Money {
        self.money(self.0.discount_minor)
    }

    /// Shipping, before discounts: what they took off of it is part of `discount`.
    async fn shipping(&self) -> Money {
        self.money(self.0.shipping_minor)
    }

    /// All the tax. Where prices include tax, it is a part of the other amounts.
    async fn tax(&self) -> Money {
        self.money(self.0.tax_minor)
    }

    /// What the shopper pays.
    async fn total(&self) -> Money {
        self.money(self.0.total_minor)
    }

    /// What a change has put on and is not paid yet: `orderPaymentRetry` pays it.
    async fn unpaid(&self) -> Money {
        self.money(self.0.unpaid_minor)
    }

    /// What gift cards and store credit paid of the total.
    async fn credit(&self) -> Money {
        self.money(self.0.credit_minor)
    }

    /// What was left of the total for the payment method.
    async fn due(&self) -> Money {
        self.money(due_minor(&self.0))
    }

    /// What the tax is called where it is due.
    async fn tax_kind(&self) -> TaxKind {
        tax::TaxKind::of_order(&self.0).into()
    }

    /// The tax by rate, highest first. Empty for orders of earlier versions, which kept the sum alone.
    async fn taxes(&self) -> Vec<TaxLine> {
        let lines = self.0.tax.iter().flat_map(|tax| &tax.lines);
        lines
            .map(|line| TaxLine::new(&line.name, line.basis_points, self.money(line.amount_minor)))
            .collect()
    }

    /// Whether the prices of goods and shipping contain the tax.
    async fn prices_include_tax(&self) -> bool {
        self.0.prices_include_tax
    }
}

impl OrderCost {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.0.currency)
    }
}
