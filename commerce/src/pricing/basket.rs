//! What is to be priced: goods, shipping, and what is taken off or put on.

use vitrine_entity::ids::{DiscountCodeId, DiscountId};

use crate::money::Currency;

/// Everything that decides what a basket costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basket {
    pub currency: Currency,
    /// Whether every amount in it contains its tax.
    pub prices_include_tax: bool,
    pub lines: Vec<LineToPrice>,
    /// Where a method was chosen.
    pub shipping: Option<ShippingToPrice>,
    /// Those of single lines apply first, then all others, each to what those before it have left.
    pub adjustments: Vec<Adjustment>,
}

/// A line to be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineToPrice {
    pub unit_price_minor: i64,
    pub quantity: i64,
    pub tax: Rate,
}

/// Shipping to be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippingToPrice {
    pub amount_minor: i64,
    pub tax: ShippingTax,
}

/// How shipping is taxed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShippingTax {
    /// At a rate of its own.
    Own(Rate),
    /// As the goods are, in proportion to what is left of their prices.
    LikeGoods,
}

/// What a price is taxed at. Several taxes may be due on it, each with its own name: they are taken of the same
/// amount. None at all is no tax.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Rate(pub Vec<RatePart>);

/// A tax with its name, as in `VAT 19 %`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RatePart {
    pub name: String,
    /// Hundredths of a percent.
    pub basis_points: i32,
}

impl Rate {
    /// All of it together, in hundredths of a percent.
    pub fn basis_points(&self) -> i32 {
        self.0.iter().map(|part| part.basis_points).fold(0, i32::saturating_add)
    }
}

/// A change to what a basket costs, and why. Whoever produces one has decided whether it applies and
/// how much it is; pricing sees to it that it adds up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    pub effect: Effect,
    /// How much is asked for, in minor units; nothing, where it is not positive.
    pub amount_minor: i64,
    /// What produced it, for programs: `SUMMER20`.
    pub code: String,
    /// What produced it, for the shopper: `20 % off in summer`.
    pub label: String,
    /// The row that it is of.
    pub origin: Option<Origin>,
}

/// What produced an adjustment, for whoever counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Discount {
        discount: DiscountId,
        /// By which the cart came by it; none where it applies by itself.
        code: Option<DiscountCodeId>,
    },
}

/// What an adjustment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Lowers the price of its target, and with it the tax; never below nothing.
    Discount(Target),
    /// Raises the price of its target, and with it the tax.
    Fee(Target),
    /// Pays: a gift card, or store credit. It is no discount: the total and its tax stay, and less
    /// of it is left to be paid.
    Credit,
}

impl Effect {
    pub(super) fn is_of_line(self) -> bool {
        matches!(self, Self::Discount(Target::Line(_)) | Self::Fee(Target::Line(_)))
    }
}

/// Whose price an adjustment changes. Where there is no such thing in the basket, it changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The line at this place.
    Line(usize),
    /// All lines, in proportion to what is left of their prices.
    Goods,
    Shipping,
}
