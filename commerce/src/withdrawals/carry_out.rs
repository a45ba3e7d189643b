//! What follows from a statement: goods that are with the shopper come back, and an order of which nothing was sent is cancelled.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    ids::{OrderLineId, ReturnId},
    order,
    shipment::{self, ShipmentStatus},
    withdrawal, withdrawal_line,
};

use super::row;
use crate::{
    Result, Tx, fulfilment,
    language::{Language, messages},
    orders::{
        CancelReason, LineFulfilment, fulfilment_on, load,
        state::{self, Transition},
    },
    returns::{self, Hindrance, Returnable, Withdrawn},
};

/// Whether staff make an exception of what is exempt.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Exempt {
    Left,
    TakenBack,
}

impl Exempt {
    fn takes(self, units: &Units) -> bool {
        self == Self::TakenBack || !units.is_exempt
    }
}

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Whether nothing is left for staff to decide.
    pub(super) is_all: bool,
    pub(super) returned: Option<ReturnId>,
    pub(super) cancelled: bool,
}

/// Units from which somebody withdraws.
pub(super) struct Units {
    pub(super) line: OrderLineId,
    pub(super) quantity: i32,
    pub(super) is_exempt: bool,
}

impl From<withdrawal_line::Model> for Units {
    fn from(line: withdrawal_line::Model) -> Self {
        Self {
            line: line.order_line_id,
            quantity: line.quantity,
            is_exempt: line.exempt.is_some(),
        }
    }
}

/// Does it for a locked order. What is exempt, sent nowhere, or not sent yet of an order of which a part was, is left to staff.
///
/// # Errors
/// `FORBIDDEN` for staff who have it cancel an order that was paid, and may pay nothing back.
pub(super) async fn carry_out(
    tx: &Tx,
    order: &order::Model,
    row: &withdrawal::Model,
    units: &[Units],
    exempt: Exempt,
) -> Result<Outcome> {
    if units.is_empty() {
        return Ok(Outcome::default());
    }
    if cancels(tx, order, units, exempt).await? {
        fulfilment::require_refunds(tx, order).await?;
        fulfilment::cancel_locked(tx, order, Some(CancelReason::Withdrawn)).await?;
        return Ok(Outcome {
            is_all: true,
            cancelled: true,
            returned: None,
        });
    }
    let policy = returns::policy_on(tx).await?;
    let known = returns::returnable_on(tx.shop(), tx.db(), &policy, order).await?;
    let known: HashMap<_, _> = known.into_iter().map(|row| (row.line.id, row)).collect();
    let progress = fulfilment_on(tx.db(), order.id).await?;
    let mut is_all = units.iter().all(|units| exempt.takes(units));
    let mut lines = Vec::new();
    for units in units.iter().filter(|units| exempt.takes(units)) {
        let Some(found) = known.get(&units.line) else { continue };
        let of_it = progress.iter().find(|line| line.order_line_id == units.line);
        is_all &= covers(found, units.quantity, of_it.map_or(0, LineFulfilment::unsent));
        let quantity = found.left.min(units.quantity);
        if quantity > 0 {
            lines.push((units.line, quantity));
        }
    }
    if lines.is_empty() {
        return Ok(Outcome {
            is_all,
            ..Outcome::default()
        });
    }
    let profile = tx.shop().profile();
    // For staff, who read the return in the shop's own language.
    let language = Language::of(&profile.language(), &profile.country);
    let goods = Withdrawn {
        withdrawal: row.id,
        lines,
        note: Some(language.say(&messages::withdrawal_return_note(&row.number))),
    };
    let back = returns::take_back(tx, order, goods).await?;
    Ok(Outcome {
        is_all,
        returned: Some(back.id),
        cancelled: false,
    })
}

/// Whether a return takes all that somebody withdraws from of a line, or takes all that is left of it: then the rest is back,
/// on its way back, or paid back already. Of what is still to be sent it takes nothing.
fn covers(found: &Returnable, quantity: i32, unsent: i64) -> bool {
    match found.hindrance {
        Some(Hindrance::Digital) => false,
        Some(Hindrance::NotSent | Hindrance::NothingLeft) => unsent == 0,
        Some(Hindrance::TooLate { .. } | Hindrance::Exempt(_)) | None => found.left >= quantity || unsent == 0,
    }
}

/// Asks for a member of staff's permission to pay back, where what they have declared for a shopper is to cancel an order that was
/// paid: a job does so moments later, for everybody alike.
///
/// # Errors
/// `FORBIDDEN` for who works here and has it not.
pub(super) async fn require_permission(tx: &Tx, order: &order::Model, row: &withdrawal::Model) -> Result<()> {
    if !tx.context().viewer.works_here() {
        return Ok(());
    }
    let units: Vec<Units> = row::lines(tx, row.id).await?.into_iter().map(Units::from).collect();
    match !units.is_empty() && cancels(tx, order, &units, Exempt::Left).await? {
        true => fulfilment::require_refunds(tx, order).await,
        false => Ok(()),
    }
}

/// Whether it has the order cancelled.
async fn cancels(tx: &Tx, order: &order::Model, units: &[Units], exempt: Exempt) -> Result<bool> {
    Ok(units.iter().all(|units| exempt.takes(units)) && may_be_cancelled(tx, order, units).await?)
}

/// Whether somebody withdraws from all of an order of which nothing has left.
async fn may_be_cancelled(tx: &Tx, order: &order::Model, units: &[Units]) -> Result<bool> {
    if state::next(order.status, Transition::Cancel).is_err() {
        return Ok(false);
    }
    let sold = load::lines_on(tx.db(), order.id).await?;
    let is_all = sold.iter().all(|line| {
        units
            .iter()
            .any(|units| units.line == line.id && units.quantity >= line.quantity)
    });
    let gone = shipment::Entity::find()
        .filter(shipment::Column::OrderId.eq(order.id))
        .filter(shipment::Column::Status.is_not_in([ShipmentStatus::Packed, ShipmentStatus::Cancelled]));
    Ok(is_all && gone.count(tx.db()).await? == 0)
}
