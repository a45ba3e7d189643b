use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::customers::{self, CustomerFilter};

use super::{object::CustomerGroup, questions::MemberCount};
use crate::{
    graphql::{
        customer::object::{Customer, CustomerConnection},
        shared::{ContextExt, Result, cost, int, map, page},
    },
    ids,
};

/// Customers who have something in common: prices and discounts go by it. For staff with the permission `CUSTOMERS`.
#[Object]
impl CustomerGroup {
    /// Names the group.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What staff call it. Shoppers do not see it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What files and programs call it; no two groups that are there have the same.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What staff keep in mind about it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// How many customers are in it.
    #[graphql(complexity = 2)]
    async fn member_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(int(ctx.load(MemberCount(self.0.id)).await?.unwrap_or(0)))
    }

    /// Who is in it, those whose accounts are the newest first.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<CustomerConnection>> {
        let filter = CustomerFilter {
            group: Some(self.0.id),
            ..CustomerFilter::default()
        };
        let page = page(first, after, last, before);
        let page = customers::list(ctx.shop(), ctx.caller(), &filter, false, &page).await?;
        Ok(Some(CustomerConnection {
            page: map(page, Customer),
            context: (),
        }))
    }

    /// Grows with every change of its name, code or note: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; it may be restored, with those who are in it.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
