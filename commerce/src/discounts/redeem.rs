//! Counts the discounts of an order as it is placed. A limit is counted and checked in one statement, so that it holds
//! however many place orders at once.
//!
//! The rows of the discounts are locked against a change of their limits alone, so that those who use one do not wait for
//! each other: only where there is a limit they do, at its counter.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseBackend, FromQueryResult, Value};
use vitrine_entity::{
    discount_redemption,
    ids::{CustomerId, DiscountId, DiscountRedemptionId, OrderId},
};

use super::{
    person::{keys, mail_key},
    rules::Given,
};
use crate::{ErrorCode, Refusal, Result, Shop, Tx, language::messages, money::Currency, sql};

/// Who places the order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Redeemer<'a> {
    pub(crate) customer: Option<CustomerId>,
    pub(crate) email: &'a str,
    /// What they call discounts, where that is not what the shop does.
    pub(crate) titles: &'a HashMap<DiscountId, String>,
}

impl Redeemer<'_> {
    fn title<'a>(&'a self, limits: &'a Limits) -> &'a str {
        self.titles.get(&limits.id).unwrap_or(&limits.title)
    }
}

/// What a discount allows at this moment.
#[derive(Debug, FromQueryResult)]
struct Limits {
    id: DiscountId,
    title: String,
    usage_limit: Option<i64>,
    usage_limit_per_customer: Option<i64>,
    usage_limit_per_code: Option<i64>,
}

/// Counts what the order `id` has, and writes that it has it.
///
/// # Errors
/// `DISCOUNT_UNAVAILABLE` where one has been used up or switched off meanwhile.
pub(crate) async fn redeem(
    tx: &Tx,
    order: OrderId,
    by: Redeemer<'_>,
    currency: Currency,
    given: &[Given],
) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    let shop = tx.shop();
    let limits = locked(tx, given).await?;
    // In one order, so that two who count several never wait for each other.
    let mut given: Vec<_> = given.iter().collect();
    given.sort_by_key(|given| given.discount);
    for given in &given {
        let limits = limits
            .iter()
            .find(|limits| limits.id == given.discount)
            .ok_or_else(unavailable)?;
        count(tx, shop, limits, given, by).await?;
    }
    let rows = given.into_iter().map(|given| discount_redemption::ActiveModel {
        id: Set(DiscountRedemptionId(shop.new_id())),
        discount_id: Set(given.discount),
        discount_code_id: Set(given.code),
        order_id: Set(order),
        customer_id: Set(by.customer),
        mail_key: Set(Some(mail_key(shop, by.email))),
        currency: Set(currency),
        amount_minor: Set(given.amount_minor),
        redeemed_at: Set(shop.now()),
        released_at: Set(None),
    });
    tx.write_later::<discount_redemption::Entity>(rows);
    Ok(())
}

/// Those that are still switched on. Whoever sets a limit waits until those who have seen none are done, and counts them.
async fn locked(tx: &Tx, given: &[Given]) -> Result<Vec<Limits>> {
    let sharing = match tx.db().get_database_backend() {
        DatabaseBackend::Postgres => "for key share",
        _ => "",
    };
    let sql = format!(
        "select id, title, usage_limit, usage_limit_per_customer, usage_limit_per_code from discount \
         where id {} and active and deleted_at is null order by id {sharing}",
        sql::among_parameter::<DiscountId>(tx.db(), 1)
    );
    let ids = sql::list(tx.db(), given.iter().map(|given| given.discount));
    Ok(sql::all(tx.db(), &sql, [ids]).await?)
}

async fn count(tx: &Tx, shop: &Shop, limits: &Limits, given: &Given, by: Redeemer<'_>) -> Result<()> {
    if let Some(limit) = limits.usage_limit {
        let sql = "update discount_tally set used = used + 1 where discount_id = $1 and used < $2";
        if !counts(tx, sql, vec![given.discount.into(), limit.into()]).await? {
            return Err(used_up(by.title(limits)).into());
        }
    }
    if let (Some(code), Some(limit)) = (given.code, limits.usage_limit_per_code) {
        let sql = "update discount_code set used = used + 1 where id = $1 and active and used < $2";
        if !counts(tx, sql, vec![code.into(), limit.into()]).await? {
            return Err(used_up(by.title(limits)).into());
        }
    }
    if let Some(limit) = limits.usage_limit_per_customer {
        let mut persons = keys(shop, by.customer, by.email);
        persons.sort_unstable();
        for person in persons {
            let sql = "insert into discount_customer (discount_id, person, used) values ($1, $2, 1) \
                on conflict (discount_id, person) do update set used = discount_customer.used + 1 \
                where discount_customer.used < $3";
            if !counts(tx, sql, vec![given.discount.into(), person.into(), limit.into()]).await? {
                return Err(used_by_shopper(by.title(limits)).into());
            }
        }
    }
    Ok(())
}

/// Runs a statement that counts one more, if it may.
async fn counts(tx: &Tx, sql: &str, values: Vec<Value>) -> Result<bool> {
    Ok(sql::execute(tx.db(), sql, values).await? == 1)
}

fn unavailable() -> Refusal {
    Refusal::new(ErrorCode::DiscountUnavailable, messages::discount_gone()).at(&["cartId"])
}

fn used_up(title: &str) -> Refusal {
    let message = messages::discount_used_up_meanwhile(title);
    Refusal::new(ErrorCode::DiscountUnavailable, message).at(&["cartId"])
}

fn used_by_shopper(title: &str) -> Refusal {
    let message = messages::discount_used_by_you_meanwhile(title);
    Refusal::new(ErrorCode::DiscountUnavailable, message).at(&["cartId"])
}
