//! Sessions end: one function for whatever ends them.

use sea_orm::FromQueryResult;
use vitrine_entity::ids::{SessionId, StaffMemberId};

use super::refresh_hash::hash;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, Viewer, customers::account::Holder, language::messages,
    ports::event_bus::Topic, sql,
};

/// The most live sessions of one account: signing in once more ends the oldest.
pub const SESSIONS_MAX: i64 = 100;

/// Which sessions end.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which<'a> {
    /// The one with this id, if it is theirs.
    One(SessionId, Holder),
    /// Every one of theirs but, where it is given, the one that they are in.
    All { of: Holder, but: Option<SessionId> },
    /// Those beyond the most that anybody has, the oldest first.
    Surplus(Holder),
    /// The one of a refresh token, used or not; by the token's hash.
    OfToken(&'a [u8]),
    /// The one of a refresh token that was used before.
    OfUsedToken(&'a [u8]),
}

#[derive(FromQueryResult)]
struct Ended {
    id: SessionId,
    staff_member_id: Option<StaffMemberId>,
}

/// Ends them: once this has committed, their tokens open nothing and what is open under them closes. Gives those
/// that lived until now.
pub(crate) async fn end(tx: &Tx, which: Which<'_>) -> Result<Vec<SessionId>> {
    let now = tx.shop().now().into();
    let (condition, values) = match which {
        Which::One(id, of) => (
            format!("id = $2 and {} = $3", column(of)),
            vec![now, id.into(), key(of)],
        ),
        Which::All { of, but } => {
            let nobody = SessionId(uuid::Uuid::nil());
            let condition = format!("{} = $2 and id <> $3", column(of));
            (condition, vec![now, key(of), but.unwrap_or(nobody).into()])
        }
        Which::Surplus(of) => {
            let column = column(of);
            let condition = format!(
                "{column} = $2 and expires_at > $1 and id not in (select id from session where {column} = $2 \
                 and revoked_at is null and expires_at > $1 order by id desc limit $3)"
            );
            (condition, vec![now, key(of), SESSIONS_MAX.into()])
        }
        Which::OfToken(hash) => (of_token(""), vec![now, hash.to_vec().into()]),
        Which::OfUsedToken(hash) => (of_token("and used_at is not null"), vec![now, hash.to_vec().into()]),
    };
    let sql = format!(
        "update session set revoked_at = $1 where revoked_at is null and {condition} returning id, staff_member_id"
    );
    let ended: Vec<Ended> = sql::all(tx.db(), &sql, values).await?;
    for member in ended.iter().filter_map(|session| session.staff_member_id) {
        tx.announce(Topic::StaffMember(member));
    }
    let ended = ended.into_iter().map(|session| session.id).collect::<Vec<_>>();
    tx.end_sessions(&ended);
    Ok(ended)
}

/// Ends the session of a refresh token, used or not. An unknown token is no error: it opens
/// nothing already.
pub async fn sign_out(shop: &Shop, context: &Context, token: &str) -> Result<()> {
    let hash = &hash(token);
    shop.transact(
        context,
        |tx| async move { end(&tx, Which::OfToken(hash)).await.map(drop) },
    )
    .await
}

/// Ends every session of whoever asks.
///
/// # Errors
/// `UNAUTHENTICATED`.
pub async fn sign_out_everywhere(shop: &Shop, context: &Context) -> Result<()> {
    let of = holder(context)?;
    shop.transact(context, |tx| async move {
        end(&tx, Which::All { of, but: None }).await.map(drop)
    })
    .await
}

/// Ends one session of whoever asks, be it the one that they are in; one that has ended stays so. `None` is what is no
/// session's id at all.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND` for what is no session of theirs.
pub async fn end_own(shop: &Shop, context: &Context, id: Option<SessionId>) -> Result<()> {
    let of = holder(context)?;
    let missing = || Refusal::not_found("session").at(&["id"]);
    let id = id.ok_or_else(missing)?;
    let is_theirs = shop
        .transact(context, |tx| async move {
            Ok(!end(&tx, Which::One(id, of)).await?.is_empty() || was_theirs(&tx, id, of).await?)
        })
        .await?;
    match is_theirs {
        true => Ok(()),
        false => Err(missing().into()),
    }
}

async fn was_theirs(tx: &Tx, id: SessionId, of: Holder) -> Result<bool> {
    let sql = format!("select id from session where id = $1 and {} = $2", column(of));
    let found: Vec<SessionId> = sql::column(tx.db(), &sql, [id.into(), key(of)]).await?;
    Ok(!found.is_empty())
}

/// Whoever is signed in.
///
/// # Errors
/// `UNAUTHENTICATED`.
pub(crate) fn holder(context: &Context) -> Result<Holder> {
    match context.viewer {
        Viewer::Customer(id) => Ok(Holder::Customer(id)),
        Viewer::Staff(id, _) => Ok(Holder::Staff(id)),
        Viewer::Guest | Viewer::App(..) | Viewer::System => {
            Err(Refusal::new(ErrorCode::Unauthenticated, messages::nobody_signed_in()).into())
        }
    }
}

fn of_token(condition: &str) -> String {
    format!("id in (select session_id from refresh_token where token_hash = $2 {condition})")
}

fn column(holder: Holder) -> &'static str {
    match holder {
        Holder::Customer(_) => "customer_id",
        Holder::Staff(_) => "staff_member_id",
    }
}

/// Their id, for a statement.
pub(crate) fn key(holder: Holder) -> sea_orm::Value {
    match holder {
        Holder::Customer(id) => id.into(),
        Holder::Staff(id) => id.into(),
    }
}
