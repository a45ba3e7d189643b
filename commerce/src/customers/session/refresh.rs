//! A session goes on with its next pair of tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::EntityTrait;
use vitrine_entity::{customer, refresh_token, session, staff_member};

use super::{
    end::{Which, end},
    open::{SignedIn, hand_out, keep, user_agent},
    refresh_hash::hash,
};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx, customers::account::Holder, language::messages, signature,
    sql,
};

/// What became of a refresh token that came.
enum Came {
    /// Its session goes on with the next.
    InTime(session::Model, String),
    /// Its successor is not one of ours to tell.
    TooSoon,
    /// It is unknown, or its session is over, or it was used before.
    Late,
}

/// Gives the next pair of tokens for a refresh token, which is used up. Who comes with it again within some seconds
/// (`Settings::refresh_token_grace`) is given the same successor: two windows that refresh at once, and one whose
/// answer was lost, stay signed in.
///
/// # Errors
/// The same refusal for a token that is unknown, expired, used before, or whose session has ended.
pub async fn refresh(shop: &Shop, context: &Context, token: &str) -> Result<SignedIn> {
    let refreshed = shop
        .transact(context, |tx| async move {
            let (session, next) = match came(&tx, token).await? {
                Came::InTime(session, next) => (session, next),
                Came::TooSoon => return Ok(None),
                Came::Late => {
                    // To be committed, although the answer is a refusal.
                    end_if_used_before(&tx, &hash(token)).await?;
                    return Ok(None);
                }
            };
            match holder(&tx, &session).await? {
                Some(holder) => Ok(Some(hand_out(&tx, holder, &session, next).await?)),
                None => Ok(None),
            }
        })
        .await?;
    refreshed.ok_or_else(|| Refusal::new(ErrorCode::InvalidToken, messages::session_ended()).into())
}

async fn came(tx: &Tx, token: &str) -> Result<Came> {
    let settings = &tx.shop().settings;
    if let Some(session) = use_up(tx, &hash(token)).await? {
        let next = successor(&settings.signing_secret, token);
        keep(tx, &session, &next).await?;
        return Ok(Came::InTime(session, next));
    }
    let Some(session) = used_lately(tx, &hash(token)).await? else {
        return Ok(Came::Late);
    };
    // The secret may have been replaced in between.
    for secret in settings.signing_secrets() {
        let next = successor(secret, token);
        let sql = "select * from refresh_token where token_hash = $1 and session_id = $2";
        let values = [hash(&next).into(), session.id.into()];
        if sql::one::<refresh_token::Model>(tx.db(), sql, values).await?.is_some() {
            return Ok(Came::InTime(session, next));
        }
    }
    Ok(Came::TooSoon)
}

/// The token that follows: no other server has to be asked, nothing but hashes is stored, and whoever has neither the
/// token nor the shop's secret learns nothing of it.
fn successor(secret: &[u8], token: &str) -> String {
    let message = [b"refresh-token-after:", token.as_bytes()].concat();
    URL_SAFE_NO_PAD.encode(signature::mac(secret, &message))
}

/// Marks the token used if it is fresh and its session lives: of two who come at once, one.
async fn use_up(tx: &Tx, hash: &[u8]) -> Result<Option<session::Model>> {
    let sql = "update refresh_token set used_at = $2 where token_hash = $1 and used_at is null and exists \
               (select 1 from session where id = session_id and revoked_at is null and expires_at > $2) \
               returning *";
    let values = [hash.to_vec().into(), tx.shop().now().into()];
    let Some(used) = sql::one::<refresh_token::Model>(tx.db(), sql, values).await? else {
        return Ok(None);
    };
    let sql = "update session set last_used_at = $2, user_agent = coalesce($3, user_agent) where id = $1 returning *";
    let values = [
        used.session_id.into(),
        tx.shop().now().into(),
        user_agent(tx.context()).into(),
    ];
    Ok(sql::one(tx.db(), sql, values).await?)
}

/// The live session of a token that was used some seconds ago.
async fn used_lately(tx: &Tx, hash: &[u8]) -> Result<Option<session::Model>> {
    let now = tx.shop().now();
    let sql = "select s.* from session s join refresh_token t on t.session_id = s.id where t.token_hash = $1 \
               and t.used_at > $2 and s.revoked_at is null and s.expires_at > $3";
    let since = now - tx.shop().settings.refresh_token_grace;
    Ok(sql::one(tx.db(), sql, [hash.to_vec().into(), since.into(), now.into()]).await?)
}

async fn end_if_used_before(tx: &Tx, hash: &[u8]) -> Result<()> {
    if !end(tx, Which::OfUsedToken(hash)).await?.is_empty() {
        let correlation_id = &tx.context().correlation_id;
        tracing::warn!(correlation_id, "a refresh token came twice: its session is ended");
    }
    Ok(())
}

/// Who they are: nobody who has left.
async fn holder(tx: &Tx, session: &session::Model) -> Result<Option<Holder>> {
    match (session.customer_id, session.staff_member_id) {
        (Some(id), None) => {
            let customer = customer::Entity::find_by_id(id).one(tx.db()).await?;
            let customer = customer.filter(|customer| customer.disabled_at.is_none());
            Ok(customer.map(|_| Holder::Customer(id)))
        }
        (None, Some(id)) => {
            let member = staff_member::Entity::find_by_id(id).one(tx.db()).await?;
            Ok(member.filter(|member| member.active).map(|_| Holder::Staff(id)))
        }
        _ => Err(Fault::Corrupt {
            table: "session",
            column: "customer_id",
            id: session.id.to_string(),
        }
        .into()),
    }
}
