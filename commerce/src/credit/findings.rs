//! What did not agree in the books of credit when the shop looked: written once for each thing until it is decided, and settled
//! when it is gone.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, Order, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use serde_json::json;
use vitrine_entity::{
    credit_finding::{self, Column, CreditFindingStatus},
    ids::CreditFindingId,
};

use super::check::{DIFFERENCES_MAX, Difference, differences};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    paging::{self, Page, PageRequest},
    staff::{Permission, audit, permission},
    text, tick,
};

/// How often the shop looks by itself.
const PERIOD: TimeDelta = TimeDelta::hours(24);

/// Looks once a day, if no other worker does: what does not agree becomes a finding, and is told to the log. Gives how many
/// differences there are.
///
/// # Errors
/// When the database fails.
pub async fn check_if_due(shop: &Shop) -> Result<usize> {
    let context = Context::system(shop, "check-credit");
    let is_due = shop.transact(
        &context,
        |tx| async move { tick::claim(&tx, "check_credit", PERIOD).await },
    );
    if !is_due.await? {
        return Ok(0);
    }
    let found = &differences(shop, &context).await?;
    for difference in found {
        tracing::error!(?difference, "the books of gift cards and store credit do not agree");
    }
    shop.transact(&context, |tx| async move { record(&tx, found).await })
        .await?;
    Ok(found.len())
}

/// Writes down what a look has found, and settles what it has not found any more.
async fn record(tx: &Tx, found: &[Difference]) -> Result<()> {
    let open = credit_finding::Entity::find().filter(Column::Status.eq(CreditFindingStatus::Open));
    let open = open.all(tx.db()).await?;
    // Whether there are more than were told nobody knows.
    let all_told = found.len() < DIFFERENCES_MAX;
    for row in open {
        let is_it = |difference: &&Difference| (difference.kind, difference.subject) == (row.kind, row.subject);
        match found.iter().find(is_it) {
            Some(now) if (now.noted_minor, now.entries_minor) == (row.noted_minor, row.entries_minor) => {}
            Some(now) => {
                let (noted, entries) = (now.noted_minor, now.entries_minor);
                change(tx, row, |row| {
                    row.noted_minor = Set(noted);
                    row.entries_minor = Set(entries);
                })
                .await?;
            }
            None if all_told => {
                change(tx, row, |row| row.status = Set(CreditFindingStatus::Settled)).await?;
            }
            None => {}
        }
    }
    for difference in found {
        if !is_known(tx, difference).await? {
            insert(tx, difference).await?;
        }
    }
    Ok(())
}

async fn change(
    tx: &Tx,
    row: credit_finding::Model,
    how: impl FnOnce(&mut credit_finding::ActiveModel),
) -> Result<credit_finding::Model> {
    let mut row = row.into_active_model();
    how(&mut row);
    row.updated_at = Set(tx.shop().now());
    Ok(row.update(tx.db()).await?)
}

/// Whether it is open, or staff have decided to leave the very same.
async fn is_known(tx: &Tx, difference: &Difference) -> Result<bool> {
    let latest = credit_finding::Entity::find()
        .filter(Column::Kind.eq(difference.kind))
        .filter(Column::Subject.eq(difference.subject))
        .order_by_desc(Column::Id)
        .one(tx.db())
        .await?;
    Ok(latest.is_some_and(|row| match row.status {
        CreditFindingStatus::Open => true,
        CreditFindingStatus::Dismissed => {
            (row.noted_minor, row.entries_minor) == (difference.noted_minor, difference.entries_minor)
        }
        CreditFindingStatus::Settled => false,
    }))
}

async fn insert(tx: &Tx, difference: &Difference) -> Result<()> {
    let now = tx.shop().now();
    let row = credit_finding::ActiveModel {
        id: Set(CreditFindingId(tx.shop().new_id())),
        kind: Set(difference.kind),
        subject: Set(difference.subject),
        noted_minor: Set(difference.noted_minor),
        entries_minor: Set(difference.entries_minor),
        status: Set(CreditFindingStatus::Open),
        decided_by: Set(None),
        note: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    };
    credit_finding::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Findings, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not, and a page out of bounds.
pub async fn findings(
    shop: &Shop,
    context: &Context,
    status: Option<CreditFindingStatus>,
    page: &PageRequest,
) -> Result<Page<credit_finding::Model>> {
    permission::require(context, Permission::Payments)?;
    let wanted = Condition::all().add_option(status.map(|status| Column::Status.eq(status)));
    let query = credit_finding::Entity::find().filter(wanted);
    paging::by_keys(&shop.db, query, [Column::Id], Order::Desc, page, |row| row.id).await
}

/// Leaves a finding as it is: it is told anew where it becomes another one. One that was left before stays so.
///
/// # Errors
/// Refuses whoever may not, a finding that there is not, and one that is gone.
pub async fn dismiss_finding(
    shop: &Shop,
    context: &Context,
    id: CreditFindingId,
    reason: &str,
) -> Result<credit_finding::Model> {
    permission::require(context, Permission::Payments)?;
    let reason = &text::line(&["reason"], reason, 200)?;
    shop.transact(context, |tx| async move {
        let found = locked(&tx, id).await?;
        match found.status {
            CreditFindingStatus::Dismissed => return Ok(found),
            CreditFindingStatus::Settled => {
                let message = messages::credit_finding_settled();
                return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["findingId"]).into());
            }
            CreditFindingStatus::Open => {}
        }
        audit(
            &tx,
            "credit_finding.dismiss",
            id.to_string(),
            json!({ "reason": reason }),
        )
        .await?;
        decide(&tx, found, CreditFindingStatus::Dismissed, reason).await
    })
    .await
}

pub(super) async fn locked(tx: &Tx, id: CreditFindingId) -> Result<credit_finding::Model> {
    let found = tx.lock::<credit_finding::Entity>(id).await?;
    Ok(found.ok_or_else(|| Refusal::not_found("finding").at(&["findingId"]))?)
}

/// Writes what staff have made of a finding, and why.
pub(super) async fn decide(
    tx: &Tx,
    found: credit_finding::Model,
    status: CreditFindingStatus,
    reason: &str,
) -> Result<credit_finding::Model> {
    let by = tx.context().viewer.actor();
    change(tx, found, |row| {
        row.status = Set(status);
        row.decided_by = Set(Some(by));
        row.note = Set(Some(reason.to_owned()));
    })
    .await
}

/// How many wait for a decision.
pub(crate) async fn findings_open(shop: &Shop) -> Result<u64> {
    let open = credit_finding::Entity::find().filter(Column::Status.eq(CreditFindingStatus::Open));
    Ok(open.count(&shop.db).await?)
}
