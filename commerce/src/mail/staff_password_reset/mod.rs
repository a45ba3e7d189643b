//! The mail that lets a member of staff set a new password.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::StaffPasswordResetId, staff_member, staff_password_reset};

use crate::{
    Shop,
    jobs::JobError,
    mail::{
        render::{render, templates},
        words::{moment, one_line},
    },
    outbox::Lease,
    ports::mailer::Mail,
    staff::passwords,
};

/// Who asked, and where to go on. Every text is a single line.
struct PasswordReset {
    shop_name: String,
    name: String,
    link: String,
    expires: String,
}

templates! { PasswordReset: "staff_password_reset/subject.txt", "staff_password_reset/body.txt", "staff_password_reset/body.html" }

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
        expires: moment(row.expires_at, shop.profile().time_zone),
    };
    Ok(Some(render(&shown, lease.id.to_string(), &member.email)?))
}
