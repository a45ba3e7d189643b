//! What is kept for how long (`Settings::retention`), and forgotten then: a shop that runs for years must not slow down
//! under what nobody will look at again. Orders, their money and their stock are kept for ever.
//!
//! Everything is forgotten in bounded batches, each in a transaction of its own, so that no shopper
//! waits for it.

use std::future::Future;

use chrono::TimeDelta;

use crate::{
    Context, Result, Shop, back_in_stock, bulk, cart,
    catalog::price_history,
    changes,
    checkout::drafts,
    customers::{addresses, email_change, notice, reset, session, sign_up},
    discounts, documents, downloads, exports,
    fulfilment::parcels,
    identities, imported, imports, media,
    notifications::in_app,
    outbox,
    payments::saved,
    privacy, repeats, returns,
    search::record,
    staff::passwords,
    tick, webhooks, withdrawals,
};

/// How often it is looked for.
const PERIOD: TimeDelta = TimeDelta::hours(1);

/// How long staff can look a finished job up.
const JOBS: TimeDelta = TimeDelta::days(7);

/// How long a webhook is known by its id: no provider sends one again for that long.
const PROVIDER_EVENTS: TimeDelta = TimeDelta::days(90);

/// How many batches of each are forgotten at once; the rest waits for the next time.
const BATCHES_MAX: usize = 1_000;

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    pub jobs: u64,
    pub sessions: u64,
    pub carts: u64,
    pub provider_events: u64,
    /// What carriers told of parcels that are not ours.
    pub carrier_events: u64,
    /// Deleted pictures that were looked at: those that something names stay.
    pub media: u64,
    /// Files that were sent, or could have been, and are not taken up.
    pub uploads: u64,
    pub password_resets: u64,
    /// Accounts that were asked for and not confirmed, links of customers' mails, and what those told.
    pub account_mails: u64,
    /// Deleted ones of address books, and saved cards that were removed.
    pub addresses: u64,
    /// Messages in the shop.
    pub messages: u64,
    /// Who wanted to be told when something is back in stock.
    pub stock_alerts: u64,
    /// Ways to providers of OpenID Connect that have ended.
    pub identity_handshakes: u64,
    /// Deleted files that were sold to nobody.
    pub files: u64,
    /// Days on which a term was searched for.
    pub searches: u64,
    /// Bulk operations, and the results of their lines.
    pub bulk_operations: u64,
    pub exports: u64,
    /// Files of products.
    pub imports: u64,
    /// Files with what was kept of a person.
    pub person_exports: u64,
    /// Orders that lost their person.
    pub orders_erased: u64,
    /// That somebody wanted to be erased, or was.
    pub erasures: u64,
    /// Accounts that nobody uses, or that staff shut, whose erasure began.
    pub accounts: u64,
    /// Requests under idempotency keys, and their answers.
    pub keyed_requests: u64,
    /// That something changed which shoppers may have seen.
    pub changes: u64,
    /// Prices that are long over.
    pub prices: u64,
    /// How often whom used discounts that are over.
    pub discount_uses: u64,
    /// What documents said that were kept for as long as the law wants.
    pub documents: u64,
    /// Events, and what became of sending them.
    pub events: u64,
    /// Statements of withdrawal of no order that anybody knows.
    pub withdrawals: u64,
    /// Pictures of returns whose people were erased.
    pub return_pictures: u64,
}

/// Forgets what is over, if it is time to and no other worker does.
pub async fn forget(shop: &Shop) -> Result<Option<Forgotten>> {
    let context = Context::system(shop, "forget");
    let is_ours = shop
        .transact(&context, |tx| async move { tick::claim(&tx, "forget", PERIOD).await })
        .await?;
    match is_ours {
        true => Ok(Some(forget_now(shop).await?)),
        false => Ok(None),
    }
}

/// Forgets what is over, whether or not it is time to.
pub async fn forget_now(shop: &Shop) -> Result<Forgotten> {
    let kept = shop.settings.retention;
    Ok(Forgotten {
        jobs: all(|| outbox::forget_done(shop, JOBS)).await?,
        sessions: all(|| session::forget_ended(shop)).await?,
        carts: all(|| cart::forget_abandoned(shop, kept.guest_carts)).await?
            + all(|| drafts::forget(shop, kept.guest_carts)).await?,
        provider_events: all(|| forget_provider_events(shop)).await?,
        carrier_events: all(|| parcels::forget(shop)).await?,
        media: all(|| media::purge(shop)).await?,
        uploads: all(|| media::forget_uploads(shop)).await?,
        password_resets: all(|| passwords::forget(shop)).await?,
        identity_handshakes: all(|| identities::forget(shop)).await?,
        account_mails: all(|| sign_up::forget(shop)).await?
            + all(|| reset::forget(shop)).await?
            + all(|| email_change::forget(shop)).await?
            + all(|| notice::forget(shop)).await?,
        addresses: all(|| addresses::forget(shop)).await? + all(|| saved::forget(shop)).await?,
        messages: all(|| in_app::forget(shop)).await?,
        stock_alerts: all(|| back_in_stock::forget(shop)).await?,
        files: all(|| downloads::purge(shop)).await?,
        searches: all(|| record::forget(shop)).await?,
        bulk_operations: all(|| bulk::forget(shop, kept.bulk_operations)).await?,
        exports: all(|| exports::forget(shop, kept.exports)).await?,
        imports: all(|| imports::forget(shop, kept.bulk_operations)).await?,
        person_exports: all(|| privacy::export::forget(shop)).await?,
        orders_erased: all(|| privacy::erasure::erase_due(shop)).await?
            + all(|| privacy::erasure::erase_of_guests(shop)).await?
            + all(|| imported::erase_due(shop)).await?,
        erasures: all(|| privacy::erasure::forget(shop)).await?,
        keyed_requests: all(|| repeats::forget(shop)).await?,
        changes: all(|| changes::forget(shop)).await?,
        prices: all(|| price_history::forget(shop)).await?,
        discount_uses: all(|| discounts::forget(shop)).await?,
        documents: all(|| documents::forget(shop)).await?,
        events: all(|| webhooks::forget(shop)).await?,
        withdrawals: all(|| withdrawals::forget(shop)).await?,
        return_pictures: all(|| returns::purge_pictures(shop)).await?,
        // The last: there may be many, and each takes its time.
        accounts: privacy::inactivity::forget(shop).await?,
    })
}

async fn all<Batch>(batch: impl Fn() -> Batch) -> Result<u64>
where
    Batch: Future<Output = Result<u64>>,
{
    let mut forgotten = 0;
    for _ in 0..BATCHES_MAX {
        match batch().await? {
            0 => break,
            rows => forgotten += rows,
        }
    }
    Ok(forgotten)
}

async fn forget_provider_events(shop: &Shop) -> Result<u64> {
    let sql = "delete from provider_event where (provider, event_id) in \
               (select provider, event_id from provider_event where received_at < $1 order by received_at limit 1000)";
    let values = [(shop.now() - PROVIDER_EVENTS).into()];
    shop.execute(sql, values).await
}

#[cfg(test)]
mod tests;
