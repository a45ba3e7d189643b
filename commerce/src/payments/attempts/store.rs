//! The only writes of `payment.status`: makes the row of a new attempt, reads where one stands, and
//! writes where it goes.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryTrait, UpdateMany,
    sea_query::Expr,
};
use vitrine_entity::{
    ids::PaymentId,
    order,
    payment::{self, CaptureMode, PaymentStatus},
};

use super::{
    method::ChosenMethod,
    state::{Attempt, Event, State, transition},
};
use crate::{Fault, Result, Tx, companies::account, metrics::Counted, orders::due_minor, sql};

/// Writes a new attempt to be paid for the order.
///
/// # Errors
/// A unique violation while another one is live or has succeeded.
pub(super) async fn insert(
    tx: &Tx,
    order: &order::Model,
    method: &ChosenMethod,
    asked: AskedFor,
) -> Result<PaymentId, DbErr> {
    let id = PaymentId(tx.shop().new_id());
    let row = new_row(tx, id, order, method, asked);
    payment::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

/// As [`insert`], for an order that is new and has no other.
pub(super) fn insert_later(tx: &Tx, order: &order::Model, method: &ChosenMethod) -> PaymentId {
    let id = PaymentId(tx.shop().new_id());
    tx.write_later::<payment::Entity>([new_row(tx, id, order, method, AskedFor::Order)]);
    id
}

/// What an attempt is to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AskedFor {
    /// What the order was placed with.
    Order,
    /// What changes have put on by this version.
    Version(i32),
}

fn new_row(
    tx: &Tx,
    id: PaymentId,
    order: &order::Model,
    method: &ChosenMethod,
    asked: AskedFor,
) -> payment::ActiveModel {
    let shop = tx.shop();
    let (amount_minor, capture_mode, version) = match (asked, method.capture_mode) {
        (AskedFor::Order, mode) => (due_minor(order), mode, None),
        (AskedFor::Version(version), CaptureMode::ByStaff) => (order.unpaid_minor, CaptureMode::ByStaff, Some(version)),
        // What it is for may leave in a part that nobody foresees: it is not held.
        (AskedFor::Version(version), _) => (order.unpaid_minor, CaptureMode::AtOnce, Some(version)),
    };
    payment::ActiveModel {
        id: Set(id),
        order_id: Set(order.id),
        provider: Set(method.provider.name().to_owned()),
        method_token: Set(method.token.clone()),
        currency: Set(order.currency),
        amount_minor: Set(amount_minor),
        captured_minor: Set(0),
        refunded_minor: Set(0),
        credited_minor: Set(0),
        status: Set(State::Created.status()),
        provider_reference: Set(None),
        decline_code: Set(None),
        reopenable: Set(false),
        client_action: Set(None),
        superseded: Set(false),
        live: Set(method.provider.is_live()),
        capture_mode: Set(capture_mode),
        sent_at: Set(None),
        capture_before: Set(None),
        captures_in_parts: Set(false),
        trouble: Set(None),
        reconciled_in: Set(None),
        order_version: Set(version),
        provider_customer_id: Set(method.customer),
        saves_method: Set(method.saves),
        created_at: Set(shop.now()),
        updated_at: Set(shop.now()),
    }
}

/// Whether the shopper's browser was ever given what confirms the attempt, with this card or another.
pub(super) fn is_confirmable(row: &payment::Model) -> bool {
    row.client_action.is_some()
}

impl TryFrom<&payment::Model> for Attempt {
    type Error = Fault;

    fn try_from(row: &payment::Model) -> Result<Self, Fault> {
        let corrupt = |column| Fault::Corrupt {
            table: "payment",
            column,
            id: row.id.to_string(),
        };
        let decline_code = || row.decline_code.clone().ok_or_else(|| corrupt("decline_code"));
        let state = match row.status {
            PaymentStatus::Created => State::Created,
            PaymentStatus::Unknown => State::Unknown { sent_at: row.sent_at },
            PaymentStatus::ActionRequired => State::ActionRequired {
                client: row.client_action.clone().ok_or_else(|| corrupt("client_action"))?,
            },
            PaymentStatus::Pending if row.reopenable => State::Reopenable {
                decline_code: decline_code()?,
            },
            PaymentStatus::Pending => State::Pending,
            PaymentStatus::Authorized => State::Authorized {
                capture_before: row.capture_before,
            },
            PaymentStatus::Captured => State::Captured {
                captured_minor: row.captured_minor,
                refunded_minor: row.refunded_minor,
            },
            PaymentStatus::Refunded => State::Refunded {
                captured_minor: row.captured_minor,
            },
            PaymentStatus::Declined => State::Declined {
                decline_code: decline_code()?,
            },
            PaymentStatus::Voided => State::Voided,
        };
        let refunded_minor = match state {
            State::Captured { .. } => row.refunded_minor,
            State::Refunded { captured_minor } => captured_minor,
            // Nothing has come.
            _ if row.captured_minor != 0 => return Err(corrupt("captured_minor")),
            _ => 0,
        };
        if row.refunded_minor != refunded_minor {
            return Err(corrupt("refunded_minor"));
        }
        Ok(Self {
            state,
            confirmable: is_confirmable(row),
        })
    }
}

/// Moves a locked attempt where the event leads it; `None` when it stays where it is.
pub(in crate::payments) async fn advance(
    tx: &Tx,
    row: &payment::Model,
    event: &Event<'_>,
) -> Result<Option<payment::Model>> {
    match transition(&Attempt::try_from(row)?, event) {
        Ok(to) => Ok(Some(write(tx, row, &to, event).await?)),
        Err(_) => Ok(None),
    }
}

/// Marks an attempt as sent that nobody has locked, while its order wants it; `None` where it was given up
/// meanwhile, or is not as `row` says any more: which of the two, its row tells. The order is locked before the
/// attempt, as everywhere.
pub(super) async fn send(tx: &Tx, row: &payment::Model, at: DateTime<Utc>) -> Result<Option<payment::Model>> {
    match sending(tx, row, at)? {
        Some((update, _)) => Ok(update.exec_with_returning(tx.db()).await?.pop()),
        None => Ok(None),
    }
}

/// As [`send`], with the end of the transaction, which fails where it is not so. Gives when the row will say that it was
/// changed; `None`, and nothing is done, where it cannot be sent.
pub(super) fn send_last(tx: &Tx, row: &payment::Model, at: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let Some((update, changed_at)) = sending(tx, row, at)? else {
        return Ok(None);
    };
    let moved = Fault::Other("a payment was given up, or moved, before it was sent".to_owned(), None);
    let is_last = tx.change_last(update.build(tx.db().get_database_backend()), moved);
    Ok(is_last.then_some(changed_at))
}

/// The update, and when the row says then that it was changed.
fn sending(
    tx: &Tx,
    row: &payment::Model,
    at: DateTime<Utc>,
) -> Result<Option<(UpdateMany<payment::Entity>, DateTime<Utc>)>> {
    let event = Event::Sent { at };
    let Ok(to) = transition(&Attempt::try_from(row)?, &event) else {
        return Ok(None);
    };
    let is_wanted = Expr::cust(format!(
        "exists (select 1 from orders where orders.id = payment.order_id and orders.status <> 'CANCELLED' {})",
        sql::locking(tx.db())
    ));
    let change = change_by(tx, &to, &event);
    let changed_at = *change.updated_at.as_ref();
    let update = as_seen(row, change).filter(is_wanted);
    Ok(Some((
        update.filter(payment::Column::UpdatedAt.eq(row.updated_at)),
        changed_at,
    )))
}

/// Writes down by what the provider knows an attempt that stays where it is: one that was given up before it was heard of, or
/// that goes by another name once its shopper has agreed. By that it is voided, paid back and met in the provider's books.
pub(super) async fn know_by(tx: &Tx, row: &payment::Model, reference: &str) -> Result<()> {
    if reference.is_empty() || row.provider_reference.as_deref() == Some(reference) {
        return Ok(());
    }
    let sql = "update payment set provider_reference = $2 where id = $1";
    sql::execute(tx.db(), sql, [row.id.into(), reference.into()]).await?;
    Ok(())
}

async fn write(tx: &Tx, row: &payment::Model, to: &State, event: &Event<'_>) -> Result<payment::Model> {
    let update = as_seen(row, change_by(tx, to, event));
    let written = update.exec_with_returning(tx.db()).await?.pop();
    let written = written.ok_or_else(|| Fault::Other("a locked payment moved".to_owned(), None))?;
    if written.provider == account::METHOD && is_over(to) {
        account::close(tx, written.order_id).await?;
    }
    if written.status != row.status {
        tx.count(Counted::Payment {
            provider: written.provider.clone(),
            status: written.status,
            after: (tx.shop().now() - written.created_at).to_std().unwrap_or_default(),
        });
    }
    Ok(written)
}

/// Whether nothing is waited for any more.
fn is_over(state: &State) -> bool {
    match state {
        State::Captured { .. } | State::Refunded { .. } | State::Declined { .. } | State::Voided => true,
        State::Created
        | State::Unknown { .. }
        | State::ActionRequired { .. }
        | State::Pending
        | State::Reopenable { .. }
        | State::Authorized { .. } => false,
    }
}

/// The update of an attempt that stands where `row` says.
fn as_seen(row: &payment::Model, change: payment::ActiveModel) -> UpdateMany<payment::Entity> {
    payment::Entity::update_many()
        .set(change)
        .filter(payment::Column::Id.eq(row.id))
        .filter(payment::Column::Status.eq(row.status))
        .filter(payment::Column::CapturedMinor.eq(row.captured_minor))
        .filter(payment::Column::RefundedMinor.eq(row.refunded_minor))
}

fn change_by(tx: &Tx, to: &State, event: &Event<'_>) -> payment::ActiveModel {
    let mut change = change_to(to);
    change.updated_at = Set(tx.shop().now());
    if let Event::Told { charge, .. } = event {
        change.trouble = Set(None);
        if !charge.reference.is_empty() {
            change.provider_reference = Set(Some(charge.reference.clone()));
        }
        if charge.capture_before.is_some() {
            change.capture_before = Set(charge.capture_before);
        }
        if charge.in_parts {
            change.captures_in_parts = Set(true);
        }
    }
    change
}

/// What the row holds of the state. What it holds of earlier ones stays, but for a decline that
/// another card has overtaken.
fn change_to(to: &State) -> payment::ActiveModel {
    let mut change = payment::ActiveModel {
        status: Set(to.status()),
        reopenable: Set(matches!(to, State::Reopenable { .. })),
        ..Default::default()
    };
    match to {
        State::Created => change.sent_at = Set(None),
        State::Unknown { sent_at } => change.sent_at = Set(*sent_at),
        State::ActionRequired { client } => change.client_action = Set(Some(client.clone())),
        State::Reopenable { decline_code } | State::Declined { decline_code } => {
            change.decline_code = Set(Some(decline_code.clone()));
        }
        State::Authorized { .. } => change.decline_code = Set(None),
        State::Captured {
            captured_minor,
            refunded_minor,
        } => {
            change.decline_code = Set(None);
            change.captured_minor = Set(*captured_minor);
            change.refunded_minor = Set(*refunded_minor);
        }
        State::Refunded { captured_minor } => {
            change.captured_minor = Set(*captured_minor);
            change.refunded_minor = Set(*captured_minor);
        }
        State::Pending | State::Voided => {}
    }
    change
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;
    use serde_json::json;

    use super::*;
    use crate::payments::testing::attempt;

    fn column(row: &payment::Model) -> Option<&'static str> {
        match Attempt::try_from(row) {
            Err(Fault::Corrupt { column, .. }) => Some(column),
            _ => None,
        }
    }

    #[test]
    fn a_row_of_every_status_is_read_as_that() {
        for status in PaymentStatus::iter() {
            let taken = matches!(status, PaymentStatus::Captured | PaymentStatus::Refunded);
            let row = payment::Model {
                client_action: Some(json!({})),
                decline_code: Some("expired_card".to_owned()),
                captured_minor: if taken { 100 } else { 0 },
                refunded_minor: if status == PaymentStatus::Refunded { 100 } else { 0 },
                ..attempt(status)
            };
            assert_eq!(Attempt::try_from(&row).expect("an attempt").state.status(), status);
        }
    }

    #[test]
    fn a_row_that_cannot_be_is_not_believed() {
        assert_eq!(column(&attempt(PaymentStatus::ActionRequired)), Some("client_action"));
        assert_eq!(column(&attempt(PaymentStatus::Declined)), Some("decline_code"));
        let reopenable = payment::Model {
            reopenable: true,
            ..attempt(PaymentStatus::Pending)
        };
        assert_eq!(column(&reopenable), Some("decline_code"));
        let captured = |status, captured_minor| payment::Model {
            captured_minor,
            ..attempt(status)
        };
        assert_eq!(column(&captured(PaymentStatus::Authorized, 1)), Some("captured_minor"));
        assert_eq!(column(&captured(PaymentStatus::Refunded, 1)), Some("refunded_minor"));
    }

    #[test]
    fn a_decline_is_remembered_until_money_comes() {
        let forgets = |state: State| change_to(&state).decline_code == Set(None);
        assert!(forgets(State::Authorized { capture_before: None }));
        assert!(!forgets(State::Voided) && !forgets(State::Pending));
    }
}
