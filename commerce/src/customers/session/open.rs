//! A session begins, and whoever holds it is given tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use vitrine_entity::{
    ids::{CustomerId, OrderId, RefreshTokenId, SessionId},
    refresh_token, session,
};

use super::{
    end::{Which, end},
    refresh_hash::hash,
};
use crate::{
    Context, Result, Tx,
    customers::{account::Holder, keys, token},
    jobs::Job,
    sql, text,
};

/// The most characters of what a client calls itself.
const USER_AGENT_LENGTH_MAX: usize = 200;

/// What a client gets when it signs in or refreshes. Shows itself to nobody: it has no `Debug`.
pub struct SignedIn {
    pub holder: Holder,
    pub access_token: String,
    pub access_token_expires_at: DateTime<Utc>,
    pub refresh_token: String,
    pub refresh_token_expires_at: DateTime<Utc>,
}

/// Begins a session.
pub(crate) async fn open(tx: &Tx, holder: Holder) -> Result<SignedIn> {
    let shop = tx.shop();
    let (customer, staff) = match holder {
        Holder::Customer(id) => (Some(id), None),
        Holder::Staff(id) => (None, Some(id)),
    };
    let now = shop.now();
    let row = session::ActiveModel {
        id: Set(SessionId(shop.new_id())),
        customer_id: Set(customer),
        staff_member_id: Set(staff),
        created_at: Set(now),
        expires_at: Set(now + shop.settings.refresh_token_lifetime),
        revoked_at: Set(None),
        last_used_at: Set(Some(now)),
        user_agent: Set(user_agent(tx.context())),
    };
    let session = row.insert(tx.db()).await?;
    end(tx, Which::Surplus(holder)).await?;
    let mut secret = [0; 32];
    shop.ids.fill(&mut secret);
    let refresh_token = URL_SAFE_NO_PAD.encode(secret);
    keep(tx, &session, &refresh_token).await?;
    hand_out(tx, holder, &session, refresh_token).await
}

/// Gives them an access token beside a refresh token that the session has.
pub(super) async fn hand_out(
    tx: &Tx,
    holder: Holder,
    session: &session::Model,
    refresh_token: String,
) -> Result<SignedIn> {
    if let Holder::Customer(customer) = holder {
        adopt_orders(tx, customer).await?;
    }
    let key = keys::signing(tx).await?;
    let (access_token, access_token_expires_at) = token::issue(tx.shop(), &key, holder, session)?;
    Ok(SignedIn {
        holder,
        access_token,
        access_token_expires_at,
        refresh_token,
        refresh_token_expires_at: session.expires_at,
    })
}

/// From now on the session has this refresh token.
pub(super) async fn keep(tx: &Tx, session: &session::Model, refresh_token: &str) -> Result<()> {
    let shop = tx.shop();
    let row = refresh_token::ActiveModel {
        id: Set(RefreshTokenId(shop.new_id())),
        session_id: Set(session.id),
        token_hash: Set(hash(refresh_token)),
        created_at: Set(shop.now()),
        used_at: Set(None),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

/// What somebody ordered as a guest with the proven address of an account becomes the account's once its owner comes,
/// and not when it is placed: whoever types an address learns nothing of whether it has an account, and is given
/// nothing. Its mails go to the owner in any case.
async fn adopt_orders(tx: &Tx, customer: CustomerId) -> Result<()> {
    let sql = "select o.id from orders o join customer c on c.email = o.email where c.id = $1 and c.address_proven \
               and o.customer_id is null \
               and not exists (select 1 from order_erasure e where e.order_id = o.id) \
               union all select i.id from imported_order i join customer c on c.email = i.email where c.id = $1 \
               and c.address_proven and i.customer_id is null and i.erasure_asked_at is null and i.erased_at is null \
               limit 1";
    let one: Vec<OrderId> = sql::column(tx.db(), sql, [customer.into()]).await?;
    if !one.is_empty() {
        tx.enqueue(None, Job::AdoptOrders { customer });
    }
    Ok(())
}

/// One line of visible text, cut.
pub(super) fn user_agent(context: &Context) -> Option<String> {
    let visible = text::normal(context.user_agent.as_deref()?);
    let visible = visible
        .chars()
        .filter(|c| !c.is_control())
        .take(USER_AGENT_LENGTH_MAX)
        .collect::<String>();
    Some(visible.trim().to_owned()).filter(|text| !text.is_empty())
}
