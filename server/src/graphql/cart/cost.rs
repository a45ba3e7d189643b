use async_graphql::{ComplexObject, Context, Object, SimpleObject};
use vitrine_commerce::{
    delivery::tax,
    pricing::{self, Totals},
    translations::Thing,
};

use crate::graphql::{
    shared::{Money, Result, words},
    tax::kind::TaxKind,
};

/// What a cart costs: always the shop's own sum.
#[derive(Debug, Clone)]
pub struct CartCost {
    totals: Totals,
    tax_kind: TaxKind,
}

/// What a cart costs: always the shop's own sum.
#[Object]
impl CartCost {
    /// The lines, at catalogue prices.
    async fn subtotal(&self) -> Money {
        self.money(self.totals.subtotal_minor)
    }

    /// What is taken off; not negative.
    async fn discount(&self) -> Money {
        self.money(self.totals.discount_minor)
    }

    /// Shipping by the chosen method, before discounts: what they take off of it is part of `discount`. Zero while no
    /// method is chosen.
    async fn shipping(&self) -> Money {
        self.money(self.totals.shipping_minor)
    }

    /// All the tax. Where prices include tax, it is a part of the other amounts.
    async fn tax(&self) -> Money {
        self.money(self.totals.tax_minor)
    }

    /// What the shopper pays.
    async fn total(&self) -> Money {
        self.money(self.totals.total_minor)
    }

    /// What gift cards and store credit pay of the total.
    async fn credit(&self) -> Money {
        self.money(self.totals.credit_minor)
    }

    /// What is left of the total for the payment method: nothing, where gift cards and store credit pay all of it.
    async fn due(&self) -> Money {
        self.money(self.totals.total_minor - self.totals.credit_minor)
    }

    /// Whether the prices of goods and shipping contain the tax.
    async fn prices_include_tax(&self) -> bool {
        self.totals.prices_include_tax
    }

    /// What the tax is called where it is due.
    async fn tax_kind(&self) -> TaxKind {
        self.tax_kind
    }

    /// The tax by rate, highest first. While there is no shipping address, the rates of the
    /// shop's own country are shown.
    async fn taxes(&self) -> Vec<TaxLine> {
        let line = |tax: &pricing::TaxLine| TaxLine::new(&tax.name, tax.basis_points, self.money(tax.amount_minor));
        self.totals.taxes.iter().map(line).collect()
    }
}

impl CartCost {
    /// `tax_country`: whose tax it bears.
    pub fn new(totals: Totals, tax_country: &str) -> Self {
        Self {
            totals,
            tax_kind: tax::TaxKind::of_country(tax_country).into(),
        }
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.totals.currency)
    }
}

/// The tax at one rate.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct TaxLine {
    #[graphql(skip)]
    own_name: String,
    /// The rate in hundredths of a percent: 19 % is 1900.
    pub basis_points: i32,
    /// How much it comes to.
    pub amount: Money,
}

impl TaxLine {
    pub fn new(name: &str, basis_points: i32, amount: Money) -> Self {
        Self {
            own_name: name.to_owned(),
            basis_points,
            amount,
        }
    }
}

#[ComplexObject]
impl TaxLine {
    /// The rate's name, in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        let tax = Thing::Tax(self.own_name.as_str().into());
        words::text(ctx, tax, "name", &self.own_name).await
    }
}

/// What a line of a cart costs.
#[derive(Debug, SimpleObject)]
pub struct CartLineCost {
    /// Unit price times quantity.
    pub subtotal: Money,
    /// What is taken off; not negative.
    pub discount: Money,
    /// The tax. Where prices include tax, it is a part of the subtotal.
    pub tax: Money,
    /// What the shopper pays for it.
    pub total: Money,
}
