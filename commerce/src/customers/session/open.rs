//! A session begins, and goes on with its next pair of tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use vitrine_entity::{
    customer,
    ids::{CustomerId, OrderId, RefreshTokenId, SessionId},
    refresh_token, session, staff_member,
};

use super::{
    end::{Which, end},
    refresh_hash::hash,
};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
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
    hand_out(tx, holder, &session).await
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
            match holder(&tx, &session).await? {
                Some(holder) => Ok(Some(hand_out(&tx, holder, &session).await?)),
                None => Ok(None),
            }
        })
        .await?;
    refreshed.ok_or_else(|| Refusal::new(ErrorCode::InvalidToken, "Sign in again: the session has ended.").into())
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

async fn hand_out(tx: &Tx, holder: Holder, session: &session::Model) -> Result<SignedIn> {
    let shop = tx.shop();
    if let Holder::Customer(customer) = holder {
        adopt_orders(tx, customer).await?;
    }
    let (access_token, access_token_expires_at) = token::issue(shop, &keys::signing(tx).await?, holder, session)?;
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
        holder,
        access_token,
        access_token_expires_at,
        refresh_token,
        refresh_token_expires_at: session.expires_at,
    })
}

/// What somebody ordered as a guest with the proven address of an account becomes the account's once its owner comes,
/// and not when it is placed: whoever types an address learns nothing of whether it has an account, and is given
/// nothing. Its mails go to the owner in any case.
async fn adopt_orders(tx: &Tx, customer: CustomerId) -> Result<()> {
    let sql = "select o.id from orders o join customer c on c.email = o.email where c.id = $1 and c.address_proven \
               and o.customer_id is null \
               and not exists (select 1 from order_erasure e where e.order_id = o.id) limit 1";
    let one: Vec<OrderId> = sql::column(tx.db(), sql, [customer.into()]).await?;
    if !one.is_empty() {
        tx.enqueue(None, Job::AdoptOrders { customer });
    }
    Ok(())
}

/// One line of visible text, cut.
fn user_agent(context: &Context) -> Option<String> {
    let visible = text::normal(context.user_agent.as_deref()?);
    let visible = visible
        .chars()
        .filter(|c| !c.is_control())
        .take(USER_AGENT_LENGTH_MAX)
        .collect::<String>();
    Some(visible.trim().to_owned()).filter(|text| !text.is_empty())
}
