//! Who a bearer is, and what they may do at this moment.
//!
//! A shopper's token is believed by its signature, unless its session is among those that ended of late, which every
//! server keeps in memory. For whoever works here the database is asked with every request: who is deactivated, signed out, demoted or revoked is refused at once, also where a stream is open.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::StreamExt;
use sea_orm::FromQueryResult;
use vitrine_entity::{
    ids::{AppId, SessionId, StaffMemberId},
    permission::Permissions,
    staff_member::StaffRole,
};

use super::apps;
use crate::{
    Result, Shop, Viewer,
    customers::{
        Holder, keys,
        token::{self, TokenError, Verified},
    },
    ports::event_bus::Topic,
    sql,
};

/// How long a stream may go on under rights that have ended, where the bus has lost the word of it.
const POLL: Duration = Duration::from_secs(5);

/// A bearer who is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    pub viewer: Viewer,
    pub session: Option<SessionId>,
    /// When a connection that was opened with it must close.
    pub expires_at: Option<DateTime<Utc>>,
    /// Of an app, the key that it came with.
    key: Option<vitrine_entity::ids::AppKeyId>,
}

/// Reads a token or a key that a client sent. `None` is one that opens nothing, or nothing any more.
pub async fn recognise(shop: &Shop, bearer: &str) -> Result<Option<Recognised>> {
    if apps::is_key(bearer) {
        return Ok(apps::recognise(shop, bearer).await?.map(|app| Recognised {
            viewer: Viewer::App(app.id, app.permissions),
            session: None,
            expires_at: app.expires_at,
            key: Some(app.key),
        }));
    }
    let verified = match verify(shop, bearer).await? {
        Ok(verified) => verified,
        Err(error) => {
            tracing::debug!(%error, "an access token was refused");
            return Ok(None);
        }
    };
    let viewer = match verified.holder {
        Holder::Customer(id) => {
            let has_ended = shop.revocations().contains(verified.session);
            (!has_ended).then_some(Viewer::Customer(id))
        }
        Holder::Staff(id) => rights(shop, id, verified.session)
            .await?
            .map(|permissions| Viewer::Staff(id, permissions)),
    };
    Ok(viewer.map(|viewer| Recognised {
        viewer,
        session: Some(verified.session),
        expires_at: Some(verified.expires_at),
        key: None,
    }))
}

/// Of a key that this process has not heard of it looks for the key first: another server may have made it just now.
async fn verify(shop: &Shop, bearer: &str) -> Result<Result<Verified, TokenError>> {
    match token::verify(shop, bearer) {
        Err(TokenError::UnknownKey) if keys::read_again(shop).await? => Ok(token::verify(shop, bearer)),
        outcome => Ok(outcome),
    }
}

/// Waits until what somebody may do is no longer what it was when they were recognised, or their session has ended.
pub async fn changed(shop: Shop, known: Recognised) {
    let topic = match known.viewer {
        Viewer::Customer(_) => {
            let Some(session) = known.session else {
                return std::future::pending().await;
            };
            let ending = shop.revocations().ending(session);
            // The stream does not keep the shop open.
            drop(shop);
            return ending.await;
        }
        Viewer::Staff(id, _) => Topic::StaffMember(id),
        Viewer::App(id, _) => Topic::App(id),
        Viewer::Guest | Viewer::System => return std::future::pending().await,
    };
    let mut changes = shop
        .bus
        .subscribe()
        .filter(move |changed| std::future::ready(*changed == topic));
    loop {
        match now(&shop, &known).await {
            Ok(viewer) if viewer != Some(known.viewer) => return,
            // A database that is away for a moment ends no stream.
            Ok(_) | Err(_) => {}
        }
        tokio::select! {
            _ = changes.next() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

async fn now(shop: &Shop, known: &Recognised) -> Result<Option<Viewer>> {
    Ok(match (known.viewer, known.session, known.key) {
        (Viewer::Staff(id, _), Some(session), _) => rights(shop, id, session)
            .await?
            .map(|permissions| Viewer::Staff(id, permissions)),
        (Viewer::App(id, _), _, Some(key)) => apps::rights(shop, id, key)
            .await?
            .map(|permissions| Viewer::App(id, permissions)),
        (viewer, ..) => Some(viewer),
    })
}

/// Who somebody is, and what they may do at this moment, for whom jobs do what they asked for: a member of staff,
/// an app, or where it is neither the shop itself. `None` where they may do nothing here any more.
pub(crate) async fn on_behalf(
    shop: &Shop,
    member: Option<StaffMemberId>,
    app: Option<AppId>,
) -> Result<Option<Viewer>> {
    Ok(match (member, app) {
        (Some(id), _) => {
            let row = sql::one::<Rights>(&shop.db, RIGHTS, [id.into()]).await?;
            row.map(|row| Viewer::Staff(id, row.permissions()))
        }
        (None, Some(id)) => {
            let permissions = apps::rights_without_key(shop, id).await?;
            permissions.map(|permissions| Viewer::App(id, permissions))
        }
        (None, None) => Some(Viewer::System),
    })
}

/// What a member of staff who works here may do.
const RIGHTS: &str = "select m.role, m.role_id is not null as is_own, r.permissions, r.two_factor_required, \
                      f.confirmed_at is not null as has_second_factor from staff_member m \
                      left join staff_role r on r.id = m.role_id or (m.role_id is null and r.built_in = m.role) \
                      left join staff_second_factor f on f.staff_member_id = m.id \
                      where m.id = $1 and m.active";

/// What a member of staff may do, if they work here and the session lives.
async fn rights(shop: &Shop, id: StaffMemberId, session: SessionId) -> Result<Option<Permissions>> {
    let sql = format!(
        "{RIGHTS} and exists (select 1 from session s where s.staff_member_id = m.id and s.id = $2 \
         and s.revoked_at is null and s.expires_at > $3)"
    );
    let row = sql::one::<Rights>(&shop.db, &sql, [id.into(), session.into(), shop.now().into()]).await?;
    Ok(row.map(|row| row.permissions()))
}

#[derive(FromQueryResult)]
struct Rights {
    role: StaffRole,
    is_own: bool,
    permissions: Option<Permissions>,
    two_factor_required: Option<bool>,
    has_second_factor: bool,
}

impl Rights {
    fn permissions(self) -> Permissions {
        // Who must prove a second factor and has none may do nothing but set one up.
        if self.two_factor_required == Some(true) && !self.has_second_factor {
            return Permissions::NONE;
        }
        match self.is_own {
            true => self.permissions.unwrap_or_default(),
            false => Permissions::of(self.role),
        }
    }
}
