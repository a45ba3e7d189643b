//! Who works here, what a role may do, and the record of what staff did.

mod audit;
mod create;
pub mod permission;

pub use audit::audit;
pub use create::{NewStaff, NewStaffChecked, check, create, create_in, is_active, prepare};
pub use permission::{Permission, require};
