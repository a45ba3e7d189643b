//! How the repair of a finding ended.

use crate::language::Message;

/// How a repair ended.
pub(super) enum Outcome {
    /// The ledgers agree.
    Repaired,
    /// It waits for staff again.
    Open { why: Message },
    /// It waits for staff recheck, and the shop cannot do it.
    Stuck { why: Message },
}

pub(super) fn stuck(why: Message) -> Outcome {
    Outcome::Stuck { why }
}
