//! In what two records of an attempt differ, and what would mend it. Pure.

use vitrine_entity::{
    payment::{self, PaymentStatus},
    reconciliation_finding::FindingRepair,
};

use super::record::ProviderRecord;
use crate::{
    language::{Message, messages},
    payments::attempts::state,
    ports::payment::ChargeState,
};

/// What the two sides do not agree in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    in_what: Vec<Message>,
    pub(super) repair: FindingRepair,
    /// Our machine allows the step to what the provider says: we have merely not heard yet.
    pub(super) is_behind: bool,
}

impl Difference {
    /// In a sentence.
    pub(super) fn summary(&self) -> Message {
        messages::ledgers_differ(self.in_what.clone())
    }
}

/// Where the money of an attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not decided.
    Open,
    /// Promised to us.
    Held,
    /// Ours, or given back.
    Taken,
    /// Never to move.
    Dead,
}

/// Compares our attempt, of which `refunding` minor units are on their way back, with the
/// provider's record of it; `None` when they agree. What is on its way may be seen on either side
/// first: it is no difference.
pub(super) fn compare(ours: &payment::Model, refunding: i64, theirs: &ProviderRecord) -> Option<Difference> {
    let mut in_what = Vec::new();
    if theirs.amount.currency != ours.currency {
        in_what.push(messages::ledgers_part("currency"));
    }
    if theirs.amount.minor != ours.amount_minor {
        in_what.push(messages::ledgers_part("amount"));
    }
    if theirs.live != ours.live {
        in_what.push(messages::ledgers_part("mode"));
    }
    let is_another = !in_what.is_empty();
    let is_behind = state::is_news(ours.status, &theirs.state);
    if is_behind || standing(ours.status) != standing_there(&theirs.state) {
        in_what.push(messages::ledgers_part("standing"));
    }
    if theirs.captured_minor != ours.captured_minor {
        in_what.push(messages::ledgers_part("captured"));
    }
    if !(ours.refunded_minor..=ours.refunded_minor + refunding).contains(&theirs.refunded_minor) {
        in_what.push(messages::ledgers_part("refunded"));
    }
    if in_what.is_empty() {
        return None;
    }
    let repair = if is_another {
        FindingRepair::None
    } else {
        repair(ours, theirs, is_behind)
    };
    Some(Difference {
        in_what,
        repair,
        is_behind: is_behind && !is_another,
    })
}

/// What makes the ledgers equal. Money that we believe to be ours is never written off by a click:
/// whoever finds it missing there asks the provider.
fn repair(ours: &payment::Model, theirs: &ProviderRecord, is_behind: bool) -> FindingRepair {
    let fits = theirs.refunded_minor <= theirs.captured_minor
        && (ours.captured_minor..=ours.amount_minor).contains(&theirs.captured_minor);
    match (standing(ours.status), standing_there(&theirs.state)) {
        _ if is_behind && fits => FindingRepair::TakeOver,
        (Standing::Dead, Standing::Open | Standing::Held) => FindingRepair::PayBack,
        (Standing::Taken, Standing::Taken) if fits => FindingRepair::TakeOver,
        _ => FindingRepair::None,
    }
}

/// What mends an attempt of ours that the provider does not know.
pub(super) fn repair_missing_there(status: PaymentStatus) -> FindingRepair {
    match standing(status) {
        Standing::Open | Standing::Held => FindingRepair::TakeOver,
        Standing::Taken | Standing::Dead => FindingRepair::None,
    }
}

pub(super) fn standing(status: PaymentStatus) -> Standing {
    match status {
        PaymentStatus::Created | PaymentStatus::Unknown | PaymentStatus::ActionRequired | PaymentStatus::Pending => {
            Standing::Open
        }
        PaymentStatus::Authorized => Standing::Held,
        PaymentStatus::Captured | PaymentStatus::Refunded => Standing::Taken,
        PaymentStatus::Declined | PaymentStatus::Voided => Standing::Dead,
    }
}

fn standing_there(state: &ChargeState) -> Standing {
    match state {
        ChargeState::ActionRequired { .. } | ChargeState::Approved | ChargeState::Pending => Standing::Open,
        ChargeState::Authorized => Standing::Held,
        ChargeState::Captured => Standing::Taken,
        ChargeState::Declined { .. } | ChargeState::Voided => Standing::Dead,
    }
}

#[cfg(test)]
mod tests;
