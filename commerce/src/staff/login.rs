//! Members of staff sign in: with mail address, password and, where they have one, a code of their second factor.
//!
//! An unknown address, a wrong password and one who has left answer alike, and take the same time. That a second
//! factor is missing or wrong is told to whoever knows the password, and to nobody else.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::staff_member;

use super::second_factor::prove;
use crate::{
    Context, Result, Shop,
    customers::{
        SignedIn,
        login::{normal, wrong},
        password,
        session::{self, Account},
    },
    limits::account,
    metrics::{self, Who},
};

/// Who signs in. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct StaffLogin {
    pub email: String,
    pub password: String,
    /// What the authenticator app shows, or a recovery code.
    pub code: Option<String>,
}

/// Signs a member of staff in, unless they have left.
///
/// # Errors
/// `WRONG_CREDENTIALS`, `RATE_LIMITED`; `SECOND_FACTOR_REQUIRED`, `WRONG_SECOND_FACTOR`, `TOO_MANY_ATTEMPTS`.
pub async fn login(shop: &Shop, context: &Context, input: StaffLogin) -> Result<SignedIn> {
    let outcome = verify_and_open(shop, context, input).await;
    metrics::sign_in(Who::Staff, &outcome);
    outcome
}

async fn verify_and_open(shop: &Shop, context: &Context, input: StaffLogin) -> Result<SignedIn> {
    let email = normal(&input.email);
    // In its one form: each way to write an address would have tries of its own.
    let attempt = account::attempt(shop, context, email.as_deref().unwrap_or(&input.email)).await?;
    let member = match email {
        Some(email) => {
            staff_member::Entity::find()
                .filter(staff_member::Column::Email.eq(email))
                .one(&shop.db)
                .await?
        }
        None => None,
    };
    let hash = member.as_ref().map(|member| member.password_hash.as_str());
    let right = password::verify(context, &input.password, hash).await?;
    if right {
        attempt.succeeded(shop).await;
    }
    let member = &member.filter(|member| right && member.active).ok_or_else(wrong)?;
    let code = input.code.as_deref();
    let outcome = shop.transact(context, |tx| async move {
        // They may have got another password, or have left, while this one was verified.
        let now = tx.lock::<staff_member::Entity>(member.id).await?;
        let is_as_it_was = |now: &staff_member::Model| now.active && now.password_hash == member.password_hash;
        now.filter(is_as_it_was).ok_or_else(wrong)?;
        let proof = prove(&tx, member.id, code).await?;
        match proof.refused() {
            Ok(()) => Ok(Ok(session::open(&tx, Account::Staff(member.id)).await?)),
            // To be committed, although the answer is a refusal: it counts.
            Err(refused) => Ok(Err(refused)),
        }
    });
    outcome.await?
}
