//! A member of staff who has forgotten their password gets a link by mail, and sets a new one.
//!
//! Asking answers and takes the same whether or not the address is known.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{IdentityId, StaffMemberId, StaffPasswordResetId},
    staff_member,
    staff_password_reset::{self, Column},
};

use super::change::set;
use crate::{
    Context, Refusal, Result, Shop, Tx,
    customers::{link, password},
    limits, notifications, sql,
    staff::{audit, sessions},
    text,
};

/// How long the link of a mail opens.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// The most mails to one address within an hour: nobody's mailbox is filled from here.
const MAILS_MAX: u64 = 3;

/// How long a row is kept after its link has expired.
const KEPT: TimeDelta = TimeDelta::days(1);

const PURPOSE: &str = "staff-password-reset:";

/// A new password. It has no `Debug`.
#[derive(Clone)]
pub struct PasswordReset {
    /// The one of the mail's link.
    pub token: String,
    pub password: String,
}

/// Sends a link to whoever has the address, if a member of staff has it. Answers alike for every address.
///
/// # Errors
/// `INVALID` for what is no address at all; `RATE_LIMITED`.
pub async fn request(shop: &Shop, context: &Context, email: &str) -> Result<()> {
    let email = &text::email(&["email"], email)?;
    limits::account::mail(shop, limits::Kind::Reset, email).await?;
    shop.transact(context, |tx| async move {
        let member = staff_member::Entity::find()
            .filter(staff_member::Column::Email.eq(email))
            .filter(staff_member::Column::Active.eq(true))
            .one(tx.db())
            .await?;
        let member = member.map(|member| member.id);
        let is_enough = mails_lately(&tx, member).await? >= MAILS_MAX;
        let now = shop.now();
        let row = staff_password_reset::Model {
            id: StaffPasswordResetId(shop.new_id()),
            staff_member_id: member.filter(|_| !is_enough),
            created_at: now,
            expires_at: now + LIFETIME,
            used_at: None,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        // For nobody's, too: the job finds that there is nothing to send.
        notifications::tell_of_staff_password_reset(&tx, row.id);
        Ok(())
    })
    .await
}

/// Sets a new password by a mail's link. All sessions end, and accounts at providers let nobody in any more: whoever it
/// is reset for may have linked one. Theirs comes back when they sign in there with their address. The second factor
/// stays.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every token that opens nothing; `WEAK_PASSWORD`.
pub async fn reset(shop: &Shop, context: &Context, input: PasswordReset) -> Result<()> {
    let id = link::id_of::<StaffPasswordResetId>(&input.token).ok_or_else(dead)?;
    let row = staff_password_reset::Entity::find_by_id(id).one(&shop.db).await?;
    // Before a password is hashed: that costs us, and strangers come here.
    let is_valid = link::is_valid(shop, &input.token, PURPOSE, id, 0);
    let row = row.filter(|row| is_valid && is_open(shop, row)).ok_or_else(dead)?;
    let member = owner(shop, &row).await?;
    password::check(&["password"], &input.password, &[&member.email, &member.name])?;
    let password_hash = &password::hash(shop, context, &input.password).await?;
    shop.transact(context, |tx| async move {
        let member = use_up(&tx, id).await?;
        set(&tx, member, password_hash).await?;
        sessions::end(&tx, member, None).await?;
        unlink_identities(&tx, member).await?;
        audit::audit_of(&tx, member, "staff.password_reset", member.to_string(), json!({})).await
    })
    .await
}

/// Where whoever got the mail goes on.
pub fn url(shop: &Shop, id: StaffPasswordResetId) -> String {
    let template = &shop.settings.staff_url;
    link::url(template, "password-reset", &link::token(shop, PURPOSE, id, 0))
}

/// Whether its link opens.
pub fn is_open(shop: &Shop, row: &staff_password_reset::Model) -> bool {
    row.staff_member_id.is_some() && row.used_at.is_none() && row.expires_at > shop.now()
}

/// Deletes what expired a while ago, a bounded number at a time. Gives how many.
pub async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from staff_password_reset where id in \
               (select id from staff_password_reset where expires_at < $1 order by expires_at limit 1000)";
    shop.execute(sql, [(shop.now() - KEPT).into()]).await
}

/// Whose password it sets.
async fn owner(shop: &Shop, row: &staff_password_reset::Model) -> Result<staff_member::Model> {
    let id = row.staff_member_id.ok_or_else(dead)?;
    let member = staff_member::Entity::find_by_id(id).one(&shop.db).await?;
    Ok(member.ok_or_else(dead)?)
}

/// Uses the link up, and with it every other of theirs: of two who come at once, one.
async fn use_up(tx: &Tx, id: StaffPasswordResetId) -> Result<StaffMemberId> {
    let row = tx.lock::<staff_password_reset::Entity>(id).await?;
    let row = row.filter(|row| is_open(tx.shop(), row)).ok_or_else(dead)?;
    let member = row.staff_member_id.ok_or_else(dead)?;
    let leaver = staff_member::Entity::find_by_id(member).one(tx.db()).await?;
    if leaver.is_none_or(|member| !member.active) {
        return Err(dead().into());
    }
    staff_password_reset::Entity::update_many()
        .col_expr(Column::UsedAt, sea_orm::sea_query::Expr::value(tx.shop().now()))
        .filter(Column::StaffMemberId.eq(member))
        .filter(Column::UsedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(member)
}

async fn unlink_identities(tx: &Tx, member: StaffMemberId) -> Result<()> {
    let sql = "delete from identity where staff_member_id = $1 returning id";
    let unlinked: Vec<IdentityId> = sql::column(tx.db(), sql, [member.into()]).await?;
    for identity in unlinked {
        let data = json!({ "identity": identity });
        audit::audit_of(tx, member, "staff.identity_unlink", member.to_string(), data).await?;
    }
    Ok(())
}

/// Asked for nobody's address, too: it takes as long.
async fn mails_lately(tx: &Tx, member: Option<StaffMemberId>) -> Result<u64> {
    let nobody = StaffMemberId(uuid::Uuid::nil());
    let lately = staff_password_reset::Entity::find()
        .filter(Column::StaffMemberId.eq(member.unwrap_or(nobody)))
        .filter(Column::CreatedAt.gt(tx.shop().now() - LIFETIME));
    Ok(lately.count(tx.db()).await?)
}

fn dead() -> Refusal {
    link::dead("ask for a new mail.")
}
