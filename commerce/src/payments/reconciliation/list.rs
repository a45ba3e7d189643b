//! Reads reconciliations and what they found. For staff.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Value,
};
use serde::{Serialize, de::DeserializeOwned};
use vitrine_entity::{
    ids::ReconciliationId,
    reconciliation,
    reconciliation_finding::{self, FindingKind, FindingStatus},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::permission::{self, Permission},
};

/// Which findings staff want to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// What this one found, unless a later one has met it again.
    pub reconciliation: Option<ReconciliationId>,
    pub kind: Option<FindingKind>,
    pub status: Option<FindingStatus>,
}

/// Every reconciliation, newest first.
pub async fn list(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<reconciliation::Model>> {
    permission::require(context, Permission::Payments)?;
    let query = reconciliation::Entity::find();
    newest_first(shop, query, reconciliation::Column::Id, page, |run| run.id).await
}

/// A reconciliation.
pub async fn find(shop: &Shop, context: &Context, id: ReconciliationId) -> Result<Option<reconciliation::Model>> {
    permission::require(context, Permission::Payments)?;
    Ok(reconciliation::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Findings, newest first.
pub async fn findings(
    shop: &Shop,
    context: &Context,
    filter: &FindingFilter,
    page: &PageRequest,
) -> Result<Page<reconciliation_finding::Model>> {
    permission::require(context, Permission::Payments)?;
    let query = reconciliation_finding::Entity::find()
        .apply_if(filter.reconciliation, |query, id| {
            query.filter(reconciliation_finding::Column::ReconciliationId.eq(id))
        })
        .apply_if(filter.kind, |query, kind| {
            query.filter(reconciliation_finding::Column::Kind.eq(kind))
        })
        .apply_if(filter.status, |query, status| {
            query.filter(reconciliation_finding::Column::Status.eq(status))
        });
    newest_first(shop, query, reconciliation_finding::Column::Id, page, |row| row.id).await
}

/// How many findings of each reconciliation wait for a decision.
pub async fn open_findings_of(shop: &Shop, ids: &[ReconciliationId]) -> Result<HashMap<ReconciliationId, i64>> {
    let counts: Vec<(ReconciliationId, i64)> = reconciliation_finding::Entity::find()
        .select_only()
        .column(reconciliation_finding::Column::ReconciliationId)
        .column_as(reconciliation_finding::Column::Id.count(), "open")
        .filter(sql::among(
            &shop.db,
            reconciliation_finding::Column::ReconciliationId,
            ids.iter().copied(),
        ))
        .filter(reconciliation_finding::Column::Status.eq(FindingStatus::Open))
        .group_by(reconciliation_finding::Column::ReconciliationId)
        .into_tuple()
        .all(&shop.db)
        .await?;
    Ok(counts.into_iter().collect())
}

async fn newest_first<E, Id>(
    shop: &Shop,
    query: Select<E>,
    column: E::Column,
    page: &PageRequest,
    id: impl Fn(&E::Model) -> Id,
) -> Result<Page<E::Model>>
where
    E: EntityTrait,
    E::Model: FromQueryResult + Send + Sync,
    Id: Copy + DeserializeOwned + Serialize + Into<Value>,
{
    let window = page.window::<Id>()?;
    let query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(id), false) => query.filter(column.lt(id)),
        (Some(id), true) => query.filter(column.gt(id)),
    };
    let query = if window.backward {
        query.order_by_asc(column)
    } else {
        query.order_by_desc(column)
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&id(row))))
}
