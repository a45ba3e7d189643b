//! A cart as it stands now: its goods, today's prices, and what is wrong with it.

use std::collections::HashMap;

use vitrine_entity::{
    cart, cart_line, company, ids::DiscountId, picture, product, shipping_method, tax_record::TaxTreatment, variant,
};

use super::{
    discount_view::{CodeView, OfferView},
    problem::CartProblem,
};
use crate::{
    credit::CartCredit,
    delivery::{Destination, estimate::Estimate, tax::treatment::takes_tax_id},
    discounts::rules::Given,
    inventory::{Availability, Promise},
    money::Money,
    pricing::{Adjustment, Applied, QuantityRule, Totals},
};

/// A cart, priced.
#[derive(Debug, Clone)]
pub struct CartView {
    pub cart: cart::Model,
    /// In the order in which they were added.
    pub lines: Vec<CartLineView>,
    /// What was taken off and put on, in the order in which it was decided.
    pub adjustments: Vec<Applied>,
    /// The gift cards and the store credit that pay it, in the order in which they do.
    pub credits: Vec<CartCredit>,
    /// The discounts that take something off.
    pub discounts: Vec<Given>,
    /// What those are called in the language asked for, where that is another than the shop's own. The cart's own
    /// adjustments keep what the shop calls them, for an order is written in its cart's language.
    pub discount_titles: HashMap<DiscountId, String>,
    /// The codes that the shopper typed, and what they come to.
    pub discount_codes: Vec<CodeView>,
    /// A discount that staff try, as if a code had been typed for it.
    pub tried: Option<CodeView>,
    /// Discounts that are near.
    pub discount_offers: Vec<OfferView>,
    pub cost: Totals,
    /// What reaches the cart's address and carries all of it; until it has one, the ways to pick it up.
    pub shipping_methods: Vec<ShippingOption>,
    /// Whether anything of it is sent; an empty cart may be yet.
    pub is_sent: bool,
    /// Why its taxes are what they are, and whose they are.
    pub treatment: TaxTreatment,
    pub tax_country: String,
    /// Why its customer pays none, as staff wrote it.
    pub exempt_reason: Option<String>,
    pub problems: Vec<CartProblem>,
    /// For which company its customer buys.
    pub company: Option<company::Model>,
    /// Whether a manager of that has to approve it.
    pub needs_approval: bool,
}

impl CartView {
    /// Whether a business is asked for its VAT number: the goods or the bill go to where such numbers are. One that was given
    /// may be changed anywhere.
    pub fn takes_tax_id(&self) -> bool {
        let addresses = [&self.cart.shipping_address, &self.cart.billing_address];
        let mut places = addresses.into_iter().flatten().map(Destination::of);
        let is_near = || takes_tax_id(&Destination::new(&self.tax_country, None, None));
        self.cart.tax_id.is_some()
            || places.any(|place| takes_tax_id(&place))
            || self.cart.shipping_address.is_none() && is_near()
    }
}

/// A line, priced.
#[derive(Debug, Clone)]
pub struct CartLineView {
    pub line: cart_line::Model,
    pub variant: variant::Model,
    pub product: product::Model,
    pub picture: Option<picture::Model>,
    pub unit_price: Money,
    /// What the shopper saw as the price of one unit, told as `unit_price` is: without the tax where that is.
    pub seen_price: Money,
    /// What one unit cost before, told in the same way; where everybody pays what it costs.
    pub compare_at: Option<Money>,
    /// The lowest price of the 30 days before that reduction.
    pub lowest_before: Option<Money>,
    pub subtotal: Money,
    pub discount: Money,
    /// What was taken off it and put on it, each by itself.
    pub adjustments: Vec<LineAdjustment>,
    pub tax: Money,
    pub total: Money,
    pub tax_basis_points: i32,
    /// How many units can be had, and what they are.
    pub availability: Availability,
    /// Today's catalogue price of one unit, which `unit_price` is without its tax where none is due.
    pub price_minor: Option<i64>,
    /// Whether it can be bought at all: active, and with a price.
    pub for_sale: bool,
    /// In which quantities it is sold by the catalog whose price it has.
    pub rule: Option<QuantityRule>,
}

impl CartLineView {
    /// What of it does not lie in stock, and when it should come.
    pub fn promise(&self) -> Option<Promise> {
        self.availability.promise(i64::from(self.line.quantity))
    }

    /// What the shopper calls it: the product, and what they chose of it.
    pub fn title(&self) -> String {
        match self.chosen_title() {
            "" => self.product.title.clone(),
            chosen => format!("{} ({chosen})", self.product.title),
        }
    }

    /// What the shopper chose; nothing, where there was nothing to choose.
    pub fn chosen_title(&self) -> &str {
        match self.variant.option_values.as_array() {
            Some(values) if !values.is_empty() => &self.variant.title,
            _ => "",
        }
    }
}

/// An adjustment's part in what a line costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAdjustment {
    pub adjustment: Adjustment,
    pub amount: Money,
}

/// A way to ship to the cart's address.
#[derive(Debug, Clone)]
pub struct ShippingOption {
    pub method: shipping_method::Model,
    /// After the discounts of shipping that the cart would have by it.
    pub price: Money,
    /// Before them, where there are any.
    pub former: Option<Money>,
    /// What they are.
    pub adjustments: Vec<Adjustment>,
    pub selected: bool,
    /// When the goods arrive, or wait to be picked up, if they were ordered now.
    pub estimate: Option<Estimate>,
}

impl ShippingOption {
    /// Whether staff named it themselves: it is none of the shop's methods.
    pub fn is_own(&self) -> bool {
        self.method.id.0.is_nil()
    }
}
