//! Members of staff set their second factor up and give it up; others reset one whose device is lost.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::StaffMemberId, staff_second_factor};

use super::{
    codes,
    prove::{Proof, look_at, prove},
    recovery,
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    ports::event_bus::Topic,
    staff::{
        audit::audit,
        members::{self, Member},
        myself, passwords,
        permission::require_within,
        require_person, sessions,
    },
};

/// What an authenticator app is given, once.
pub struct Setup {
    /// Base 32, to be typed.
    pub secret: String,
    /// `otpauth://…`, to be shown as a QR code.
    pub url: String,
}

/// Begins to set a second factor up for whoever is signed in. It is asked for once it is [confirmed](confirm).
///
/// # Errors
/// `WRONG_CREDENTIALS`; `INVALID` where there is one already; `UNAUTHENTICATED`, `FORBIDDEN` for whoever is no
/// member of staff.
pub async fn set_up(shop: &Shop, context: &Context, password: &str) -> Result<Setup> {
    let id = myself(context)?;
    passwords::verify_own(shop, context, id, password, &["password"]).await?;
    shop.transact(context, |tx| async move {
        let member = members::locked(&tx, id).await?;
        if member.has_second_factor {
            let message = messages::second_factor_there();
            return Err(Refusal::new(ErrorCode::Invalid, message).into());
        }
        staff_second_factor::Entity::delete_by_id(id).exec(tx.db()).await?;
        let mut nonce = vec![0; 16];
        shop.ids.fill(&mut nonce);
        let row = staff_second_factor::Model {
            staff_member_id: id,
            nonce,
            confirmed_at: None,
            last_step: 0,
            failures: 0,
            blocked_until: None,
            created_at: shop.now(),
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        let (secret, url) = codes::shown(shop, &row, &member.row.email)?;
        Ok(Setup { secret, url })
    })
    .await
}

/// Proves that the authenticator app has the secret: from now on its codes are asked for. Gives ten recovery
/// codes, once.
///
/// # Errors
/// `INVALID` where none was begun; those of a wrong code; `UNAUTHENTICATED`, `FORBIDDEN` for whoever is no member
/// of staff.
pub async fn confirm(shop: &Shop, context: &Context, code: &str) -> Result<Vec<String>> {
    let id = myself(context)?;
    let outcome = shop.transact(context, |tx| async move {
        let row = tx.lock::<staff_second_factor::Entity>(id).await?;
        let begun = row.filter(|row| row.confirmed_at.is_none()).ok_or_else(|| {
            let message = messages::second_factor_nothing_to_confirm();
            Error::from(Refusal::new(ErrorCode::Invalid, message))
        })?;
        if let Err(refused) = look_at(&tx, begun, code).await?.refused() {
            return Ok(Err(refused));
        }
        let row = staff_second_factor::Entity::find_by_id(id).one(tx.db()).await?;
        let row = row.ok_or_else(|| Refusal::not_found("second factor"))?;
        let confirmed = staff_second_factor::Model {
            confirmed_at: Some(shop.now()),
            ..row
        };
        confirmed.into_active_model().reset_all().update(tx.db()).await?;
        // What their role may do may begin here.
        tx.announce(Topic::StaffMember(id));
        audit(&tx, "staff.two_factor_enable", id.to_string(), json!({})).await?;
        Ok(Ok(recovery::make(&tx, id).await?))
    });
    outcome.await?
}

/// Gives up the second factor of whoever is signed in.
///
/// # Errors
/// `WRONG_CREDENTIALS`; those of a wrong code; `FORBIDDEN` where their role requires one; `UNAUTHENTICATED`.
pub async fn disable(shop: &Shop, context: &Context, password: &str, code: &str) -> Result<Member> {
    let id = myself(context)?;
    passwords::verify_own(shop, context, id, password, &["password"]).await?;
    let outcome = shop.transact(context, |tx| async move {
        let member = members::locked(&tx, id).await?;
        if member.role.two_factor_required {
            let message = messages::role_requires_second_factor(&member.role.name);
            return Err(Refusal::new(ErrorCode::Forbidden, message).into());
        }
        let proof = prove(&tx, id, Some(code)).await?;
        if proof == Proof::NotNeeded {
            return Ok(Ok(member));
        }
        if let Err(refused) = proof.refused() {
            return Ok(Err(refused));
        }
        let member = forget(&tx, member).await?;
        audit(&tx, "staff.two_factor_disable", id.to_string(), json!({})).await?;
        Ok(Ok(member))
    });
    outcome.await?
}

/// Takes away the second factor of a member of staff who has lost their device and their recovery codes. Their
/// sessions end.
///
/// # Errors
/// `FORBIDDEN` for whoever may not do all that the member may, and for one's own; `NOT_FOUND`.
pub async fn reset_of(shop: &Shop, context: &Context, id: StaffMemberId) -> Result<Member> {
    require_person(context)?;
    if myself(context).is_ok_and(|own| own == id) {
        let message = messages::second_factor_own_code();
        return Err(Refusal::new(ErrorCode::Forbidden, message).at(&["id"]).into());
    }
    shop.transact(context, |tx| async move {
        let member = members::locked(&tx, id).await?;
        require_within(context, member.permissions(), &["id"])?;
        let member = forget(&tx, member).await?;
        sessions::end(&tx, id, None).await?;
        audit(&tx, "staff.two_factor_reset", id.to_string(), json!({})).await?;
        Ok(member)
    })
    .await
}

async fn forget(tx: &Tx, member: Member) -> Result<Member> {
    let id = member.row.id;
    recovery::forget(tx, id).await?;
    staff_second_factor::Entity::delete_by_id(id).exec(tx.db()).await?;
    tx.announce(Topic::StaffMember(id));
    Ok(Member {
        has_second_factor: false,
        ..member
    })
}
