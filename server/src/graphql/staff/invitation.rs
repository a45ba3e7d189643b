use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::invitations::{Invitation, is_open};

use super::role::Role;
use crate::{
    graphql::shared::{ContextExt, connection},
    ids,
};

/// Somebody who was asked by mail to work here.
#[derive(Debug, Clone)]
pub struct StaffInvitation(pub Invitation);

connection! { StaffInvitationConnection, StaffInvitationEdge, StaffInvitation }

/// Somebody who was asked by mail to work here. For staff with the permission `STAFF`.
#[Object]
impl StaffInvitation {
    /// Names the invitation.
    async fn id(&self) -> ID {
        ids::public(self.0.row.id)
    }

    /// Where the mail goes, in lower case.
    async fn email(&self) -> &str {
        &self.0.row.email
    }

    /// What they would be here for.
    async fn role(&self) -> Role {
        Role(self.0.role.clone())
    }

    /// Whether the link of the last mail opens.
    async fn open(&self, ctx: &Context<'_>) -> bool {
        is_open(ctx.shop(), &self.0.row)
    }

    /// Until when it opens.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.row.expires_at
    }

    /// When the last mail was sent.
    async fn sent_at(&self) -> DateTime<Utc> {
        self.0.row.sent_at
    }

    /// When it was withdrawn, where it was.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.row.withdrawn_at
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.row.created_at
    }
}
