//! Which member of staff it is that has signed in at a provider.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    identity,
    ids::{IdentityId, StaffMemberId},
    staff_member,
};

use super::ticket::once;
use crate::{
    ErrorCode, Refusal, Result, Tx, customers::login::normal, language::messages, ports::identity_provider::Identity,
    staff::audit_of,
};

/// The account at the provider, as it is known here: by itself, or the first time by its mail address.
pub(super) async fn recognise(tx: &Tx, provider: &str, known: &Identity) -> Result<IdentityId> {
    let row = identity::Entity::find()
        .filter(identity::Column::Provider.eq(provider))
        .filter(identity::Column::Subject.eq(&known.subject))
        .one(tx.db())
        .await?;
    if let Some(row) = row {
        let used = identity::Model {
            last_used_at: tx.shop().now(),
            ..row
        };
        return Ok(used.into_active_model().reset_all().update(tx.db()).await?.id);
    }
    let email = known.verified_email.as_deref().and_then(normal).ok_or_else(nobody)?;
    let member = staff_member::Entity::find()
        .filter(staff_member::Column::Email.eq(&email))
        .filter(staff_member::Column::Active.eq(true))
        .one(tx.db())
        .await?;
    let member = member.ok_or_else(nobody)?.id;
    refuse_second(tx, provider, member).await?;
    link(tx, provider, known, member, &email).await
}

/// A provider gives an address to one account of its own. Where another was linked by it before, the address has been given
/// to somebody else since.
async fn refuse_second(tx: &Tx, provider: &str, member: StaffMemberId) -> Result<()> {
    let linked = identity::Entity::find()
        .filter(identity::Column::Provider.eq(provider))
        .filter(identity::Column::StaffMemberId.eq(member))
        .one(tx.db())
        .await?;
    match linked {
        None => Ok(()),
        Some(_) => {
            let message = messages::member_other_linked();
            Err(Refusal::new(ErrorCode::WrongCredentials, message).into())
        }
    }
}

async fn link(tx: &Tx, provider: &str, known: &Identity, member: StaffMemberId, email: &str) -> Result<IdentityId> {
    let now = tx.shop().now();
    let row = identity::Model {
        id: IdentityId(tx.shop().new_id()),
        provider: provider.to_owned(),
        subject: known.subject.clone(),
        staff_member_id: member,
        email: email.to_owned(),
        created_at: now,
        last_used_at: now,
    };
    // Of two first sign-ins at once, one.
    let row = row.into_active_model().insert(tx.db()).await.map_err(once)?;
    let data = json!({ "provider": provider, "email": email });
    audit_of(tx, member, "staff.identity_link", member.to_string(), data).await?;
    Ok(row.id)
}

fn nobody() -> Refusal {
    let message = messages::member_unknown();
    Refusal::new(ErrorCode::WrongCredentials, message)
}
