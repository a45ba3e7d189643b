//! Changes a member of staff.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{StaffMemberId, StaffRoleId},
    staff_member,
};

use super::{Member, last_administrator::ensure_another, locked, stored};
use crate::{
    Context, Result, Shop,
    customers::sign_up::NAME_LENGTH_MAX,
    error::expect_version,
    ports::event_bus::Topic,
    staff::{audit::audit, permission::require_within, require_person, roles},
    text,
};

/// A change of a member of staff; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct MemberUpdate {
    pub member: StaffMemberId,
    /// The member's version that was seen.
    pub expected_version: Option<i64>,
    pub name: Option<String>,
    pub role: Option<StaffRoleId>,
}

/// Changes a member of staff. What they may do changes at once, also where they are signed in.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the member may, before and after; `LAST_ADMINISTRATOR`;
/// `NOT_FOUND`; `INVALID`; `VERSION_CONFLICT`.
pub async fn update(shop: &Shop, context: &Context, input: MemberUpdate) -> Result<Member> {
    require_person(context)?;
    let name = input
        .name
        .as_deref()
        .map(|name| text::line(&["name"], name, NAME_LENGTH_MAX));
    let name = &name.transpose()?;
    let input = &input;
    shop.transact(context, |tx| async move {
        // The role first, as everywhere: who deletes it and who gives it wait for each other in one order.
        let role = match input.role {
            Some(role) => Some(roles::given(&tx, role, &["roleId"]).await?),
            None => None,
        };
        let before = locked(&tx, input.member).await?;
        expect_version("member of staff", before.row.version, input.expected_version)?;
        require_within(context, before.permissions(), &["id"])?;
        let role = role.unwrap_or_else(|| before.role.clone());
        require_within(context, roles::permissions(&role), &["roleId"])?;
        let (stored_role, role_id) = stored(&role);
        let after = staff_member::Model {
            name: name.clone().unwrap_or_else(|| before.row.name.clone()),
            role: stored_role,
            role_id,
            ..before.row.clone()
        };
        if after == before.row {
            return Ok(before);
        }
        if role.id != before.role.id {
            ensure_another(&tx, &before.row, &["roleId"]).await?;
        }
        let after = staff_member::Model {
            version: before.row.version + 1,
            ..after
        };
        let row = after.into_active_model().reset_all().update(tx.db()).await?;
        tx.announce(Topic::StaffMember(row.id));
        let said = |name: &str, role: &str| json!({ "name": name, "role": role });
        let data =
            json!({ "before": said(&before.row.name, &before.role.handle), "after": said(&row.name, &role.handle) });
        audit(&tx, "staff.update", row.id.to_string(), data).await?;
        Ok(Member { row, role, ..before })
    })
    .await
}
