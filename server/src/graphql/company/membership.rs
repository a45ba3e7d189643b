use async_graphql::{Enum, SimpleObject};
use vitrine_commerce::companies::Membership;
use vitrine_entity::company_buyer::BuyerRole;

use super::object::Company;

/// What a buyer sees of their company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "BuyerRole")]
pub enum CompanyRole {
    /// What they ordered for it themselves.
    Buyer,
    /// All of its orders.
    Manager,
}

/// A company that a customer buys for.
#[derive(Debug, SimpleObject)]
pub struct CompanyMembership {
    /// The company.
    pub company: Company,
    /// What the customer sees of it.
    pub role: CompanyRole,
    /// Whether they buy for it at present: their carts have its prices, and their orders are its.
    pub chosen: bool,
}

impl From<Membership> for CompanyMembership {
    fn from(membership: Membership) -> Self {
        Self {
            company: Company(membership.company),
            role: membership.role.into(),
            chosen: membership.chosen,
        }
    }
}
