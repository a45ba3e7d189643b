//! Takes up a request that came with a key.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::keyed_request;

use super::{held::Held, seal};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Viewer,
    language::{Message, messages},
    signature,
};

/// How long a request is held by whoever works on it, unless they end before: as long as one may take.
const HOLD: TimeDelta = TimeDelta::seconds(30);

/// How long a key may be, in bytes; and how short where nothing but the key tells callers apart.
const KEY_BYTES_MAX: usize = 255;
const GUESTS_KEY_BYTES_MIN: usize = 16;

/// What is asked under a key.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The client's.
    pub key: &'a str,
    /// SHA-256 of what is asked.
    pub hash: &'a [u8],
}

/// What a key led to.
pub enum Begun {
    /// It is the caller's to do what is left of it.
    Held(Held),
    /// Somebody is at it.
    InProgress,
    /// The key was used for another request.
    Reused,
}

/// Whether this may be a caller's key.
///
/// # Errors
/// `INVALID`, with what a key is.
pub fn check_key(viewer: Viewer, key: &str) -> Result<(), Refusal> {
    let is_shown = key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let refuse = |message: Message| Err(Refusal::new(ErrorCode::Invalid, message));
    if key.trim().is_empty() || key.len() > KEY_BYTES_MAX || !is_shown {
        return refuse(messages::request_key_form(KEY_BYTES_MAX));
    }
    if viewer == Viewer::Guest && key.len() < GUESTS_KEY_BYTES_MIN {
        return refuse(messages::request_key_short(GUESTS_KEY_BYTES_MIN));
    }
    Ok(())
}

/// Holds what is asked under a key, for whoever `context` names, until it is ended or dropped.
///
/// # Errors
/// When the database fails: nothing was done.
pub async fn begin(shop: &Shop, context: &Context, asked: &Asked<'_>) -> Result<Begun> {
    let caller = context.viewer.actor();
    let id = signature::digest(&[caller.as_bytes(), asked.key.as_bytes()]);
    let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let held_until = shop.now() + HOLD;
    let values = [
        id.as_str().into(),
        caller.into(),
        asked.hash.to_vec().into(),
        held_until.into(),
        shop.now().into(),
    ];
    let sql = "insert into keyed_request (id, caller, request_hash, fence, held_until, done, created_at) \
               values ($1, $2, $3, 1, $4, '', $5) on conflict (id) do nothing";
    if shop.execute(sql, values).await? == 1 {
        return Ok(Begun::Held(Held::first(shop, id, asked.key)));
    }
    let Some(row) = keyed_request::Entity::find_by_id(&id).one(&shop.db).await? else {
        // Forgotten this moment.
        return Ok(Begun::InProgress);
    };
    if row.request_hash != asked.hash {
        return Ok(Begun::Reused);
    }
    let sealed = row.answer.as_deref();
    let answer = sealed.and_then(|sealed| seal::open(shop, &id, asked.key, sealed));
    if row.answered_at.is_some() && answer.is_some() {
        return Ok(Begun::Held(Held::answered(shop, row, asked.key, answer)));
    }
    if row.held_until.is_some_and(|until| until > shop.now()) {
        return Ok(Begun::InProgress);
    }
    let sql = "update keyed_request set fence = fence + 1, held_until = $3, answered_at = null \
               where id = $1 and fence = $2 and (held_until is null or held_until <= $4)";
    let values = [id.into(), row.fence.into(), held_until.into(), shop.now().into()];
    match shop.execute(sql, values).await? {
        1 => Ok(Begun::Held(Held::again(shop, row, asked.key, answer))),
        _ => Ok(Begun::InProgress),
    }
}
