use async_graphql::{ID, InputObject};
use vitrine_commerce::{
    Refusal,
    fulfilment::edits::{AddedLine, Changes, LineChange, ShippingChange, StaffDiscount},
};

use crate::{
    graphql::shared::{Decimal, MailingAddressInput},
    ids,
};

/// What is changed of an order; what is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct OrderEditChangesInput {
    /// Lines that are others, each once.
    pub lines: Option<Vec<OrderEditLineInput>>,
    /// Variants that the order has not yet.
    pub added: Option<Vec<OrderEditAddedLineInput>>,
    /// What shipping costs, and by what it goes.
    pub shipping: Option<OrderEditShippingInput>,
    /// Where its goods go: the whole address. It is to cost the same to send them there, and the same taxes are to be due.
    pub shipping_address: Option<MailingAddressInput>,
    /// What is taken off of all goods together, in place of what staff have taken off before.
    pub discount: Option<OrderEditDiscountInput>,
}

/// Another quantity or price of a line.
#[derive(Debug, InputObject)]
pub struct OrderEditLineInput {
    /// The order line's id.
    pub line_id: ID,
    /// How many units there are to be, to 9999; 0 takes the line out. Not fewer than are packed, sent or paid back.
    pub quantity: Option<i32>,
    /// What a unit is to cost, as the order's prices are: with their tax or without.
    pub unit_price: Option<Decimal>,
}

/// A variant that the order has not yet.
#[derive(Debug, InputObject)]
pub struct OrderEditAddedLineInput {
    /// The variant's id.
    pub variant_id: ID,
    /// How many units, 1 to 9999.
    pub quantity: i32,
    /// What a unit is to cost, as the order's prices are; what it cost on the day on which the order was placed, where it is
    /// left out.
    pub unit_price: Option<Decimal>,
}

/// What shipping costs, and by what it goes.
#[derive(Debug, InputObject)]
pub struct OrderEditShippingInput {
    /// The id of another way of shipping. Left out, it stays.
    pub method_id: Option<ID>,
    /// What it is to cost, as the order's prices are.
    pub amount: Decimal,
}

/// What staff take off of all goods together.
#[derive(Debug, InputObject)]
pub struct OrderEditDiscountInput {
    /// How much, as the order's prices are; 0 takes it away. Never more than the goods cost is taken off.
    pub amount: Decimal,
    /// What the shopper reads, at most 100 characters.
    pub label: Option<String>,
}

impl OrderEditChangesInput {
    pub(super) fn read(self) -> Result<Changes, Refusal> {
        let lines = self.lines.unwrap_or_default().into_iter().enumerate();
        let added = self.added.unwrap_or_default().into_iter().enumerate();
        let shipping = self.shipping.map(|shipping| {
            let method = shipping.method_id;
            let method = method.map(|id| ids::input(&id, "shipping method", &["shipping", "methodId"]));
            Ok::<_, Refusal>(ShippingChange {
                method: method.transpose()?,
                amount: shipping.amount.0,
            })
        });
        Ok(Changes {
            lines: lines.map(|(place, line)| line.read(place)).collect::<Result<_, _>>()?,
            added: added.map(|(place, line)| line.read(place)).collect::<Result<_, _>>()?,
            shipping: shipping.transpose()?,
            shipping_address: self.shipping_address.map(Into::into),
            discount: self.discount.map(|discount| StaffDiscount {
                amount: discount.amount.0,
                label: discount.label,
            }),
        })
    }
}

impl OrderEditLineInput {
    pub(super) fn read(self, place: usize) -> Result<LineChange, Refusal> {
        Ok(LineChange {
            line: ids::input(
                &self.line_id,
                "line of this order",
                &["lines", &place.to_string(), "lineId"],
            )?,
            quantity: self.quantity,
            unit_price: self.unit_price.map(|price| price.0),
        })
    }
}

impl OrderEditAddedLineInput {
    fn read(self, place: usize) -> Result<AddedLine, Refusal> {
        Ok(AddedLine {
            variant: ids::input(&self.variant_id, "variant", &["added", &place.to_string(), "variantId"])?,
            quantity: self.quantity,
            unit_price: self.unit_price.map(|price| price.0),
        })
    }
}
