//! Whether a customer wants marketing, with the proof: which wording, when and how. What they said before stays
//! beside what they say now.
//!
//! There is no second mail to confirm it: every customer's address is confirmed already.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use vitrine_entity::{
    customer,
    customer_consent::{self, Column, ConsentSource, MarketingChannel},
    ids::{CustomerConsentId, CustomerId},
};

use super::{link, own::myself, store::locked};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    paging::{Page, PageRequest, write_cursor},
    text,
};

/// The most characters of a wording's name.
const WORDING_LENGTH_MAX: usize = 200;

/// The most that is written down of one customer: a client gone wild fills no table.
const ROWS_MAX: u64 = 1_000;

const PURPOSE: &str = "marketing-unsubscribe:";

/// What a customer says.
#[derive(Debug, Clone)]
pub struct Consent {
    pub channel: MarketingChannel,
    pub granted: bool,
    /// What the storefront calls the words that they saw, as in `newsletter 2027-03`.
    pub wording: String,
}

/// Writes down what whoever is signed in says. Saying the same of the same wording again changes nothing.
///
/// # Errors
/// `UNAUTHENTICATED`; `INVALID`.
pub async fn set(shop: &Shop, context: &Context, input: Consent) -> Result<customer_consent::Model> {
    let customer = myself(context)?;
    let wording = &text::line(&["wording"], &input.wording, WORDING_LENGTH_MAX)?;
    let (channel, granted) = (input.channel, input.granted);
    shop.transact(context, |tx| async move {
        write(&tx, customer, channel, granted, wording, ConsentSource::Account).await
    })
    .await
}

/// Withdraws what whoever holds a mail's link agreed to. Doing so again is no error.
///
/// # Errors
/// `NOT_FOUND` for a link that the shop did not give, or of an account that is gone.
pub async fn unsubscribe(shop: &Shop, context: &Context, token: &str) -> Result<()> {
    let customer = holder(shop, token).await?;
    shop.transact(context, |tx| async move {
        let email = MarketingChannel::Email;
        let last = latest(&tx, customer.id, email).await?;
        let Some(last) = last.filter(|last| last.granted) else {
            return Ok(());
        };
        write(&tx, customer.id, email, false, &last.wording, ConsentSource::Link).await?;
        Ok(())
    })
    .await
}

/// Whose link it is.
///
/// # Errors
/// As [`unsubscribe`].
pub async fn holder(shop: &Shop, token: &str) -> Result<customer::Model> {
    let missing = || Refusal::not_found("link");
    let id = link::id_of::<CustomerId>(token).ok_or_else(missing)?;
    if !link::is_valid(shop, token, PURPOSE, id, 0) {
        return Err(missing().into());
    }
    let row = customer::Entity::find_by_id(id).one(&shop.db).await?;
    Ok(row.ok_or_else(missing)?)
}

/// Where a customer withdraws by one click: for the `List-Unsubscribe` of every marketing mail (RFC 8058).
pub fn unsubscribe_url(shop: &Shop, customer: CustomerId) -> String {
    let base = &shop.settings.public_url;
    format!("{base}/marketing/{}", link::token(shop, PURPOSE, customer, 0))
}

/// What a customer said, the newest first. Unscoped: the caller must have asked who may see it.
pub async fn list(shop: &Shop, customer: CustomerId, page: &PageRequest) -> Result<Page<customer_consent::Model>> {
    let window = page.window::<CustomerConsentId>()?;
    let query = customer_consent::Entity::find().filter(Column::CustomerId.eq(customer));
    let query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(last), false) => query.filter(Column::Id.lt(last)),
        (Some(last), true) => query.filter(Column::Id.gt(last)),
    };
    let query = match window.backward {
        false => query.order_by_desc(Column::Id),
        true => query.order_by_asc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// What stands for those of `ids` who agree to mails as of now; callers ask for a page's worth. Unscoped: the caller must
/// have asked who may see it.
pub async fn accepted_mail(shop: &Shop, ids: &[CustomerId]) -> Result<HashMap<CustomerId, customer_consent::Model>> {
    let newer = "not exists (select 1 from customer_consent newer where newer.customer_id = customer_consent.customer_id \
                 and newer.channel = customer_consent.channel and newer.id > customer_consent.id)";
    let rows = customer_consent::Entity::find()
        .filter(Column::CustomerId.is_in(ids.iter().copied()))
        .filter(Column::Channel.eq(MarketingChannel::Email))
        .filter(Column::Granted.eq(true))
        .filter(Expr::cust(newer))
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.customer_id, row)).collect())
}

async fn latest(tx: &Tx, customer: CustomerId, channel: MarketingChannel) -> Result<Option<customer_consent::Model>> {
    let query = customer_consent::Entity::find()
        .filter(Column::CustomerId.eq(customer))
        .filter(Column::Channel.eq(channel))
        .order_by_desc(Column::Id);
    Ok(query.one(tx.db()).await?)
}

async fn write(
    tx: &Tx,
    customer: CustomerId,
    channel: MarketingChannel,
    granted: bool,
    wording: &str,
    source: ConsentSource,
) -> Result<customer_consent::Model> {
    // One after the other, so that what was said last is the last row.
    let customer = locked(tx, customer).await?;
    let last = latest(tx, customer.id, channel).await?;
    // What was withdrawn is withdrawn, in whichever words.
    let says_nothing_new = |last: &customer_consent::Model| {
        last.granted == granted && (!granted || last.wording == wording) && last.email == customer.email
    };
    if let Some(last) = last.filter(says_nothing_new) {
        return Ok(last);
    }
    let written = customer_consent::Entity::find().filter(Column::CustomerId.eq(customer.id));
    // What withdraws is always written.
    if granted && written.count(tx.db()).await? >= ROWS_MAX {
        let message = messages::changed_too_often();
        return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
    }
    let row = customer_consent::Model {
        id: CustomerConsentId(tx.shop().new_id()),
        customer_id: customer.id,
        channel,
        granted,
        wording: wording.to_owned(),
        source,
        email: customer.email,
        created_at: tx.shop().now(),
        imported_from: None,
    };
    Ok(row.into_active_model().insert(tx.db()).await?)
}
