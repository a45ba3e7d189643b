//! What companies buy on account: how much they may owe, what they owe, and by when it is due.
//!
//! An order raises what is owed in the statement that looks at the limit, so that however many are placed at once, it is
//! never exceeded. The row of the order says what it has added; when its payment comes, or is given up, that row is closed,
//! once, and what is owed falls by as much.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::{ActiveValue::Set, EntityTrait, FromQueryResult, IntoActiveModel, Value};
use vitrine_entity::{
    company, company_order,
    ids::{CompanyId, OrderId},
    order::{self, OrderStatus},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, jobs::MailKind, language::messages, money::Money, notifications, sql,
};

/// The way to pay that only companies have.
pub const METHOD: &str = "on_account";

const FIELD: [&str; 2] = ["paymentMethod", "method"];

/// What a company may buy on account at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    pub limit: Money,
    /// How much more it may owe.
    pub left: Money,
    /// When what is ordered now is due.
    pub due_on: NaiveDate,
}

/// What a company may buy on account; `None` where it may not.
pub fn credit(shop: &Shop, company: &company::Model) -> Option<Credit> {
    let limit = company.credit_limit_minor?;
    let currency = shop.profile().currency;
    Some(Credit {
        limit: Money::new(limit, currency),
        left: Money::new((limit - company.open_minor).max(0), currency),
        due_on: due_on(shop, company),
    })
}

fn due_on(shop: &Shop, company: &company::Model) -> NaiveDate {
    let today = shop.profile().date(shop.now());
    let days = u64::try_from(company.payment_terms_days).unwrap_or_default();
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}

/// Where what is bought on account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// To be paid, and not late.
    Due,
    Overdue,
    Paid,
    /// Nothing of it is to be paid any more: what came back, or a change of the order, took all of it off.
    Credited,
    /// Not owed any more without having been paid: the order is cancelled.
    GivenUp,
}

/// Where it stands on a day, as [`super::company_of_orders`] gives it; `None` for what is paid otherwise. Pure.
pub fn state(row: &company_order::Model, status: OrderStatus, today: NaiveDate) -> Option<AccountState> {
    let due_on = row.due_on?;
    Some(match (row.closed_at, status) {
        (None, _) if due_on < today => AccountState::Overdue,
        (None, _) => AccountState::Due,
        (Some(_), OrderStatus::Cancelled) => AccountState::GivenUp,
        (Some(_), _) if row.account_minor == Some(0) => AccountState::Credited,
        (Some(_), _) => AccountState::Paid,
    })
}

/// Writes down for which company an order is placed, by which number that knows it and, where it is `on_account`, that it owes the amount.
///
/// # Errors
/// Refuses an amount on account where there is no company or it may not owe as much.
pub(crate) async fn record(
    tx: &Tx,
    order: OrderId,
    company: Option<&company::Model>,
    on_account: Option<Money>,
    purchase_order_number: Option<&str>,
) -> Result<()> {
    let Some(company) = company else {
        return match on_account {
            Some(_) => Err(refused(messages::on_account_not_offered()).into()),
            None => Ok(()),
        };
    };
    if let Some(amount) = on_account {
        owe(tx, company.id, amount).await?;
    }
    tx.write_later::<company_order::Entity>([company_order::ActiveModel {
        order_id: Set(order),
        company_id: Set(company.id),
        account_minor: Set(on_account.map(|amount| amount.minor)),
        due_on: Set(on_account.map(|_| due_on(tx.shop(), company))),
        closed_at: Set(None),
        reminded_at: Set(None),
        terms_days: Set(on_account.map(|_| company.payment_terms_days)),
        second_reminded_at: Set(None),
        purchase_order_number: Set(purchase_order_number.map(str::to_owned)),
    }]);
    Ok(())
}

/// Writes down that an order is for the company of another, in place of goods of which it is sent, and that it owes the amount where
/// it is `on_account`. Gives the number by which the company knows its purchase.
///
/// # Errors
/// Refuses an amount on account where there is no company or it may not owe as much.
pub(crate) async fn record_like(
    tx: &Tx,
    of: OrderId,
    order: OrderId,
    on_account: Option<Money>,
) -> Result<Option<String>> {
    let row = company_order::Entity::find_by_id(of).one(tx.db()).await?;
    if on_account.is_some() {
        let company = match &row {
            Some(row) => company::Entity::find_by_id(row.company_id).one(tx.db()).await?,
            None => None,
        };
        let number = row.and_then(|row| row.purchase_order_number);
        record(tx, order, company.as_ref(), on_account, number.as_deref()).await?;
        return Ok(number);
    }
    let Some(row) = row else { return Ok(None) };
    let number = row.purchase_order_number.clone();
    let like = company_order::Model {
        order_id: order,
        company_id: row.company_id,
        account_minor: None,
        due_on: None,
        closed_at: None,
        reminded_at: None,
        terms_days: None,
        second_reminded_at: None,
        purchase_order_number: row.purchase_order_number,
    };
    tx.write_later::<company_order::Entity>([like.into_active_model()]);
    Ok(number)
}

async fn owe(tx: &Tx, id: CompanyId, amount: Money) -> Result<()> {
    if amount.currency != tx.shop().profile().currency {
        return Err(refused(messages::on_account_own_currency(tx.shop().profile().currency.code())).into());
    }
    let owe = "update company set open_minor = open_minor + $2 where id = $1 and deleted_at is null \
               and credit_limit_minor is not null and open_minor + $2 <= credit_limit_minor";
    match sql::execute(tx.db(), owe, [id.into(), amount.minor.into()]).await? {
        1 => Ok(()),
        _ => Err(refused(messages::on_account_limit(amount)).into()),
    }
}

fn refused(message: crate::language::Message) -> Refusal {
    Refusal::new(ErrorCode::PaymentMethodUnknown, message).at(&FIELD)
}

#[derive(FromQueryResult)]
struct Closed {
    company_id: CompanyId,
    account_minor: i64,
}

/// What was owed of an order is paid, or given up. Doing it twice does nothing twice.
pub(crate) async fn close(tx: &Tx, order: OrderId) -> Result<()> {
    let close = "update company_order set closed_at = $2 where order_id = $1 and account_minor is not null \
                 and closed_at is null returning company_id, account_minor";
    let closed = sql::one::<Closed>(tx.db(), close, [order.into(), tx.shop().now().into()]).await?;
    let Some(closed) = closed else { return Ok(()) };
    let release = "update company set open_minor = open_minor - $2 where id = $1";
    sql::execute(
        tx.db(),
        release,
        [closed.company_id.into(), closed.account_minor.into()],
    )
    .await?;
    Ok(())
}

/// What is owed of an order is another amount, in minor units; of one of which nothing was owed before, it is owed again. What is
/// paid, or given up, is left alone.
///
/// # Errors
/// Refuses more than the company may owe.
pub(crate) async fn change(tx: &Tx, order: &order::Model, (before_minor, after_minor): (i64, i64)) -> Result<()> {
    let (sql, values): (&str, [Value; 2]) = match (before_minor, after_minor) {
        (_, 0) => return close(tx, order.id).await,
        (0, _) => (
            "update company_order set account_minor = $2, closed_at = null where order_id = $1 \
             and account_minor is not null and closed_at is not null returning company_id, account_minor",
            [order.id.into(), after_minor.into()],
        ),
        _ => (
            "update company_order set account_minor = account_minor + $2 where order_id = $1 \
             and account_minor is not null and closed_at is null returning company_id, account_minor",
            [order.id.into(), (after_minor - before_minor).into()],
        ),
    };
    let Some(changed) = sql::one::<Closed>(tx.db(), sql, values).await? else {
        return Ok(());
    };
    let delta_minor = after_minor - before_minor;
    if delta_minor > 0 {
        return owe(tx, changed.company_id, Money::new(delta_minor, order.currency)).await;
    }
    let lower = "update company set open_minor = open_minor + $2 where id = $1";
    sql::execute(tx.db(), lower, [changed.company_id.into(), delta_minor.into()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Owed {
    company_id: CompanyId,
    minor: i64,
}

/// How much of what each company owes is late. Unscoped: whoever shows it has asked who may see it.
pub async fn overdue_of(shop: &Shop, ids: &[CompanyId]) -> Result<HashMap<CompanyId, i64>> {
    let today = shop.profile().date(shop.now());
    let among = sql::among_parameter::<CompanyId>(&shop.db, 2);
    let sql = format!(
        "select company_id, cast(sum(account_minor) as bigint) as minor from company_order \
         where account_minor is not null and closed_at is null and due_on < $1 and company_id {among} group by company_id"
    );
    let values = [today.into(), sql::list(&shop.db, ids.iter().copied())];
    let rows = sql::all::<Owed>(&shop.db, &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.company_id, row.minor)).collect())
}

/// How many companies' orders one run reminds of.
const REMINDERS_MAX: u64 = 100;

/// Which of two reminders of what is late: the column that says that it was written, and what is late enough for it, as of
/// the parameter `$1`.
struct Reminder {
    column: &'static str,
    is_due: &'static str,
}

const FIRST: Reminder = Reminder {
    column: "reminded_at",
    is_due: "due_on < $1",
};

const SECOND: Reminder = Reminder {
    column: "second_reminded_at",
    is_due: "reminded_at <= $1",
};

/// Reminds of what is late: once, and where the configuration says so, a second time. Whoever does so at the same moment
/// reminds of others.
///
/// # Errors
/// What the database says.
pub async fn remind(shop: &Shop) -> Result<()> {
    if !shop.profile().trade.has_companies {
        return Ok(());
    }
    let today = shop.profile().date(shop.now());
    remind_of(shop, &FIRST, today.into()).await?;
    match shop.settings.second_reminder {
        Some(after) => remind_of(shop, &SECOND, (shop.now() - after).into()).await,
        None => Ok(()),
    }
}

async fn remind_of(shop: &Shop, reminder: &Reminder, as_of: Value) -> Result<()> {
    let Reminder { column, is_due } = reminder;
    let late = format!(
        "select order_id from company_order where account_minor is not null and closed_at is null \
         and {column} is null and {is_due} order by due_on, order_id limit {REMINDERS_MAX}"
    );
    let mark = &format!(
        "update company_order set {column} = $2 where order_id = $1 and closed_at is null and {column} is null"
    );
    for order in sql::column::<OrderId>(&shop.db, &late, [as_of]).await? {
        let context = Context::system(shop, format!("late:{order}"));
        shop.transact(&context, |tx| async move {
            if sql::execute(tx.db(), mark, [order.into(), tx.shop().now().into()]).await? == 1 {
                let mail = MailKind::AccountOverdue { order };
                notifications::send(&tx, Some(order), mail);
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}
