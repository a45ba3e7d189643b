//! Who asks, and on whose behalf.

use vitrine_entity::{
    ids::{CustomerId, StaffMemberId},
    staff_member::StaffRole,
};

/// Who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// A shopper without an account, or not signed in.
    Guest,
    Customer(CustomerId),
    Staff(StaffMemberId, StaffRole),
    /// A job, a schedule, a webhook or the command line.
    System,
}

impl Viewer {
    /// The customer, where one is signed in.
    pub fn customer(self) -> Option<CustomerId> {
        match self {
            Self::Customer(id) => Some(id),
            _ => None,
        }
    }

    /// How the ledgers and timelines name them.
    pub fn actor(self) -> String {
        match self {
            Self::Guest => "shopper".to_owned(),
            Self::Customer(id) => id.to_string(),
            Self::Staff(id, _) => id.to_string(),
            Self::System => "system".to_owned(),
        }
    }
}

/// A request: who made it, and the ids under which its traces are found.
#[derive(Debug, Clone)]
pub struct Context {
    pub viewer: Viewer,
    /// Goes from the request through the outbox into every job that follows from it.
    pub correlation_id: String,
    /// W3C trace context.
    pub traceparent: Option<String>,
}

impl Context {
    /// For what the shop does by itself.
    pub fn system(correlation_id: impl Into<String>) -> Self {
        Self {
            viewer: Viewer::System,
            correlation_id: correlation_id.into(),
            traceparent: None,
        }
    }
}
