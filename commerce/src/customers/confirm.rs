//! Whoever asked for an account shows that the address is theirs, and has it.
//!
//! The link alone is not enough: anybody may have asked with somebody else's address and a password of their own,
//! and would share the account of an owner who follows the link. So the password comes along with it.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use vitrine_entity::{customer, customer_sign_up, ids::CustomerId, ids::CustomerSignUpId};

use super::{
    account::Account,
    link, password,
    session::{self, SignedIn},
    sign_up::{PURPOSE, is_open},
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    events::{self, EventKind},
    language::messages,
    sql,
    transaction::is_unique_violation,
};

/// Who confirms. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct Confirm {
    /// The one of the mail's link.
    pub token: String,
    /// The one that was chosen when the account was asked for.
    pub password: String,
}

/// Opens the account that a mail's link is about, and signs in. What was ordered with the address before becomes
/// the account's.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every token that opens nothing; `WRONG_CREDENTIALS`.
pub async fn confirm(shop: &Shop, context: &Context, input: Confirm) -> Result<SignedIn> {
    let id = link::id_of::<CustomerSignUpId>(&input.token).ok_or_else(dead)?;
    let row = customer_sign_up::Entity::find_by_id(id).one(&shop.db).await?;
    // Before a password is verified: that costs us, and strangers come here.
    let is_valid = link::is_valid(shop, &input.token, PURPOSE, id, 0);
    let row = row.filter(|row| is_valid && is_open(row, shop.now()));
    let row = row.ok_or_else(dead)?;
    if !password::verify(context, &input.password, Some(&row.password_hash)).await? {
        let message = messages::wrong_sign_up_password();
        return Err(Refusal::new(ErrorCode::WrongCredentials, message)
            .at(&["password"])
            .into());
    }
    shop.transact(context, |tx| async move {
        let customer = open(&tx, use_up(&tx, id).await?).await?;
        session::open(&tx, Account::Customer(customer)).await
    })
    .await
}

/// Uses the link up, and with it every other of the address: of two who come at once, one.
async fn use_up(tx: &Tx, id: CustomerSignUpId) -> Result<customer_sign_up::Model> {
    let sql = "delete from customer_sign_up where id = $1 and expires_at > $2 returning *";
    let row: Option<customer_sign_up::Model> = sql::one(tx.db(), sql, [id.into(), tx.shop().now().into()]).await?;
    let row = row.ok_or_else(dead)?;
    let others = "delete from customer_sign_up where email = $1";
    sql::execute(tx.db(), others, [row.email.as_str().into()]).await?;
    Ok(row)
}

async fn open(tx: &Tx, row: customer_sign_up::Model) -> Result<CustomerId> {
    let customer = customer::Model {
        id: CustomerId(tx.shop().new_id()),
        email: row.email,
        name: row.name,
        password_hash: row.password_hash,
        has_password: true,
        address_proven: true,
        created_at: tx.shop().now(),
        tax_exempt: false,
        tax_exempt_reason: None,
        version: 1,
        disabled_at: None,
        last_seen_at: None,
        inactivity_told_at: None,
        language: row.language,
    };
    let inserted = customer.into_active_model().insert(tx.db()).await;
    match inserted {
        Ok(customer) => {
            events::customer(tx, EventKind::CustomerCreated, customer.id, Some(customer.version));
            Ok(customer.id)
        }
        // Somebody has it meanwhile.
        Err(error) if is_unique_violation(&error) => Err(dead().into()),
        Err(error) => Err(Error::from(error)),
    }
}

fn dead() -> Refusal {
    link::dead("sign in, or sign up again.")
}
