//! Reads reconciliations and what they found. For staff.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QuerySelect, QueryTrait};
use vitrine_entity::{
    ids::ReconciliationId,
    reconciliation,
    reconciliation_finding::{self, FindingKind, FindingStatus},
};

use crate::{
    Context, Result, Shop,
    paging::{self, Page, PageRequest},
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
    let id = [reconciliation::Column::Id];
    paging::by_keys(&shop.db, query, id, Order::Desc, page, |run| run.id).await
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
    let id = [reconciliation_finding::Column::Id];
    paging::by_keys(&shop.db, query, id, Order::Desc, page, |row| row.id).await
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
