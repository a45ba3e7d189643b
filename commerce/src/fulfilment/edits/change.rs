//! What is to be changed of an order.

use vitrine_entity::ids::{OrderLineId, ShippingMethodId, VariantId};

use crate::{ErrorCode, Refusal, address::AddressInput, language::messages, text};

/// The most lines that are named at once.
const LINES_MAX: usize = 100;

/// The most units of a line.
pub(super) const QUANTITY_MAX: i32 = 9_999;

/// What is to be changed; what is not named stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub lines: Vec<LineChange>,
    pub added: Vec<AddedLine>,
    pub shipping: Option<ShippingChange>,
    /// The whole of it.
    pub shipping_address: Option<AddressInput>,
    pub discount: Option<StaffDiscount>,
}

/// Another quantity or price of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    pub line: OrderLineId,
    /// 0 takes it out.
    pub quantity: Option<i32>,
    /// A decimal in the order's currency, as its prices are: with their tax or without.
    pub unit_price: Option<String>,
}

/// A variant that the order has not yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedLine {
    pub variant: VariantId,
    pub quantity: i32,
    /// As [`LineChange::unit_price`]; what it cost on the order's day where it is not given.
    pub unit_price: Option<String>,
}

/// Another price of shipping, or another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippingChange {
    pub method: Option<ShippingMethodId>,
    /// A decimal in the order's currency, as its prices are.
    pub amount: String,
}

/// What staff take off of all goods together, in place of what they have taken off before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffDiscount {
    /// A decimal in the order's currency; nothing takes it away.
    pub amount: String,
    /// What the shopper reads.
    pub label: Option<String>,
}

impl Changes {
    /// Refuses what cannot be meant, whatever the order is.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.lines.len() + self.added.len() > LINES_MAX {
            let message = messages::parcel_lines_max(LINES_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]));
        }
        for (index, line) in self.lines.iter().enumerate() {
            let twice = self.lines[..index].iter().any(|other| other.line == line.line);
            if twice {
                let path = ["lines", &index.to_string(), "lineId"];
                return Err(Refusal::new(ErrorCode::Invalid, messages::return_line_twice()).at(&path));
            }
            check_quantity(line.quantity, 0, "lines", index)?;
        }
        for (index, added) in self.added.iter().enumerate() {
            check_quantity(Some(added.quantity), 1, "added", index)?;
        }
        Ok(())
    }
}

fn check_quantity(quantity: Option<i32>, least: i32, list: &str, index: usize) -> Result<(), Refusal> {
    if quantity.is_none_or(|quantity| (least..=QUANTITY_MAX).contains(&quantity)) {
        return Ok(());
    }
    let message = messages::edit_quantity_range(least, QUANTITY_MAX);
    Err(Refusal::new(ErrorCode::Invalid, message).at(&[list, &index.to_string(), "quantity"]))
}

/// What the shopper reads of a discount that staff give.
pub(super) fn label(discount: &StaffDiscount) -> Result<Option<String>, Refusal> {
    text::optional_line(&["discount", "label"], discount.label.as_deref(), 100)
}
