//! A customer wants to be erased: with their password, and by the link of a mail, for it cannot be undone.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use vitrine_entity::{
    customer,
    ids::PersonErasureId,
    person_erasure::{self, ErasureState},
};

use super::{
    super::person::{Person, Whose},
    plan::refuse_open,
    start::begin,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, customers::link, jobs::MailKind, language::messages, notifications, sql,
};

/// How long the link of a mail opens.
const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// The most mails within an hour.
const MAILS_MAX: usize = 3;
const MAILS_WITHIN: TimeDelta = TimeDelta::hours(1);

const PURPOSE: &str = "person-erasure:";

/// Sends whoever is signed in a link by which they are erased.
///
/// # Errors
/// `UNAUTHENTICATED`; `WRONG_CREDENTIALS`; `ORDER_STATE` while orders are under way; `TOO_MANY_ATTEMPTS`.
pub async fn ask(shop: &Shop, context: &Context, password: String) -> Result<()> {
    let person = &Person::find(shop, context, &Whose::Mine { password }).await?;
    refuse_open(shop, person).await?;
    shop.transact(context, |tx| async move {
        let sql = "select id from person_erasure where customer_id = $1 and created_at > $2 limit 3";
        let values = [person.key().into(), (shop.now() - MAILS_WITHIN).into()];
        if sql::column::<PersonErasureId>(tx.db(), sql, values).await?.len() >= MAILS_MAX {
            let message = messages::erasure_mails_on_their_way();
            return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
        }
        let now = shop.now();
        let row = person_erasure::Model {
            id: PersonErasureId(shop.new_id()),
            customer_id: person.customer,
            email: Some(person.email.clone()),
            state: ErasureState::Asked,
            actor: context.viewer.actor(),
            created_at: now,
            expires_at: now + LIFETIME,
            finished_at: None,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        notifications::tell(&tx, MailKind::PersonErasure { erasure: row.id });
        Ok(())
    })
    .await
}

/// Begins the erasure that a mail's link is about, if it has not begun.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every token that opens nothing; `ORDER_STATE` while orders are under way.
pub async fn confirm(shop: &Shop, context: &Context, token: &str) -> Result<()> {
    let id = link::id_of::<PersonErasureId>(token).ok_or_else(dead)?;
    let row = person_erasure::Entity::find_by_id(id).one(&shop.db).await?;
    let is_valid = link::is_valid(shop, token, PURPOSE, id, 0);
    let row = row.filter(|_| is_valid).ok_or_else(dead)?;
    if row.state != ErasureState::Asked {
        // Followed again, perhaps because the answer was lost.
        return Ok(());
    }
    if !is_open(shop, &row) {
        return Err(dead().into());
    }
    // The address that they have now: the one of then may be another's.
    let customer = match row.customer_id {
        Some(id) => customer::Entity::find_by_id(id).one(&shop.db).await?,
        None => None,
    };
    let email = customer.map(|customer| customer.email).or(row.email);
    let person = &Person {
        customer: row.customer_id,
        email: email.ok_or_else(dead)?,
    };
    refuse_open(shop, person).await?;
    begin(shop, context, person, Some(id)).await?.ok_or_else(dead)?;
    Ok(())
}

/// Where whoever got the mail goes on.
pub(crate) fn url(shop: &Shop, id: PersonErasureId) -> String {
    let token = link::token(shop, PURPOSE, id, 0);
    link::url(&shop.settings.account_url, "erase", &token)
}

/// Whether its link opens.
pub(crate) fn is_open(shop: &Shop, row: &person_erasure::Model) -> bool {
    row.state == ErasureState::Asked && row.expires_at > shop.now()
}

fn dead() -> Refusal {
    link::dead("ask again in your account.")
}
