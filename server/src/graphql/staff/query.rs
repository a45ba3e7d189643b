use async_graphql::{Context, Object};
use vitrine_commerce::{
    Viewer,
    staff::{
        invitations,
        members::{self, MemberFilter},
        roles,
    },
};

use super::{
    invitation::{StaffInvitation, StaffInvitationConnection},
    object::{StaffMember, StaffMemberConnection, StaffMemberWhere},
    role::Role,
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct StaffQuery;

#[Object]
impl StaffQuery {
    /// The member of staff who is signed in; null for everybody else.
    #[graphql(complexity = "1 + child_complexity")]
    async fn staff_viewer(&self, ctx: &Context<'_>) -> Result<Option<StaffMember>> {
        let Viewer::Staff(id, _) = ctx.caller().viewer else {
            return Ok(None);
        };
        Ok(members::find(ctx.shop(), id).await?.map(StaffMember))
    }

    /// Who works here, and who did, in the order in which they came. For staff with the permission `STAFF`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn staff_members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which members.")] filter: Option<StaffMemberWhere>,
    ) -> Result<Option<StaffMemberConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = MemberFilter {
            active: filter.active,
            role: filter
                .role_id
                .map(|id| ids::input(&id, "role", &["where", "roleId"]))
                .transpose()?,
            query: filter.query,
        };
        let page = members::list(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(StaffMemberConnection {
            page: map(page, StaffMember),
            context: (),
        }))
    }

    /// Who was invited and has not answered, newest first. For staff with the permission `STAFF`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn staff_invitations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<StaffInvitationConnection>> {
        let page = invitations::list(ctx.shop(), ctx.caller(), &page(first, after, last, before)).await?;
        Ok(Some(StaffInvitationConnection {
            page: map(page, StaffInvitation),
            context: (),
        }))
    }

    /// The roles that can be given: those of every shop first, then its own by name, at most 102. For staff with the
    /// permission `STAFF`.
    #[graphql(complexity = "10 + 20 * child_complexity")]
    async fn roles(&self, ctx: &Context<'_>) -> Result<Option<Vec<Role>>> {
        let roles = roles::list(ctx.shop(), ctx.caller()).await?;
        Ok(Some(roles.into_iter().map(Role).collect()))
    }
}
