//! What staff want to pay back of an order: an amount, or what was paid for units of its lines and for shipping.

use vitrine_entity::{order, order_line, payment::CaptureMode};

use super::{
    back::{self, Back},
    left,
    lines::{self, Part, RefundLine},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::messages,
    money::Money,
    orders::{LineFulfilment, fulfilment_on, load},
    payments::{
        attempts::load as load_attempt,
        transfers::{amount::amount, balance::Balance},
    },
};

/// How much of what was paid for shipping goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundShipping {
    /// All that is not back or on its way.
    Rest,
    /// A decimal in the order's currency.
    Amount(String),
}

/// What is asked for, in the words of whoever asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) amount: Option<&'a str>,
    pub(super) lines: &'a [RefundLine],
    pub(super) shipping: Option<&'a RefundShipping>,
}

/// What is to be paid back.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// All that is left where it is not given.
    pub(super) amount_minor: Option<i64>,
    pub(super) parts: Vec<Part>,
    pub(super) shipping_minor: i64,
}

impl Wanted {
    /// Reads what is asked for of a locked order.
    ///
    /// # Errors
    /// Refuses an amount beside lines, lines and shipping of which less is left, units for which nothing was taken yet, and what is
    /// nothing together.
    pub(super) async fn read(tx: &Tx, order: &order::Model, asked: Asked<'_>) -> Result<Self> {
        let amount_minor = amount(asked.amount, order)?;
        if asked.lines.is_empty() && asked.shipping.is_none() {
            return Ok(Self {
                amount_minor,
                ..Self::default()
            });
        }
        if amount_minor.is_some() {
            let message = messages::refund_amount_or_lines();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["amount"]).into());
        }
        let wanted = Self::of_units(tx, order, asked.lines, asked.shipping).await?;
        refuse_untaken(tx, order, &wanted.parts).await?;
        if wanted.amount_minor == Some(0) {
            let message = messages::refund_lines_free();
            return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["lines"]).into());
        }
        Ok(wanted)
    }

    /// What was paid for units of lines, and for shipping.
    pub(super) async fn of_units(
        tx: &Tx,
        order: &order::Model,
        lines: &[RefundLine],
        shipping: Option<&RefundShipping>,
    ) -> Result<Self> {
        let sold = load::lines_on(tx.db(), order.id).await?;
        let back = back::of_order(tx, order.id).await?;
        let step_minor = tx.shop().price_step_minor(order.currency);
        let parts = lines::parts(order, &sold, &back, lines, step_minor)?;
        let shipping_minor = shipping.map_or(Ok(0), |asked| shipping_minor(order, &sold, &back, asked))?;
        Ok(Self {
            amount_minor: Some(sum(&parts) + shipping_minor),
            parts,
            shipping_minor,
        })
    }

    /// Has the shop keep so much of what goes back for units: of the first as much as there is.
    pub(super) fn withhold(mut self, mut minor: i64) -> Self {
        for part in &mut self.parts {
            let kept_minor = minor.min(part.amount_minor);
            part.amount_minor -= kept_minor;
            part.withheld_minor += kept_minor;
            minor -= kept_minor;
        }
        self.amount_minor = Some(sum(&self.parts) + self.shipping_minor);
        self
    }

    /// Has the shop keep so much of what goes back for the units of each part.
    pub(super) fn withhold_each(mut self, minors: &[i64]) -> Self {
        for (part, minor) in self.parts.iter_mut().zip(minors) {
            let kept_minor = (*minor).min(part.amount_minor);
            part.amount_minor -= kept_minor;
            part.withheld_minor += kept_minor;
        }
        self.amount_minor = Some(sum(&self.parts) + self.shipping_minor);
        self
    }

    /// The field that says how much.
    pub(super) fn field(&self) -> &'static str {
        match (self.parts.is_empty(), self.shipping_minor) {
            (true, 0) => "amount",
            (true, _) => "shipping",
            (false, _) => "lines",
        }
    }
}

/// What has not left and is only held was not taken: paying it back would take from what was paid for the rest. A change of the
/// order takes it out.
async fn refuse_untaken(tx: &Tx, order: &order::Model, parts: &[Part]) -> Result<()> {
    let Some(payment) = load_attempt::lock_live(tx, order.id).await? else {
        return Ok(());
    };
    if payment.capture_mode != CaptureMode::OnDispatch || Balance::read(tx, &payment).await?.capturable() == 0 {
        return Ok(());
    }
    let progress = fulfilment_on(tx.db(), order.id).await?;
    for (place, part) in parts.iter().enumerate() {
        let of_it = progress.iter().find(|line| line.order_line_id == part.line);
        let unsent = of_it.map_or(0, LineFulfilment::unsent);
        if unsent > 0 {
            let path = ["lines", &place.to_string(), "quantity"];
            let message = messages::refund_units_untaken(unsent);
            return Err(Refusal::new(ErrorCode::PaymentState, message).at(&path).into());
        }
    }
    Ok(())
}

fn sum(parts: &[Part]) -> i64 {
    parts.iter().map(|part| part.amount_minor).sum()
}

fn shipping_minor(
    order: &order::Model,
    sold: &[order_line::Model],
    back: &Back,
    asked: &RefundShipping,
) -> Result<i64, Refusal> {
    let left_minor = left::of_shipping(order, sold, back);
    if left_minor <= 0 {
        let message = messages::refund_shipping_free();
        return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["shipping"]));
    }
    match asked {
        RefundShipping::Rest => Ok(left_minor),
        RefundShipping::Amount(typed) => {
            let most = Money::new(left_minor, order.currency);
            lines::part_of(typed, most).map_err(|wrong| wrong.at(&["shipping", "amount"]))
        }
    }
}
