use async_graphql::{ComplexObject, Context, Enum, SimpleObject};
use vitrine_commerce::companies::Membership;
use vitrine_entity::company_buyer::BuyerRole;

use super::object::Company;
use crate::graphql::shared::{ContextExt, Money};

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
#[graphql(complex)]
pub struct CompanyMembership {
    /// The company.
    pub company: Company,
    /// What the customer sees of it.
    pub role: CompanyRole,
    /// Whether they buy for it at present: their carts have its prices, and their orders are its.
    pub chosen: bool,
    #[graphql(skip)]
    approval_above_minor: Option<i64>,
}

#[ComplexObject]
impl CompanyMembership {
    /// Above which total, in the shop's own currency, what they buy for it needs a manager's approval; 0: whatever it is. Null:
    /// nothing does.
    async fn approval_above(&self, ctx: &Context<'_>) -> Option<Money> {
        let currency = ctx.shop().profile().currency;
        self.approval_above_minor.map(|minor| Money::new(minor, currency))
    }
}

impl From<Membership> for CompanyMembership {
    fn from(membership: Membership) -> Self {
        Self {
            company: Company(membership.company),
            role: membership.role.into(),
            chosen: membership.chosen,
            approval_above_minor: membership.approval_above_minor,
        }
    }
}
