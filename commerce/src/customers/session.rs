//! Sign-ins. A session is a family of refresh tokens, each used once and replaced by the next;
//! only their SHA-256 is stored.
//!
//! A token that comes twice was copied: nobody can tell who is the owner, so the whole
//! session ends and both must sign in again. A client must therefore refresh from one place at a
//! time. A session ends at a fixed time after its sign-in, however often it is refreshed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use sha2::{Digest, Sha256};
use vitrine_entity::{
    ids::{RefreshTokenId, SessionId},
    refresh_token, session, staff_member,
};

pub(crate) use super::account::Account;
use super::{account::Holder, token};
use crate::{Context, ErrorCode, Fault, Refusal, Result, Shop, Tx, Viewer, ports::event_bus::Topic, sql};

/// How long an ended session is kept: a day's grace, should clocks disagree.
const KEPT_AFTER_END: TimeDelta = TimeDelta::days(1);

/// How many sessions are deleted in one transaction.
const FORGOTTEN_AT_ONCE: u64 = 500;

/// What a client gets when it signs in or refreshes. Shows itself to nobody: it has no `Debug`.
pub struct SignedIn {
    pub holder: Holder,
    pub access_token: String,
    pub access_token_expires_at: DateTime<Utc>,
    pub refresh_token: String,
    pub refresh_token_expires_at: DateTime<Utc>,
}

/// Begins a session.
pub(crate) async fn open(tx: &Tx, account: Account) -> Result<SignedIn> {
    let shop = tx.shop();
    let (customer, staff) = match account {
        Account::Customer(id) => (Some(id), None),
        Account::Staff(id, _) => (None, Some(id)),
    };
    let now = shop.now();
    let row = session::ActiveModel {
        id: Set(SessionId(shop.new_id())),
        customer_id: Set(customer),
        staff_member_id: Set(staff),
        created_at: Set(now),
        expires_at: Set(now + shop.settings.refresh_token_lifetime),
        revoked_at: Set(None),
    };
    let session = row.insert(tx.db()).await?;
    hand_out(tx, account, &session).await
}

/// Gives a new pair of tokens for a refresh token, which is used up.
///
/// # Errors
/// The same refusal for a token that is unknown, expired, used, or whose session has ended.
pub async fn refresh(shop: &Shop, context: &Context, token: &str) -> Result<SignedIn> {
    let hash = &hash(token);
    let refreshed = shop
        .transact(context, |tx| async move {
            let Some(session) = use_up(&tx, hash).await? else {
                // To be committed, although the answer is a refusal.
                end_if_used_before(&tx, hash).await?;
                return Ok(None);
            };
            match account(&tx, &session).await? {
                Some(account) => Ok(Some(hand_out(&tx, account, &session).await?)),
                None => Ok(None),
            }
        })
        .await?;
    refreshed.ok_or_else(|| Refusal::new(ErrorCode::InvalidToken, "Sign in again: the session has ended.").into())
}

/// Ends the session of a refresh token, used or not. An unknown token is no error: it opens
/// nothing already.
pub async fn sign_out(shop: &Shop, context: &Context, token: &str) -> Result<()> {
    let hash = &hash(token);
    shop.transact(
        context,
        |tx| async move { end_session_of(&tx, hash, "").await.map(drop) },
    )
    .await
}

/// Ends every session of whoever asks.
pub async fn sign_out_everywhere(shop: &Shop, context: &Context) -> Result<()> {
    let mine = match context.viewer {
        Viewer::Customer(id) => session::Column::CustomerId.eq(id),
        Viewer::Staff(id, _) => session::Column::StaffMemberId.eq(id),
        Viewer::Guest | Viewer::App(..) | Viewer::System => {
            return Err(Refusal::new(ErrorCode::Unauthenticated, "Nobody is signed in.").into());
        }
    };
    let mine = &mine;
    shop.transact(context, |tx| async move {
        session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(shop.now()))
            .filter(mine.clone())
            .filter(session::Column::RevokedAt.is_null())
            .exec(tx.db())
            .await?;
        if let Viewer::Staff(id, _) = context.viewer {
            tx.announce(Topic::StaffMember(id));
        }
        Ok(())
    })
    .await
}

/// Deletes sessions that ended a while ago, a bounded number at a time. Gives how many.
pub async fn forget_ended(shop: &Shop) -> Result<u64> {
    let long_over = session::Column::ExpiresAt.lt(shop.now() - KEPT_AFTER_END);
    let ended = session::Entity::find()
        .filter(long_over)
        .limit(FORGOTTEN_AT_ONCE)
        .all(&shop.db)
        .await?;
    if ended.is_empty() {
        return Ok(0);
    }
    let ended = &ended.into_iter().map(|session| session.id).collect::<Vec<_>>();
    shop.transact(&Context::system(shop, "forget-sessions"), |tx| async move {
        let tokens = refresh_token::Column::SessionId.is_in(ended.iter().copied());
        refresh_token::Entity::delete_many()
            .filter(tokens)
            .exec(tx.db())
            .await?;
        let sessions = session::Column::Id.is_in(ended.iter().copied());
        Ok(session::Entity::delete_many()
            .filter(sessions)
            .exec(tx.db())
            .await?
            .rows_affected)
    })
    .await
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
    Ok(session::Entity::find_by_id(used.session_id).one(tx.db()).await?)
}

async fn end_if_used_before(tx: &Tx, hash: &[u8]) -> Result<()> {
    if end_session_of(tx, hash, "and used_at is not null").await? > 0 {
        let correlation_id = &tx.context().correlation_id;
        tracing::warn!(correlation_id, "a refresh token came twice: its session is ended");
    }
    Ok(())
}

async fn end_session_of(tx: &Tx, hash: &[u8], condition: &str) -> Result<u64> {
    let sql = format!(
        "update session set revoked_at = $2 where revoked_at is null and id in \
         (select session_id from refresh_token where token_hash = $1 {condition})"
    );
    Ok(sql::execute(tx.db(), &sql, [hash.to_vec().into(), tx.shop().now().into()]).await?)
}

/// Who they are by now: the role as it is in the row, and nobody who has left.
async fn account(tx: &Tx, session: &session::Model) -> Result<Option<Account>> {
    match (session.customer_id, session.staff_member_id) {
        (Some(id), None) => Ok(Some(Account::Customer(id))),
        (None, Some(id)) => {
            let member = staff_member::Entity::find_by_id(id).one(tx.db()).await?;
            Ok(member
                .filter(|member| member.active)
                .map(|member| Account::Staff(id, member.role)))
        }
        _ => Err(Fault::Corrupt {
            table: "session",
            column: "customer_id",
            id: session.id.to_string(),
        }
        .into()),
    }
}

async fn hand_out(tx: &Tx, account: Account, session: &session::Model) -> Result<SignedIn> {
    let shop = tx.shop();
    let (access_token, access_token_expires_at) = token::issue(shop, account, session.id)?;
    let mut secret = [0; 32];
    shop.ids.fill(&mut secret);
    let refresh_token = URL_SAFE_NO_PAD.encode(secret);
    let row = refresh_token::ActiveModel {
        id: Set(RefreshTokenId(shop.new_id())),
        session_id: Set(session.id),
        token_hash: Set(hash(&refresh_token)),
        created_at: Set(shop.now()),
        used_at: Set(None),
    };
    row.insert(tx.db()).await?;
    Ok(SignedIn {
        holder: account.holder(),
        access_token,
        access_token_expires_at,
        refresh_token,
        refresh_token_expires_at: session.expires_at,
    })
}

/// The token is 256 random bits: a plain hash cannot be guessed backwards.
fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
