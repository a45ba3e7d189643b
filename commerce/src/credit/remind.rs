//! Whoever has a gift card or store credit is reminded, once, before its time is over.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    customer,
    ids::{CreditAccountId, CustomerId},
};

use super::account::CreditState;
use crate::{Context, Result, Shop, notifications, sql, tick};

/// How often it is looked for them.
const PERIOD: TimeDelta = TimeDelta::hours(1);

/// How many are reminded in one go.
const AT_ONCE: i64 = 500;

/// Those that end within so many days, pay still, and of which somebody is to be told: not before the card itself was sent.
const DUE: &str = "update credit_account set reminded_for = expires_at where id in (\
    select id from credit_account where expires_at > $1 and expires_at <= $2 and balance_minor > 0 \
    and disabled_at is null and (reminded_for is null or reminded_for <> expires_at) \
    and (customer_id is not null or (recipient_email is not null and mailed_at is not null)) \
    order by expires_at limit $3) returning id";

/// Has those reminded whose time comes, if it is time to look and no other worker does. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn remind_if_due(shop: &Shop) -> Result<usize> {
    let Some(days) = shop.profile().credit_reminder_days else {
        return Ok(0);
    };
    let context = Context::system(shop, "remind-credit");
    let until = shop.now() + TimeDelta::days(days.into());
    shop.transact(&context, |tx| async move {
        if !tick::claim(&tx, "remind_credit", PERIOD).await? {
            return Ok(0);
        }
        let values = [shop.now().into(), until.into(), AT_ONCE.into()];
        let due: Vec<CreditAccountId> = sql::column(tx.db(), DUE, values).await?;
        for account in &due {
            notifications::tell_of_credit_that_expires(&tx, *account);
        }
        Ok(due.len())
    })
    .await
}

/// In which language a customer ordered last; the shop's own where they did not.
async fn spoken_by(shop: &Shop, customer: CustomerId) -> Result<String> {
    let sql = "select locale from orders where customer_id = $1 order by placed_at desc limit 1";
    let found: Vec<String> = sql::column(&shop.db, sql, [customer.into()]).await?;
    Ok(found.into_iter().next().unwrap_or_default())
}

/// Who is reminded of what.
pub(crate) struct Reminded {
    pub(crate) account: credit_account::Model,
    pub(crate) to: String,
    /// BCP 47.
    pub(crate) locale: String,
}

/// The account as it is now, and whom to remind of it; `None` where there is nothing to remind of any more.
pub(crate) async fn to_be_reminded(shop: &Shop, id: CreditAccountId) -> Result<Option<Reminded>> {
    let account = credit_account::Entity::find_by_id(id).one(&shop.db).await?;
    let still = |account: &credit_account::Model| {
        CreditState::of(account, shop.now()) == CreditState::Active && account.reminded_for == account.expires_at
    };
    let Some(account) = account.filter(still) else {
        return Ok(None);
    };
    let owner = match (account.kind, account.customer_id) {
        (CreditKind::StoreCredit, Some(customer)) => customer::Entity::find_by_id(customer).one(&shop.db).await?,
        _ => None,
    };
    let (to, locale) = match owner {
        Some(customer) => (Some(customer.email), spoken_by(shop, customer.id).await?),
        None => (account.recipient_email.clone(), account.locale.clone()),
    };
    Ok(to.map(|to| Reminded { account, to, locale }))
}
