//! Somebody withdraws: first they see what they are about to say, then they say it.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Func},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use vitrine_entity::{
    ids::{OrderId, OrderLineId, WithdrawalId},
    order,
    order_event::OrderEventKind,
    order_line, withdrawal,
    withdrawal::WithdrawalStatus,
    withdrawal_event::WithdrawalEventKind,
    withdrawal_line,
};

use super::{
    carry_out::require_permission,
    notify, row,
    statement::{Said, wording},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    jobs::Job,
    language::messages,
    limits::{Kind, account},
    orders::{
        access::{may_try, opens},
        load, number, transition,
    },
    returns,
    staff::audit,
    text,
};

/// Nobody types a longer one.
const NUMBER_LENGTH_MAX: usize = 64;

/// How many statements a day name one address, where nobody has shown that the order is theirs: each is a mail to it.
const DAILY_MAX: u64 = 20;

/// What is declared.
#[derive(Debug, Clone, Default)]
pub struct Declaration {
    /// Of whoever may open it.
    pub order: Option<OrderId>,
    /// For a guest who has it.
    pub access_token: Option<String>,
    /// Of whoever does not: as in `V-7K3M-9QXT`, however it is typed.
    pub order_number: Option<String>,
    /// Where the order's mails go, and the confirmation.
    pub email: Option<String>,
    /// Who withdraws; the order's billing name where it is left out.
    pub name: Option<String>,
    /// From which units of an order that they may open; `None`: from all of it, or from what the details say.
    pub lines: Option<Vec<(OrderLineId, i32)>>,
    /// From which goods, in their own words.
    pub details: Option<String>,
}

/// What is about to be said.
#[derive(Debug, Clone)]
pub struct Declared {
    pub order_number: String,
    pub name: String,
    pub email: String,
    /// The wording, in the language of whoever declares.
    pub statement: String,
    lines: Option<Vec<(OrderLineId, i32)>>,
    details: Option<String>,
}

/// What somebody says of which order, before it is asked whether it can be said: by it a key is known again, whatever became of
/// the order since.
struct Asked {
    /// The order that they have opened.
    order: Option<order::Model>,
    order_number: String,
    email: String,
    /// As it was given.
    name: Option<String>,
    details: Option<String>,
}

/// The first step: what would be declared. Changes nothing, and tells nobody whether there is such an order.
///
/// # Errors
/// `INVALID` for what is missing; `NOT_FOUND` for an order that is not the caller's, and for lines that it has not.
pub async fn prepare(shop: &Shop, context: &Context, input: &Declaration) -> Result<Declared> {
    let asked = asked(shop, context, input).await?;
    asked.say(&shop.db, context, input).await
}

async fn asked(shop: &Shop, context: &Context, input: &Declaration) -> Result<Asked> {
    let name = text::optional_line(&["name"], input.name.as_deref(), 200)?;
    let details = text::optional_paragraph(&["details"], input.details.as_deref(), 2_000)?;
    match input.order {
        Some(id) => of_order(shop, context, input, (id, name, details)).await,
        None => Ok(by_number(input, (name, details))?),
    }
}

async fn of_order(
    shop: &Shop,
    context: &Context,
    input: &Declaration,
    (id, name, details): (OrderId, Option<String>, Option<String>),
) -> Result<Asked> {
    let token = input.access_token.as_deref();
    let tried = may_try(shop, context, &id.to_string(), token).await?;
    let found = order::Entity::find_by_id(id).one(&shop.db).await?;
    let found = found.filter(|order| opens(shop, context, order, token));
    tried.judge(shop, context, found.is_some()).await;
    let order = found.ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?;
    Ok(Asked {
        order_number: order.number.clone(),
        email: order.email.clone(),
        order: Some(order),
        name,
        details,
    })
}

fn by_number(input: &Declaration, (name, details): (Option<String>, Option<String>)) -> Result<Asked, Refusal> {
    let order_number = text::line(
        &["orderNumber"],
        input.order_number.as_deref().unwrap_or_default(),
        NUMBER_LENGTH_MAX,
    )?;
    let email = text::email(&["email"], input.email.as_deref().unwrap_or_default())?;
    if name.is_none() {
        return Err(Refusal::new(ErrorCode::Invalid, messages::withdrawal_name()).at(&["name"]));
    }
    if input.lines.is_some() {
        let refusal = Refusal::new(ErrorCode::Invalid, messages::withdrawal_lines_of_unopened());
        return Err(refusal.at(&["lines"]));
    }
    Ok(Asked {
        order: None,
        order_number: number::typed(&order_number),
        email,
        name,
        details,
    })
}

impl Asked {
    /// The statement, of what the order has now.
    async fn say(&self, db: &impl ConnectionTrait, context: &Context, input: &Declaration) -> Result<Declared> {
        let lines = match (&self.order, &input.lines) {
            (Some(order), Some(asked)) => Some(chosen(load::lines_on(db, order.id).await?, asked)?),
            _ => None,
        };
        let billed = self.order.as_ref().map(|order| order.billing_address.name.clone());
        let name = self.name.clone().or(billed).unwrap_or_default();
        let said = Said {
            name: &name,
            order_number: &self.order_number,
            email: &self.email,
            lines: lines.as_deref(),
            details: self.details.as_deref(),
        };
        Ok(Declared {
            statement: wording(&said, &context.language()),
            order_number: self.order_number.clone(),
            email: self.email.clone(),
            lines: input.lines.clone(),
            details: self.details.clone(),
            name,
        })
    }

    /// A key belongs to the order, whoever opens it; else to whoever knows the number and the address, which nobody reads there.
    fn request<'key>(&self, parts: &[&str], key: &'key str) -> idempotency::Request<'key> {
        let known = format!("{} {}", self.order_number, self.email.to_ascii_lowercase());
        let hash = Sha256::digest(known.as_bytes());
        let known: String = hash[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        match &self.order {
            // It was theirs before who know the address, which staff may correct.
            Some(order) => {
                idempotency::Request::new("withdrawal", order.id.to_string(), key, parts).formerly(Some(known))
            }
            None => idempotency::Request::new("withdrawal", known, key, parts),
        }
    }
}

/// Each line of the order once, and no more units than were bought: whether they are still with the shopper is looked at later.
pub(super) fn chosen(
    lines: Vec<order_line::Model>,
    asked: &[(OrderLineId, i32)],
) -> Result<Vec<(order_line::Model, i32)>, Refusal> {
    if asked.is_empty() {
        return Err(Refusal::new(ErrorCode::Invalid, messages::withdrawal_no_lines()).at(&["lines"]));
    }
    let mut known: HashMap<_, _> = lines.into_iter().map(|line| (line.id, line)).collect();
    let found = asked.iter().enumerate().map(|(index, (id, quantity))| {
        let index = index.to_string();
        // Taken out, so that nobody names it twice.
        let line = known.remove(id);
        let line = line.ok_or_else(|| Refusal::not_found("line of this order").at(&["lines", &index, "lineId"]))?;
        if !(1..=line.quantity).contains(quantity) {
            let message = messages::withdrawal_only_so_many(line.quantity, &line.title);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index, "quantity"]));
        }
        Ok((line, *quantity))
    });
    found.collect()
}

/// The second step: the statement is received, whatever the rules say of it, and its receipt confirmed by mail at once. The same
/// key again gives what was received.
///
/// # Errors
/// As [`prepare`]; `FORBIDDEN` for staff who have it cancel an order that was paid, and may pay nothing back; `RATE_LIMITED` after a few statements within an hour for an address by whoever opens no order.
pub async fn declare(shop: &Shop, context: &Context, input: Declaration, key: &str) -> Result<withdrawal::Model> {
    let key = &text::line(&["idempotencyKey"], key, 255)?;
    let (asked, input) = (&asked(shop, context, &input).await?, &input);
    // Each statement by number is a mail to an address that anybody may type. Others are asked, so that no transaction is open;
    // whoever repeats one is answered all the same.
    let may_ask = match asked.order {
        Some(_) => true,
        None => account::may_ask_for_mail(shop, context, Kind::Withdrawal, &asked.email).await,
    };
    shop.transact_keyed(context, |tx| async move {
        let id = WithdrawalId(shop.new_id());
        let parts = [
            asked.order_number.as_str(),
            asked.name.as_deref().unwrap_or_default(),
            &format!("{:?}", input.lines),
            asked.details.as_deref().unwrap_or_default(),
        ];
        let request = asked.request(&parts, key);
        if let Claim::Replay::<WithdrawalId>(id) = idempotency::claim(&tx, &request, id, id).await? {
            let row = withdrawal::Entity::find_by_id(id).one(tx.db()).await?;
            return Ok(row.ok_or_else(|| Refusal::not_found("withdrawal").at(&["idempotencyKey"]))?);
        }
        let order = match &asked.order {
            Some(order) => Some(transition::lock(&tx, order.id).await?),
            None => {
                limit(&tx, &asked.email, may_ask).await?;
                matching(&tx, asked).await?
            }
        };
        let declared = asked.say(tx.db(), context, input).await?;
        let row = receive(&tx, &declared, order.as_ref(), id).await?;
        if let Some(order) = &order {
            require_permission(&tx, order, &row).await?;
        }
        Ok(row)
    })
    .await
}

/// Whoever may not ask for more, and addresses that all together have named too often today.
async fn limit(tx: &Tx, email: &str, may_ask: bool) -> Result<()> {
    let since = tx.shop().now() - TimeDelta::days(1);
    let address: Expr = Func::lower(Expr::col(withdrawal::Column::Email)).into();
    let today = withdrawal::Entity::find()
        .filter(address.eq(email.to_ascii_lowercase()))
        .filter(withdrawal::Column::ReceivedAt.gt(since));
    if !may_ask || today.count(tx.db()).await? >= DAILY_MAX {
        return Err(Refusal::new(ErrorCode::RateLimited, messages::withdrawal_too_often()).into());
    }
    Ok(())
}

async fn receive(
    tx: &Tx,
    declared: &Declared,
    order: Option<&order::Model>,
    id: WithdrawalId,
) -> Result<withdrawal::Model> {
    let now = tx.shop().now();
    let row = withdrawal::Model {
        id,
        number: number::draw_as(tx.shop(), 'W'),
        order_id: order.map(|order| order.id),
        order_number: declared.order_number.clone(),
        name: declared.name.clone(),
        email: declared.email.clone(),
        locale: tx.context().locale.to_string(),
        statement: declared.statement.clone(),
        statement_sha256: Sha256::digest(declared.statement.as_bytes()).to_vec(),
        whole_order: declared.lines.is_none() && declared.details.is_none(),
        details: declared.details.clone(),
        received_at: now,
        created_by: tx.context().viewer.actor(),
        page_version_id: None,
        policy_sha256: None,
        judgement: None,
        counted_from: None,
        basis: None,
        ends_at: None,
        status: WithdrawalStatus::Received,
        refusal: None,
        event_count: 1,
        version: 1,
        updated_at: now,
    };
    withdrawal::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    row::note(tx, &row, WithdrawalEventKind::Received, json!({}));
    if let Some(order) = order {
        write_lines(tx, &row, order.id, declared.lines.as_deref()).await?;
        let data = json!({ "withdrawal": id.to_string(), "number": row.number });
        transition::note(tx, order, OrderEventKind::WithdrawalReceived, true, data).await?;
    }
    audit(
        tx,
        "withdrawal.declare",
        id.to_string(),
        json!({ "order": row.order_number }),
    )
    .await?;
    notify::confirm_receipt(tx, &row);
    tx.enqueue(row.order_id, Job::SettleWithdrawal { withdrawal: id });
    Ok(row)
}

/// The order with this number, if its mails go to this address.
async fn matching(tx: &Tx, asked: &Asked) -> Result<Option<order::Model>> {
    let found = order::Entity::find()
        .filter(order::Column::Number.eq(&asked.order_number))
        .one(tx.db())
        .await?;
    match found.filter(|order| order.email.eq_ignore_ascii_case(&asked.email)) {
        Some(order) => Ok(Some(transition::lock(tx, order.id).await?)),
        None => Ok(None),
    }
}

/// From which units somebody withdraws: those that were chosen, or all of the order; none where they said it in their own words.
pub(super) async fn write_lines(
    tx: &Tx,
    row: &withdrawal::Model,
    order: OrderId,
    chosen: Option<&[(OrderLineId, i32)]>,
) -> Result<()> {
    if chosen.is_none() && !row.whole_order {
        return Ok(());
    }
    let sold = load::lines_on(tx.db(), order).await?;
    let products: Vec<_> = sold.iter().map(|line| line.product_id).collect();
    let exempt = returns::exemptions_on(tx.db(), &products).await?;
    let units = |line: &order_line::Model| match chosen {
        Some(chosen) => chosen.iter().find(|(id, _)| *id == line.id).map(|(_, units)| *units),
        None => Some(line.quantity),
    };
    let kept = sold.iter().filter_map(|line| Some((line, units(line)?)));
    let rows: Vec<withdrawal_line::ActiveModel> = (0..)
        .zip(kept)
        .map(|(position, (line, quantity))| withdrawal_line::Model {
            withdrawal_id: row.id,
            order_line_id: line.id,
            position,
            quantity,
            exempt: exempt.get(&line.product_id).copied(),
        })
        .map(IntoActiveModel::into_active_model)
        .collect();
    if !rows.is_empty() {
        withdrawal_line::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}
