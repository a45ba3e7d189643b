//! Notes orders of clients that know the older checkout alone.

use sea_orm::{EntityTrait, IntoActiveModel, TryInsertResult};
use vitrine_entity::{
    ids::LegacyOrderId,
    legacy_order::{self, LegacyDifferences, LegacyFinding, LegacyRecord, LegacySide},
    order,
};

use crate::{Context, Result, Shop, Tx, jobs::Job};

/// In the transaction that places an order: where its client knows the older checkout alone, it is written there, too.
pub(crate) fn note_placed(tx: &Tx, order: &order::Model) {
    if !tx.context().by_legacy_client || tx.shop().legacy.is_none() {
        return;
    }
    let row = row(tx, LegacySide::Here, &order.number, LegacyRecord::default());
    let id = row.id;
    let row = legacy_order::Model {
        order_id: Some(order.id),
        ..row
    };
    // It refers to the order, which may be written at the end.
    tx.write_later::<legacy_order::Entity>([row.into_active_model()]);
    tx.enqueue(order.id, Job::SyncLegacyOrder { legacy: id });
}

/// An order that the older system has placed, as it told of it. One that is noted already stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn note_there(shop: &Shop, context: &Context, record: LegacyRecord) -> Result<()> {
    let record = &record;
    shop.transact(context, |tx| async move {
        let row = row(&tx, LegacySide::There, &record.number, record.clone());
        let id = row.id;
        let inserted = legacy_order::Entity::insert(row.into_active_model())
            .on_conflict_do_nothing_on([legacy_order::Column::Placed, legacy_order::Column::Number])
            .exec_without_returning(tx.db())
            .await?;
        if matches!(inserted, TryInsertResult::Inserted(1)) {
            tx.enqueue(None, Job::SyncLegacyOrder { legacy: id });
        }
        Ok(())
    })
    .await
}

fn row(tx: &Tx, placed: LegacySide, number: &str, agreed: LegacyRecord) -> legacy_order::Model {
    let now = tx.shop().now();
    legacy_order::Model {
        id: LegacyOrderId(tx.shop().new_id()),
        number: number.to_owned(),
        order_id: None,
        placed,
        agreed,
        differences: LegacyDifferences::default(),
        finding: LegacyFinding::None,
        decided_by: None,
        note: None,
        written_at: None,
        compared_at: None,
        next_at: Some(now),
        created_at: now,
        updated_at: now,
    }
}
