//! The mail that lets a member of staff set a new password.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::StaffPasswordResetId, staff_member, staff_password_reset};

use crate::{
    Shop,
    jobs::JobError,
    language::{Message, Value, messages},
    mail::{
        render::{Letter, render, templates},
        words::{kept_language, one_line},
    },
    outbox::Lease,
    ports::mailer::Mail,
    staff::passwords,
};

/// Who asked, and where to go on. Every text is a single line.
pub(super) struct PasswordReset {
    pub(super) shop_name: String,
    pub(super) name: String,
    pub(super) link: String,
    pub(super) expires: Value,
}

templates! { PasswordReset: "staff_password_reset/body.txt", "staff_password_reset/body.html" }

impl Letter for PasswordReset {
    fn subject(&self) -> Message {
        messages::staff_reset_subject(&self.shop_name)
    }

    fn heading(&self) -> Message {
        messages::staff_reset_heading()
    }
}

/// `None` where nobody has the address that was given, or the link opens nothing any more.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: StaffPasswordResetId) -> Result<Option<Mail>, JobError> {
    let row = staff_password_reset::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| passwords::is_open(shop, row)) else {
        return Ok(None);
    };
    let Some(member) = row.staff_member_id else {
        return Ok(None);
    };
    let member = staff_member::Entity::find_by_id(member).one(&shop.db).await?;
    let Some(member) = member.filter(|member| member.active) else {
        return Ok(None);
    };
    let shown = PasswordReset {
        shop_name: one_line(&shop.profile().name),
        name: one_line(&member.name),
        link: passwords::url(shop, id),
        expires: (row.expires_at, shop.profile().time_zone).into(),
    };
    Ok(Some(render(
        &shown,
        &kept_language(shop, member.language.as_deref()),
        lease.id.to_string(),
        &member.email,
    )?))
}
