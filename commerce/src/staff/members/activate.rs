//! Members of staff leave, and come back.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::StaffMemberId, staff_member};

use super::{Member, last_administrator::ensure_another, locked};
use crate::{
    Context, Result, Shop, Tx,
    error::expect_version,
    staff::{audit::audit, permission::require_within, require_person, sessions},
};

/// Lets a member of staff in no more: their sessions end at once, with whatever is open under them.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the member may; `LAST_ADMINISTRATOR`; `NOT_FOUND`;
/// `VERSION_CONFLICT`.
pub async fn deactivate(
    shop: &Shop,
    context: &Context,
    id: StaffMemberId,
    expected_version: Option<i64>,
) -> Result<Member> {
    require_person(context)?;
    shop.transact(context, |tx| async move {
        let member = locked(&tx, id).await?;
        require_within(context, member.permissions(), &["id"])?;
        if !member.row.active {
            return Ok(member);
        }
        expect_version("member of staff", member.row.version, expected_version)?;
        ensure_another(&tx, &member.row, &["id"]).await?;
        let member = write(&tx, member, false).await?;
        sessions::end(&tx, id, None).await?;
        audit(
            &tx,
            "staff.deactivate",
            id.to_string(),
            json!({ "name": member.row.name }),
        )
        .await?;
        Ok(member)
    })
    .await
}

/// Lets a member of staff in again, with the password and the role that they had.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the member may; `NOT_FOUND`; `VERSION_CONFLICT`.
pub async fn reactivate(
    shop: &Shop,
    context: &Context,
    id: StaffMemberId,
    expected_version: Option<i64>,
) -> Result<Member> {
    require_person(context)?;
    shop.transact(context, |tx| async move {
        let member = locked(&tx, id).await?;
        require_within(context, member.permissions(), &["id"])?;
        if member.row.active {
            return Ok(member);
        }
        expect_version("member of staff", member.row.version, expected_version)?;
        let member = write(&tx, member, true).await?;
        audit(
            &tx,
            "staff.reactivate",
            id.to_string(),
            json!({ "name": member.row.name }),
        )
        .await?;
        Ok(member)
    })
    .await
}

async fn write(tx: &Tx, member: Member, active: bool) -> Result<Member> {
    let row = staff_member::Model {
        active,
        version: member.row.version + 1,
        ..member.row
    };
    let row = row.into_active_model().reset_all().update(tx.db()).await?;
    Ok(Member { row, ..member })
}
