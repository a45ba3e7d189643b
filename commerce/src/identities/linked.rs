//! The accounts at providers by which a member of staff signs in.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use vitrine_entity::{identity, ids::IdentityId};

use crate::{
    Context, Refusal, Result, Shop, sql,
    staff::{audit, myself},
};

/// The most of one member that are listed.
const LISTED_MAX: u64 = 100;

/// How long it is known that a way was ended: longer than any may take.
const KEPT: TimeDelta = TimeDelta::days(1);

/// Those of whoever is signed in as a member of staff, the newest first.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN` for whoever is no member of staff.
pub async fn linked(shop: &Shop, context: &Context) -> Result<Vec<identity::Model>> {
    let own = identity::Entity::find()
        .filter(identity::Column::StaffMemberId.eq(myself(context)?))
        .order_by_desc(identity::Column::Id)
        .limit(LISTED_MAX);
    Ok(own.all(&shop.db).await?)
}

/// Takes one of them away: it lets nobody in any more, unless its mail address does anew. Sessions go on.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN` for whoever is no member of staff; `NOT_FOUND`.
pub async fn unlink(shop: &Shop, context: &Context, id: Option<IdentityId>) -> Result<()> {
    let member = myself(context)?;
    let missing = || Refusal::not_found("identity").at(&["id"]);
    let id = id.ok_or_else(missing)?;
    shop.transact(context, |tx| async move {
        let sql = "delete from identity_handshake where identity_id in \
                   (select id from identity where id = $1 and staff_member_id = $2)";
        sql::execute(tx.db(), sql, [id.into(), member.into()]).await?;
        let deleted = identity::Entity::delete_many()
            .filter(identity::Column::Id.eq(id))
            .filter(identity::Column::StaffMemberId.eq(member))
            .exec(tx.db())
            .await?;
        if deleted.rows_affected == 0 {
            return Err(missing().into());
        }
        audit(
            &tx,
            "staff.identity_unlink",
            member.to_string(),
            json!({ "identity": id }),
        )
        .await
    })
    .await
}

/// Deletes what is over, a bounded number at a time. Gives how many.
pub async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from identity_handshake where id in \
               (select id from identity_handshake where created_at < $1 order by created_at limit 1000)";
    Ok(sql::execute(&shop.db, sql, [(shop.now() - KEPT).into()]).await?)
}
