//! Invites somebody, again where the mail was lost, and calls that back.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{StaffInvitationId, StaffRoleId},
    staff_invitation::{self, Column},
    staff_member,
};

use super::{Invitation, LIFETIME};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    notifications,
    staff::{audit::audit, permission::require_within, require_person, roles},
    text,
    turn::{self, Turn},
};

/// The most invitations that nobody has answered.
const OPEN_MAX: u64 = 100;

/// How often one is sent, and the pause in between: nobody's mailbox is filled from here.
const SENDS_MAX: i32 = 10;
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Who is invited, and to what.
#[derive(Debug, Clone)]
pub struct Invite {
    pub email: String,
    pub role: StaffRoleId,
}

/// Invites somebody to work here.
///
/// # Errors
/// `FORBIDDEN` without the permission for staff, and for a role that may more than the caller; `EMAIL_TAKEN` where
/// they work here, or did; `TAKEN` where they are invited already; `INVALID`; `NOT_FOUND`.
pub async fn invite(shop: &Shop, context: &Context, input: Invite) -> Result<Invitation> {
    require_person(context)?;
    let email = &text::email(&["email"], &input.email)?;
    shop.transact(context, |tx| async move {
        let role = roles::given(&tx, input.role, &["roleId"]).await?;
        require_within(context, roles::permissions(&role), &["roleId"])?;
        refuse_known(&tx, email).await?;
        withdraw_expired(&tx, email).await?;
        let now = shop.now();
        let row = staff_invitation::Model {
            id: StaffInvitationId(shop.new_id()),
            email: email.clone(),
            role_id: role.id,
            invited_by: context.viewer.actor(),
            sends: 1,
            created_at: now,
            sent_at: now,
            expires_at: now + LIFETIME,
            accepted_at: None,
            withdrawn_at: None,
            staff_member_id: None,
        };
        let inserted = row.into_active_model().insert(tx.db()).await;
        let row = inserted.map_err(|error| match crate::transaction::is_unique_violation(&error) {
            true => already_invited().into(),
            false => crate::Error::from(error),
        })?;
        notifications::tell_of_staff_invitation(&tx, row.id);
        let data = json!({ "email": row.email, "role": role.handle });
        audit(&tx, "staff.invite", row.id.to_string(), data).await?;
        Ok(Invitation { row, role })
    })
    .await
}

/// Sends the mail again, with a new link: the one before opens nothing any more.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND` unless it waits for an answer; `TOO_MANY_ATTEMPTS`.
pub async fn resend(shop: &Shop, context: &Context, id: StaffInvitationId) -> Result<Invitation> {
    require_person(context)?;
    shop.transact(context, |tx| async move {
        let Invitation { row, role } = unanswered(&tx, context, id).await?;
        let now = shop.now();
        if row.sends >= SENDS_MAX || now < row.sent_at + PAUSE {
            let message = messages::invitation_sent_enough(row.sends);
            return Err(Refusal::new(ErrorCode::TooManyAttempts, message).at(&["id"]).into());
        }
        let row = staff_invitation::Model {
            sends: row.sends + 1,
            sent_at: now,
            expires_at: now + LIFETIME,
            ..row
        };
        let row = row.into_active_model().reset_all().update(tx.db()).await?;
        notifications::tell_of_staff_invitation(&tx, row.id);
        audit(
            &tx,
            "staff.invitation_resend",
            id.to_string(),
            json!({ "email": row.email }),
        )
        .await?;
        Ok(Invitation { row, role })
    })
    .await
}

/// Calls an invitation back: its link opens nothing any more. One that was called back stays so.
///
/// # Errors
/// `FORBIDDEN`; `NOT_FOUND`, also of one that was accepted.
pub async fn withdraw(shop: &Shop, context: &Context, id: StaffInvitationId) -> Result<Invitation> {
    require_person(context)?;
    shop.transact(context, |tx| async move {
        let Invitation { row, role } = unaccepted(&tx, context, id).await?;
        if row.withdrawn_at.is_some() {
            return Ok(Invitation { row, role });
        }
        let row = staff_invitation::Model {
            withdrawn_at: Some(shop.now()),
            ..row
        };
        let row = row.into_active_model().reset_all().update(tx.db()).await?;
        audit(
            &tx,
            "staff.invitation_withdraw",
            id.to_string(),
            json!({ "email": row.email }),
        )
        .await?;
        Ok(Invitation { row, role })
    })
    .await
}

/// One that waits for an answer, be it too late for it, locked.
async fn unanswered(tx: &Tx, context: &Context, id: StaffInvitationId) -> Result<Invitation> {
    let invitation = unaccepted(tx, context, id).await?;
    match invitation.row.withdrawn_at {
        None => Ok(invitation),
        Some(_) => Err(missing().into()),
    }
}

/// One that nobody has accepted, withdrawn or not, locked.
async fn unaccepted(tx: &Tx, context: &Context, id: StaffInvitationId) -> Result<Invitation> {
    let row = tx.lock::<staff_invitation::Entity>(id).await?;
    let row = row.filter(|row| row.accepted_at.is_none()).ok_or_else(missing)?;
    let role = roles::given(tx, row.role_id, &["id"]).await?;
    require_within(context, roles::permissions(&role), &["id"])?;
    Ok(Invitation { row, role })
}

fn missing() -> Refusal {
    Refusal::not_found("open invitation").at(&["id"])
}

async fn refuse_known(tx: &Tx, email: &str) -> Result<()> {
    let member = staff_member::Entity::find()
        .filter(staff_member::Column::Email.eq(email))
        .one(tx.db())
        .await?;
    if let Some(member) = member {
        let message = match member.active {
            true => messages::member_there(&member.name),
            false => messages::member_was_there(&member.name),
        };
        return Err(Refusal::new(ErrorCode::EmailTaken, message).at(&["email"]).into());
    }
    turn::take(tx, Turn::Invitations).await?;
    let open = staff_invitation::Entity::find()
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.shop().now()));
    if open
        .clone()
        .filter(Column::Email.eq(email))
        .one(tx.db())
        .await?
        .is_some()
    {
        return Err(already_invited().into());
    }
    if open.count(tx.db()).await? >= OPEN_MAX {
        let message = messages::invitations_open_max(OPEN_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    Ok(())
}

fn already_invited() -> Refusal {
    let message = messages::invited_already();
    Refusal::new(ErrorCode::Taken, message).at(&["email"])
}

/// What nobody answered in time makes room for the next.
async fn withdraw_expired(tx: &Tx, email: &str) -> Result<()> {
    let now = tx.shop().now();
    staff_invitation::Entity::update_many()
        .col_expr(Column::WithdrawnAt, sea_orm::sea_query::Expr::value(now))
        .filter(Column::Email.eq(email))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::WithdrawnAt.is_null())
        .filter(Column::ExpiresAt.lte(now))
        .exec(tx.db())
        .await?;
    Ok(())
}
