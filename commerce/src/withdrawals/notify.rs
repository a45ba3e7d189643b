//! Who is told of a statement by mail.

use vitrine_entity::withdrawal;

use crate::{Tx, jobs::MailKind, notifications};

/// Confirms to whoever declared it that it was received, and when.
pub(super) fn confirm_receipt(tx: &Tx, row: &withdrawal::Model) {
    send(tx, row, MailKind::WithdrawalReceived { withdrawal: row.id });
}

/// Tells the shop itself, with what the rules say of it.
pub(super) fn tell_staff(tx: &Tx, row: &withdrawal::Model) {
    send(tx, row, MailKind::WithdrawalForStaff { withdrawal: row.id });
}

/// Tells whoever declared it what was decided, where no other mail does.
pub(super) fn tell_decision(tx: &Tx, row: &withdrawal::Model) {
    send(tx, row, MailKind::WithdrawalDecided { withdrawal: row.id });
}

fn send(tx: &Tx, row: &withdrawal::Model, mail: MailKind) {
    notifications::send(tx, row.order_id, mail);
}
