use async_graphql::{Context, ID, InputObject, Json, Object};
use chrono::{DateTime, Utc};
use sea_orm::JsonValue;
use vitrine_entity::staff_audit;

use crate::{
    graphql::{
        app::{object::App, questions::AppById},
        shared::{ContextExt, Result, connection},
        staff::{object::StaffMember, questions::StaffMemberById},
    },
    ids,
};

/// An entry of the audit log.
#[derive(Debug, Clone)]
pub struct AuditEntry(pub staff_audit::Model);

connection! { AuditEntryConnection, AuditEntryEdge, AuditEntry }

/// An entry of the audit log, which is only ever added to. For staff with the permission `STAFF`.
#[Object]
impl AuditEntry {
    /// Names the entry.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Who did it: the id of a member of staff or of an app, or `system`, which is the shop itself: its command
    /// line, or what it does by the clock.
    async fn actor(&self) -> String {
        match (self.0.staff_member_id, self.0.app_id) {
            (Some(id), _) => id.to_string(),
            (None, Some(id)) => id.to_string(),
            (None, None) => "system".to_owned(),
        }
    }

    /// The member of staff who did it, where one did.
    #[graphql(complexity = "1 + child_complexity")]
    async fn staff_member(&self, ctx: &Context<'_>) -> Result<Option<StaffMember>> {
        match self.0.staff_member_id {
            Some(id) => Ok(ctx.load(StaffMemberById(id)).await?.map(StaffMember)),
            None => Ok(None),
        }
    }

    /// The app that did it, where one did.
    #[graphql(complexity = "1 + child_complexity")]
    async fn app(&self, ctx: &Context<'_>) -> Result<Option<App>> {
        match self.0.app_id {
            Some(id) => Ok(ctx.load(AppById(id)).await?.map(App)),
            None => Ok(None),
        }
    }

    /// What was done: noun and verb, as in `order.cancel`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// What it was done to: an id in its public form.
    async fn object(&self) -> &str {
        &self.0.object
    }

    /// The particulars.
    async fn data(&self) -> Json<JsonValue> {
        Json(self.0.data.clone())
    }

    /// When it was done.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// Restricts the audit log. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct AuditLogWhere {
    /// The member of staff who did it.
    pub staff_member_id: Option<ID>,
    /// The app that did it.
    pub app_id: Option<ID>,
    /// What was done: noun and verb, as in `order.cancel`, or a noun for all of its verbs.
    pub action: Option<String>,
    /// What it was done to: an id in its public form.
    pub object: Option<String>,
    /// Done at this time or later.
    pub from: Option<DateTime<Utc>>,
    /// Done before this time.
    pub to: Option<DateTime<Utc>>,
}
