//! How the repair of a finding ended.

/// How a repair ended.
pub(super) enum Outcome {
    /// The ledgers agree.
    Repaired,
    /// It waits for staff again.
    Open { why: String },
    /// It waits for staff recheck, and the shop cannot do it.
    Stuck { why: String },
}

pub(super) fn stuck(why: &str) -> Outcome {
    Outcome::Stuck { why: why.to_owned() }
}
