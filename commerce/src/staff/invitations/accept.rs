//! Whoever was invited chooses a name and a password, and works here.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{StaffInvitationId, StaffMemberId},
    staff_invitation, staff_member,
};

use super::{PURPOSE, is_open};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    customers::{
        SignedIn, link, password,
        session::{self, Account},
        sign_up::checked,
    },
    language::messages,
    staff::{audit, members, roles},
};

/// What they choose. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct Accept {
    /// The one of the mail's link.
    pub token: String,
    pub name: String,
    pub password: String,
}

/// Makes whoever was invited a member of staff, and signs them in.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every token that opens nothing; `INVALID`, `WEAK_PASSWORD`; `EMAIL_TAKEN`.
pub async fn accept(shop: &Shop, context: &Context, input: Accept) -> Result<SignedIn> {
    let id = link::id_of::<StaffInvitationId>(&input.token).ok_or_else(dead)?;
    // Looked at before a password is hashed: that costs us, and strangers come here.
    let token = &input.token;
    let found = shop.transact(context, |tx| async move { open(&tx, id, token).await });
    let invitation = found.await?;
    let person = &checked(&invitation.email, &input.password, &input.name)?;
    let password_hash = &password::hash(shop, context, &input.password).await?;
    shop.transact(context, |tx| async move {
        let invitation = open(&tx, id, token).await?;
        let role = roles::given(&tx, invitation.role_id, &["token"]).await?;
        let (stored_role, role_id) = members::stored(&role);
        let row = staff_member::Model {
            id: StaffMemberId(shop.new_id()),
            email: invitation.email.clone(),
            name: person.name.clone(),
            password_hash: password_hash.clone(),
            role: stored_role,
            active: true,
            created_at: shop.now(),
            role_id,
            version: 1,
            language: Some(context.locale.to_string()),
        };
        let member = members::create::insert(&tx, row).await?;
        let accepted = staff_invitation::Model {
            accepted_at: Some(shop.now()),
            staff_member_id: Some(member.id),
            ..invitation
        };
        accepted.into_active_model().reset_all().update(tx.db()).await?;
        let data = json!({ "invitation": id, "role": role.handle });
        audit::audit_of(&tx, member.id, "staff.invitation_accept", member.id.to_string(), data).await?;
        session::open(&tx, Account::Staff(member.id)).await
    })
    .await
}

/// The invitation that the token opens, locked: of two who accept at once, one does.
async fn open(tx: &Tx, id: StaffInvitationId, token: &str) -> Result<staff_invitation::Model> {
    let row = tx.lock::<staff_invitation::Entity>(id).await?.ok_or_else(dead)?;
    let is_valid = link::is_valid(tx.shop(), token, PURPOSE, id, row.sends.into());
    (is_valid && is_open(tx.shop(), &row))
        .then_some(row)
        .ok_or_else(|| dead().into())
}

fn dead() -> Refusal {
    let message = messages::invitation_over();
    Refusal::new(ErrorCode::InvalidToken, message).at(&["token"])
}
