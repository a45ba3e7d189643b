//! The mail that asks somebody to work here.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::StaffInvitationId, staff_invitation};

use crate::{
    Shop,
    jobs::JobError,
    mail::{
        render::{render, templates},
        words::{moment, one_line},
    },
    outbox::Lease,
    ports::mailer::Mail,
    staff::invitations,
};

/// What is offered, and where to accept. Every text is a single line.
struct Invitation {
    shop_name: String,
    link: String,
    expires: String,
}

templates! { Invitation: "staff_invitation/subject.txt", "staff_invitation/body.txt", "staff_invitation/body.html" }

/// Each sending is a mail of its own: its job's id is the mail's. One that was withdrawn meanwhile stays unsent.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: StaffInvitationId) -> Result<Option<Mail>, JobError> {
    let row = staff_invitation::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| invitations::is_open(shop, row)) else {
        return Ok(None);
    };
    let shown = Invitation {
        shop_name: one_line(&shop.profile().name),
        link: invitations::url(shop, &row),
        expires: moment(row.expires_at, shop.profile().time_zone),
    };
    Ok(Some(render(&shown, lease.id.to_string(), &row.email)?))
}
