//! A member of staff chooses another password.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::StaffMemberId, staff_member};

use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    customers::password,
    language::messages,
    limits::account,
    sql,
    staff::{
        audit::audit,
        members::{self, Member},
        myself, sessions,
    },
};

/// The one that they have, and the one that they want. It has no `Debug`: it holds passwords.
#[derive(Clone)]
pub struct PasswordChange {
    pub current: String,
    pub new: String,
}

/// Changes the password of whoever is signed in. Their other sessions end.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN` for whoever is no member of staff; `WRONG_CREDENTIALS`; `WEAK_PASSWORD`.
pub async fn change(shop: &Shop, context: &Context, input: PasswordChange) -> Result<Member> {
    let id = myself(context)?;
    let member = members::find(shop, id).await?.ok_or_else(gone)?;
    password::check(&["newPassword"], &input.new, &[&member.row.email, &member.row.name])?;
    verify_own(shop, context, id, &input.current, &["currentPassword"]).await?;
    let password_hash = &password::hash(shop, context, &input.new).await?;
    shop.transact(context, |tx| async move {
        set(&tx, id, password_hash).await?;
        sessions::end(&tx, id, context.session).await?;
        audit(&tx, "staff.password_change", id.to_string(), json!({})).await
    })
    .await?;
    Ok(members::find(shop, id).await?.ok_or_else(gone)?)
}

fn gone() -> Fault {
    Fault::Other("a member of staff is gone".to_owned(), None)
}

/// # Errors
/// `WRONG_CREDENTIALS`, at `field`; `RATE_LIMITED`.
pub(in crate::staff) async fn verify_own(
    shop: &Shop,
    context: &Context,
    id: StaffMemberId,
    given: &str,
    field: &[&str],
) -> Result<()> {
    let row = staff_member::Entity::find_by_id(id).one(&shop.db).await?;
    let email = row.as_ref().map_or("", |row| row.email.as_str());
    let attempt = account::attempt(shop, context, email).await?;
    let hash = row.as_ref().map(|row| row.password_hash.as_str());
    if password::verify(context, given, hash).await? {
        attempt.succeeded(shop).await;
        return Ok(());
    }
    Err(Refusal::new(ErrorCode::WrongCredentials, messages::wrong_password())
        .at(field)
        .into())
}

/// Writes the hash of a member's new password.
pub(super) async fn set(tx: &Tx, id: StaffMemberId, password_hash: &str) -> Result<()> {
    let row = tx.lock::<staff_member::Entity>(id).await?;
    let row = row.ok_or_else(|| Refusal::not_found("member of staff"))?;
    let row = staff_member::Model {
        password_hash: password_hash.to_owned(),
        version: row.version + 1,
        ..row
    };
    row.into_active_model().reset_all().update(tx.db()).await?;
    // A link that went out before, or a code that a provider sent somebody back with, may be of whoever it is changed for.
    let links = "update staff_password_reset set used_at = $2 where staff_member_id = $1 and used_at is null";
    sql::execute(tx.db(), links, [id.into(), tx.shop().now().into()]).await?;
    let codes = "delete from identity_handshake where identity_id in \
                 (select id from identity where staff_member_id = $1)";
    sql::execute(tx.db(), codes, [id.into()]).await?;
    Ok(())
}
