//! A browser comes back from the provider.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use sha2::{Digest, Sha256};
use vitrine_entity::ids::IdentityId;

use super::{
    begin::{found, unusable},
    recognise_customer, recognise_member,
    ticket::{Ticket, once, stale},
};
use crate::{Context, Result, Shop, Tx, ports::identity_provider::Audience, sql};

/// How long the code is good that the front end gets.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// Finds out who has signed in, and gives a code that is good once for a session of theirs.
///
/// # Errors
/// `INVALID_TOKEN` for a way that was not begun in this browser, took too long or was ended before;
/// `WRONG_CREDENTIALS` where what the provider says does not hold, for whoever does not work here, and for accounts
/// that are shut; `EMAIL_UNVERIFIED` for a new customer whose address the provider has not proven;
/// `IDENTITY_PROVIDER_UNAVAILABLE`.
pub async fn finish(
    shop: &Shop,
    context: &Context,
    provider: &str,
    cookie: &str,
    state: &str,
    code: &str,
) -> Result<String> {
    let ticket = Ticket::read(shop, provider, cookie).filter(|ticket| ticket.is_state(shop, state));
    let ticket = &ticket.ok_or_else(stale)?;
    let at = found(shop, provider)?;
    let known = at.identify(code, &ticket.handshake(shop)).await;
    let (known, audience) = (&known.map_err(unusable)?, at.audience());
    let mut secret = [0; 32];
    shop.ids.fill(&mut secret);
    let code = URL_SAFE_NO_PAD.encode(secret);
    let hash = &hash(&code);
    shop.transact(context, |tx| async move {
        let ended = Ended {
            ticket,
            code_hash: hash.clone(),
            at: shop.now(),
        };
        let (table, theirs) = match audience {
            Audience::Staff => {
                let theirs = recognise_member::recognise(&tx, provider, known).await?;
                ("identity_handshake", theirs)
            }
            Audience::Customers => {
                let theirs = recognise_customer::recognise(&tx, provider, known).await?;
                ("customer_identity_handshake", theirs)
            }
        };
        // Each way is ended once: whoever copied it comes too late.
        ended.write(&tx, table, theirs).await.map_err(once)
    })
    .await?;
    Ok(code)
}

/// What the database keeps of a code.
pub(super) fn hash(code: &str) -> Vec<u8> {
    Sha256::digest(code).to_vec()
}

/// A way that somebody has come to its end.
struct Ended<'a> {
    ticket: &'a Ticket,
    code_hash: Vec<u8>,
    at: DateTime<Utc>,
}

impl Ended<'_> {
    /// Into the table of those for whom the provider is.
    async fn write(self, tx: &Tx, table: &str, identity: IdentityId) -> Result<(), DbErr> {
        let sql = format!(
            "insert into {table} (id, identity_id, code_hash, challenge, created_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6)"
        );
        let values = [
            self.ticket.id.into(),
            identity.into(),
            self.code_hash.into(),
            self.ticket.challenge.clone().into(),
            self.at.into(),
            (self.at + CODE_LIFETIME).into(),
        ];
        sql::execute(tx.db(), &sql, values).await.map(drop)
    }
}
