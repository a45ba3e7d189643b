//! The record of what staff and apps did, append-only.

mod export;
mod list;

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use vitrine_entity::{
    ids::{StaffAuditId, StaffMemberId},
    staff_audit,
};

pub(crate) use self::list::of_object;
pub use self::{
    export::export,
    list::{AuditFilter, entries},
};
use crate::{Result, Tx, Viewer};

/// Records what a member of staff or an app did, in the transaction in which they did it, and what the shop
/// itself did (its command line) in their place; does nothing for shoppers. `action` names noun and verb
/// (`order.cancel`), `object` is the public id.
pub async fn audit(tx: &Tx, action: &str, object: String, data: serde_json::Value) -> Result<()> {
    match tx.context().viewer {
        Viewer::Guest | Viewer::Customer(_) => Ok(()),
        viewer => write(tx, viewer, action, object, data).await,
    }
}

/// As [`audit`], of a member of staff who acts for themselves before they are signed in.
pub(crate) async fn audit_of(
    tx: &Tx,
    member: StaffMemberId,
    action: &str,
    object: String,
    data: serde_json::Value,
) -> Result<()> {
    let viewer = Viewer::Staff(member, super::Permissions::NONE);
    write(tx, viewer, action, object, data).await
}

async fn write(tx: &Tx, viewer: Viewer, action: &str, object: String, data: serde_json::Value) -> Result<()> {
    let (staff_member_id, app_id) = viewer.worker();
    let row = staff_audit::ActiveModel {
        id: Set(StaffAuditId(tx.shop().new_id())),
        staff_member_id: Set(staff_member_id),
        action: Set(action.to_owned()),
        object: Set(object),
        data: Set(data),
        created_at: Set(tx.shop().now()),
        app_id: Set(app_id),
    };
    row.insert(tx.db()).await?;
    Ok(())
}
