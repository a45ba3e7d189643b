//! The sign-ins of a member of staff, as others see and end them.

use serde_json::json;
use vitrine_entity::{
    ids::{SessionId, StaffMemberId},
    session as session_row,
};

use super::{
    audit::audit,
    members::{self, Member},
    permission::{self, Permission, require_within},
    require_person,
};
use crate::{
    Context, Result, Shop, Tx, Viewer,
    customers::{
        Holder,
        session::{self, Which},
    },
    ports::event_bus::Topic,
};

/// Ends every session of `member` but `kept`, and what is open under them.
pub(super) async fn end(tx: &Tx, member: StaffMemberId, kept: Option<SessionId>) -> Result<()> {
    let of = Holder::Staff(member);
    session::end(tx, Which::All { of, but: kept }).await?;
    // What they may do may have changed, too, where they have no session at all.
    tx.announce(Topic::StaffMember(member));
    Ok(())
}

/// The live sessions of a member of staff, the newest first: one's own, and for whoever has [`Permission::Staff`]
/// anybody's.
///
/// # Errors
/// `FORBIDDEN`, `UNAUTHENTICATED`.
pub async fn list(shop: &Shop, context: &Context, member: StaffMemberId) -> Result<Vec<session_row::Model>> {
    let is_own = matches!(context.viewer, Viewer::Staff(id, _) if id == member);
    if !is_own {
        permission::require_or_system(context, Permission::Staff)?;
    }
    session::of(shop, Holder::Staff(member)).await
}

/// Ends every session of a member of staff, as for one whose device is lost.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the member may; `NOT_FOUND`.
pub async fn end_of(shop: &Shop, context: &Context, id: StaffMemberId) -> Result<Member> {
    require_person(context)?;
    shop.transact(context, |tx| async move {
        let member = members::locked(&tx, id).await?;
        require_within(context, member.permissions(), &["id"])?;
        end(&tx, id, None).await?;
        audit(
            &tx,
            "staff.sessions_end",
            id.to_string(),
            json!({ "name": member.row.name }),
        )
        .await?;
        Ok(member)
    })
    .await
}
