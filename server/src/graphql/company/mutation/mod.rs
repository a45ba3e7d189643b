//! Companies, where their goods go, who buys for them, and what of it is to be approved.

mod members;
mod requests;
mod whole;

pub use members::CompanyMembersMutation;
pub use requests::CompanyRequestsMutation;
pub use whole::CompanyMutation;
