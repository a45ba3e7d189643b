use async_graphql::{Context, Object};
use vitrine_commerce::staff::{AuditFilter, audit_entries};

use super::object::{AuditEntry, AuditEntryConnection, AuditLogWhere};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// What staff and apps did, newest first. All of it as a table is at `/api/audit.csv`. For staff with the
    /// permission `STAFF`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which entries.")] filter: Option<AuditLogWhere>,
    ) -> Result<Option<AuditEntryConnection>> {
        let filter = filter.unwrap_or_default();
        let member = filter.staff_member_id;
        let member = member.map(|id| ids::input(&id, "member of staff", &["where", "staffMemberId"]));
        let app = filter.app_id.map(|id| ids::input(&id, "app", &["where", "appId"]));
        let filter = AuditFilter {
            staff_member: member.transpose()?,
            app: app.transpose()?,
            action: filter.action,
            object: filter.object,
            since: filter.from,
            until: filter.to,
        };
        let page = audit_entries(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(AuditEntryConnection {
            page: map(page, AuditEntry),
            context: (),
        }))
    }
}
