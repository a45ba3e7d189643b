use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::{Permissions, members::Member, sessions};
use vitrine_entity::staff_member;

use super::role::{Permission, Role, listed};
use crate::{
    graphql::{
        session::active::ActiveSession,
        shared::{ContextExt, Result, connection, int},
    },
    ids,
};

/// Which of the roles that every shop has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum StaffRole {
    /// May do everything.
    Administrator,
    /// Packs and sends: sees and dispatches orders, counts stock.
    Fulfilment,
    /// A role of the shop's own: see `assignedRole`.
    Custom,
}

/// A member of staff.
#[derive(Debug, Clone)]
pub struct StaffMember(pub Member);

connection! { StaffMemberConnection, StaffMemberEdge, StaffMember }

/// A member of staff. Oneself, and for staff with the permission `STAFF` everybody who works here or did.
#[Object]
impl StaffMember {
    /// Names the member of staff.
    pub async fn id(&self) -> ID {
        ids::public(self.0.row.id)
    }

    /// Their mail address, in lower case.
    async fn email(&self) -> &str {
        &self.0.row.email
    }

    /// What they are called.
    async fn name(&self) -> &str {
        &self.0.row.name
    }

    /// In which language they read (BCP 47): `staffLanguageSet`. Null where they have not said so.
    async fn language(&self) -> Option<&str> {
        self.0.row.language.as_deref()
    }

    /// What they are here for.
    #[graphql(deprecation = "Roles can be the shop's own: ask for `assignedRole`.")]
    async fn role(&self) -> StaffRole {
        match (self.0.row.role_id, self.0.row.role) {
            (Some(_), _) => StaffRole::Custom,
            (None, staff_member::StaffRole::Administrator) => StaffRole::Administrator,
            (None, staff_member::StaffRole::Fulfilment) => StaffRole::Fulfilment,
        }
    }

    /// What they are here for.
    async fn assigned_role(&self) -> Role {
        Role(self.0.role.clone())
    }

    /// What they may do: what their role may, unless it requires a second factor that they do not have.
    async fn permissions(&self) -> Vec<Permission> {
        listed(match self.lacks_second_factor() {
            true => Permissions::NONE,
            false => self.0.permissions(),
        })
    }

    /// Whether they may sign in.
    async fn active(&self) -> bool {
        self.0.row.active
    }

    /// Whether they prove a second factor when they sign in.
    async fn two_factor_enabled(&self) -> bool {
        self.0.has_second_factor
    }

    /// Whether their role gives nothing until they have set a second factor up: `staffTwoFactorSetup`.
    async fn two_factor_missing(&self) -> bool {
        self.lacks_second_factor()
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        int(self.0.row.version)
    }

    /// Where they are signed in, the newest first, at most 100. Their own, and for staff with the permission `STAFF`
    /// anybody's.
    #[graphql(complexity = "5 + 10 * child_complexity")]
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Option<Vec<ActiveSession>>> {
        let sessions = sessions::list(ctx.shop(), ctx.caller(), self.0.row.id).await?;
        Ok(Some(sessions.into_iter().map(ActiveSession).collect()))
    }

    /// Since when they work here.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.row.created_at
    }
}

impl StaffMember {
    fn lacks_second_factor(&self) -> bool {
        self.0.role.two_factor_required && !self.0.has_second_factor
    }
}

/// Restricts a list of members of staff. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct StaffMemberWhere {
    /// Whether they may sign in.
    pub active: Option<bool>,
    /// Their role.
    pub role_id: Option<ID>,
    /// A part of their name or mail address.
    pub query: Option<String>,
}
