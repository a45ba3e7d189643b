//! What staff delete and may bring back: the row stays, marked, with whatever refers to it. Deleting what is gone and
//! restoring what is there change nothing, so that either may be asked for again.

use std::future::Future;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, ModelTrait, PrimaryKeyTrait};
use serde_json::Value;

use super::{Permission, audit, permission::require_or_system};
use crate::{Context, Refusal, Result, Shop, Tx, error::expect_version};

/// A row with a version that staff delete and restore.
pub(crate) trait Removable: ModelTrait + Sync {
    /// What people call it, in refusals.
    const CALLED: &'static str;

    /// What the audit log calls it: `{noun}.delete`.
    const NOUN: &'static str;

    fn life(&mut self) -> Life<'_>;

    /// Its public id, and what the audit log keeps of it.
    fn told(&self) -> (String, Value);

    /// What else is so of one that is deleted.
    fn leaves(&mut self) {}

    /// Whether it may come back: not where another has taken its place meanwhile.
    fn may_return(&self, _tx: &Tx) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// What else follows from a change, in the same transaction.
    fn followed(&self, _tx: &Tx) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }
}

/// The columns that every such row has.
pub(crate) struct Life<'row> {
    pub(crate) version: &'row mut i64,
    pub(crate) updated_at: &'row mut DateTime<Utc>,
    pub(crate) deleted_at: &'row mut Option<DateTime<Utc>>,
}

/// Implements [`Removable::life`] for a model whose columns are named as they are everywhere.
macro_rules! life {
    () => {
        fn life(&mut self) -> $crate::staff::removal::Life<'_> {
            $crate::staff::removal::Life {
                version: &mut self.version,
                updated_at: &mut self.updated_at,
                deleted_at: &mut self.deleted_at,
            }
        }
    };
}
pub(crate) use life;

type Key<E> = <<E as EntityTrait>::PrimaryKey as PrimaryKeyTrait>::ValueType;

/// The row, locked, deleted or not.
pub(crate) async fn any<E: EntityTrait<Model: Removable>>(tx: &Tx, id: Key<E>) -> Result<E::Model> {
    let row = tx.lock::<E>(id).await?;
    row.ok_or_else(|| missing::<E>().into())
}

/// The row, locked, if it is there.
pub(crate) async fn live<E: EntityTrait<Model: Removable>>(tx: &Tx, id: Key<E>) -> Result<E::Model> {
    let mut row = any::<E>(tx, id).await?;
    match row.life().deleted_at {
        None => Ok(row),
        Some(_) => Err(missing::<E>().into()),
    }
}

fn missing<E: EntityTrait<Model: Removable>>() -> Refusal {
    Refusal::not_found(E::Model::CALLED).at(&["id"])
}

/// Writes a locked row at its next version, and notes who did so.
pub(crate) async fn write<E>(tx: &Tx, mut row: E::Model, verb: &str) -> Result<E::Model>
where
    E: EntityTrait<ActiveModel: Send>,
    E::Model: Removable + IntoActiveModel<E::ActiveModel>,
{
    let life = row.life();
    *life.version += 1;
    *life.updated_at = tx.shop().now();
    let row = E::update(row.into_active_model().reset_all()).exec(tx.db()).await?;
    note(tx, &row, verb).await?;
    Ok(row)
}

/// Notes who did what to it.
pub(crate) async fn note<R: Removable>(tx: &Tx, row: &R, verb: &str) -> Result<()> {
    let (id, data) = row.told();
    audit(tx, &format!("{}.{verb}", R::NOUN), id, data).await?;
    row.followed(tx).await
}

/// Deletes a row. One that is gone stays so.
///
/// # Errors
/// Refuses whoever has not the permission, a row that there is not, and a version that is no longer its own.
pub(crate) async fn delete<E>(
    shop: &Shop,
    context: &Context,
    permission: Permission,
    id: Key<E>,
    expected_version: Option<i64>,
) -> Result<E::Model>
where
    E: EntityTrait<ActiveModel: Send>,
    E::Model: Removable + IntoActiveModel<E::ActiveModel>,
    Key<E>: Copy + Sync,
{
    require_or_system(context, permission)?;
    shop.transact(context, |tx| async move {
        let mut row = any::<E>(&tx, id).await?;
        let life = row.life();
        if life.deleted_at.is_some() {
            return Ok(row);
        }
        expect_version(E::Model::CALLED, *life.version, expected_version)?;
        *life.deleted_at = Some(tx.shop().now());
        row.leaves();
        write::<E>(&tx, row, "delete").await
    })
    .await
}

/// Brings a row back. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever has not the permission, a row that there is not, and one that may not return.
pub(crate) async fn restore<E>(shop: &Shop, context: &Context, permission: Permission, id: Key<E>) -> Result<E::Model>
where
    E: EntityTrait<ActiveModel: Send>,
    E::Model: Removable + IntoActiveModel<E::ActiveModel>,
    Key<E>: Copy + Sync,
{
    require_or_system(context, permission)?;
    shop.transact(context, |tx| async move {
        let mut row = any::<E>(&tx, id).await?;
        if row.life().deleted_at.take().is_none() {
            return Ok(row);
        }
        row.may_return(&tx).await?;
        write::<E>(&tx, row, "restore").await
    })
    .await
}
