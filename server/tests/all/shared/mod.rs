//! Compiled in: what of the roots is for staff.

#[path = "../../../src/graphql/shared/staff_guard.rs"]
mod staff_guard;

use vitrine_server::graphql::shared::{ContextExt, Failure};
