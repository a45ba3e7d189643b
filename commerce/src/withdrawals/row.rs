//! Reads and writes a statement within a transaction.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::WithdrawalId, order, withdrawal, withdrawal_event, withdrawal_event::WithdrawalEventKind, withdrawal_line,
};

use crate::{Refusal, Result, Shop, Tx, orders::transition, outbox::Lease};

/// A statement and its order, where it is known, both locked: everybody locks the order first.
pub(super) async fn lock(tx: &Tx, id: WithdrawalId) -> Result<(Option<order::Model>, withdrawal::Model)> {
    let missing = || Refusal::not_found("withdrawal").at(&["id"]);
    let found = withdrawal::Entity::find_by_id(id)
        .one(tx.db())
        .await?
        .ok_or_else(missing)?;
    let order = match found.order_id {
        Some(order) => Some(transition::lock(tx, order).await?),
        None => None,
    };
    let row = tx.lock::<withdrawal::Entity>(id).await?.ok_or_else(missing)?;
    Ok((order, row))
}

/// From what somebody withdraws, in its order.
pub(super) async fn lines(tx: &Tx, id: WithdrawalId) -> Result<Vec<withdrawal_line::Model>> {
    Ok(withdrawal_line::Entity::find()
        .filter(withdrawal_line::Column::WithdrawalId.eq(id))
        .order_by_asc(withdrawal_line::Column::Position)
        .all(tx.db())
        .await?)
}

/// Writes what may change of the locked row, at its next version, with the event that tells of it. What was declared is not
/// among it.
pub(super) async fn write(
    tx: &Tx,
    mut row: withdrawal::Model,
    kind: WithdrawalEventKind,
    data: Json,
) -> Result<withdrawal::Model> {
    row.version += 1;
    row.event_count += 1;
    row.updated_at = tx.shop().now();
    let changed = withdrawal::ActiveModel {
        order_id: Set(row.order_id),
        page_version_id: Set(row.page_version_id),
        policy_sha256: Set(row.policy_sha256.clone()),
        judgement: Set(row.judgement),
        counted_from: Set(row.counted_from),
        basis: Set(row.basis),
        ends_at: Set(row.ends_at),
        status: Set(row.status),
        refusal: Set(row.refusal.clone()),
        event_count: Set(row.event_count),
        version: Set(row.version),
        updated_at: Set(row.updated_at),
        ..Default::default()
    };
    withdrawal::Entity::update_many()
        .set(changed)
        .filter(withdrawal::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    note(tx, &row, kind, data);
    Ok(row)
}

/// Writes the latest event of a statement, whose number is the row's count of them.
pub(super) fn note(tx: &Tx, row: &withdrawal::Model, kind: WithdrawalEventKind, data: Json) {
    let event = withdrawal_event::ActiveModel {
        withdrawal_id: Set(row.id),
        number: Set(row.event_count),
        kind: Set(kind),
        data: Set(data),
        actor: Set(tx.context().viewer.actor()),
        created_at: Set(tx.shop().now()),
    };
    tx.write_later::<withdrawal_event::Entity>([event]);
}

/// A statement, for its mails.
pub(crate) async fn statement_of(shop: &Shop, id: WithdrawalId) -> Result<Option<withdrawal::Model>> {
    Ok(withdrawal::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Notes that the receipt was confirmed by mail, in the transaction that finishes the mail's job.
pub(crate) async fn confirm_sent(tx: &Tx, id: WithdrawalId, lease: &Lease) -> Result<()> {
    let (_, row) = lock(tx, id).await?;
    write(
        tx,
        row,
        WithdrawalEventKind::Confirmed,
        json!({ "mail": lease.id.to_string() }),
    )
    .await?;
    Ok(())
}
