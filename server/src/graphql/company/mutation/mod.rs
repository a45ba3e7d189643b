//! Companies, where their goods go, and who buys for them.

mod members;
mod whole;

pub use members::CompanyMembersMutation;
pub use whole::CompanyMutation;
