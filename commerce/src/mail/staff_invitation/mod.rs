//! The mail that asks somebody to work here.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::StaffInvitationId, staff_invitation};

use crate::{
    Shop,
    jobs::JobError,
    language::{Message, Value, messages},
    mail::{
        render::{Letter, render, templates},
        words::{one_line, own_language},
    },
    outbox::Lease,
    ports::mailer::Mail,
    staff::invitations,
};

/// What is offered, and where to accept. Every text is a single line.
pub(super) struct Invitation {
    pub(super) shop_name: String,
    pub(super) link: String,
    pub(super) expires: Value,
}

templates! { Invitation: "staff_invitation/body.txt", "staff_invitation/body.html" }

impl Letter for Invitation {
    fn subject(&self) -> Message {
        messages::staff_invitation_subject(&self.shop_name)
    }

    fn heading(&self) -> Message {
        messages::staff_invitation_heading()
    }
}

/// Each sending is a mail of its own: its job's id is the mail's. One that was withdrawn meanwhile stays unsent.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: StaffInvitationId) -> Result<Option<Mail>, JobError> {
    let row = staff_invitation::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| invitations::is_open(shop, row)) else {
        return Ok(None);
    };
    let shown = Invitation {
        shop_name: one_line(&shop.profile().name),
        link: invitations::url(shop, &row),
        expires: (row.expires_at, shop.profile().time_zone).into(),
    };
    Ok(Some(render(
        &shown,
        &own_language(shop),
        lease.id.to_string(),
        &row.email,
    )?))
}
