//! Who was invited, page by page.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::StaffInvitationId,
    staff_invitation::{self, Column},
    staff_role,
};

use super::Invitation;
use crate::{
    Context, Fault, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    staff::permission::{self, Permission},
};

/// Invitations that nobody has answered, newest first.
///
/// # Errors
/// Refuses whoever may not see who works here.
pub async fn list(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<Invitation>> {
    permission::require_or_system(context, Permission::Staff)?;
    let window: Window<StaffInvitationId> = page.window()?;
    let query = staff_invitation::Entity::find()
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::WithdrawnAt.is_null());
    let query = match (window.cursor, window.backward) {
        (Some(last), false) => query.filter(Column::Id.lt(last)),
        (Some(last), true) => query.filter(Column::Id.gt(last)),
        (None, _) => query,
    };
    let query = match window.backward {
        false => query.order_by_desc(Column::Id),
        true => query.order_by_asc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    let roles = staff_role::Entity::find()
        .filter(staff_role::Column::Id.is_in(rows.iter().map(|row| row.role_id)))
        .all(&shop.db)
        .await?;
    let with_role = |row: staff_invitation::Model| {
        let role = roles.iter().find(|role| role.id == row.role_id).cloned();
        let role = role.ok_or_else(|| Fault::Corrupt {
            table: "staff_invitation",
            column: "role_id",
            id: row.id.to_string(),
        })?;
        Ok::<_, Fault>(Invitation { row, role })
    };
    let invitations = rows.into_iter().map(with_role).collect::<Result<Vec<_>, _>>()?;
    Ok(window.page(invitations, |invitation| write_cursor(&invitation.row.id)))
}
