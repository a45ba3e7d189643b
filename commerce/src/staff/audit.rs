//! The record of what staff did.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use vitrine_entity::{ids::StaffAuditId, staff_audit};

use crate::{Result, Tx, Viewer};

/// Records what a member of staff did, in the transaction in which they did it; does nothing for
/// anybody else. `action` names noun and verb (`order.cancel`), `object` is the public id.
pub async fn audit(tx: &Tx, action: &str, object: String, data: serde_json::Value) -> Result<()> {
    let Viewer::Staff(staff, _) = tx.context().viewer else {
        return Ok(());
    };
    let row = staff_audit::ActiveModel {
        id: Set(StaffAuditId(tx.shop().new_id())),
        staff_member_id: Set(staff),
        action: Set(action.to_owned()),
        object: Set(object),
        data: Set(data),
        created_at: Set(tx.shop().now()),
    };
    row.insert(tx.db()).await?;
    Ok(())
}
