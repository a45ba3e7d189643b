//! The sign-ins of a member of staff, as others end them.

use vitrine_entity::ids::{SessionId, StaffMemberId};

use crate::{Result, Tx, ports::event_bus::Topic, sql};

/// Ends every session of `member` but `kept`, and what is open under them.
pub(super) async fn end(tx: &Tx, member: StaffMemberId, kept: Option<SessionId>) -> Result<()> {
    let others = if kept.is_some() { "and id <> $3" } else { "" };
    let sql = format!("update session set revoked_at = $2 where staff_member_id = $1 and revoked_at is null {others}");
    let mut values = vec![member.into(), tx.shop().now().into()];
    values.extend(kept.map(Into::into));
    sql::execute(tx.db(), &sql, values).await?;
    tx.announce(Topic::StaffMember(member));
    Ok(())
}
