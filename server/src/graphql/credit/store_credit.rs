use async_graphql::{Context, ID, Object};
use vitrine_entity::credit_account;

use super::entry::{CreditEntryConnection, entries_of};
use crate::{
    graphql::shared::{Money, Result, cost, int},
    ids,
};

/// What a customer has as store credit in one currency.
#[derive(Debug, Clone)]
pub struct StoreCredit(pub credit_account::Model);

/// What a customer has as store credit in one currency.
#[Object]
impl StoreCredit {
    /// Names the account.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What is left of it.
    async fn balance(&self) -> Money {
        Money::new(self.0.balance_minor, self.0.currency)
    }

    /// Each change of the balance, the latest first. Their own eyes, and those of staff with the permission `REFUNDS`.
    #[graphql(complexity = "cost(Some(first), None, child_complexity)")]
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries after `after`, 1 to 100.")] first: i32,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
    ) -> Result<Option<CreditEntryConnection>> {
        entries_of(ctx, &self.0, first, after).await
    }

    /// Grows with every change of the balance: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}
