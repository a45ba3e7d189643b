use vitrine_commerce::payments::reconciliation as reconcile;
use vitrine_entity::ids::ReconciliationId;

use crate::graphql::shared::questions;

questions! {
    /// Those that wait for a decision.
    OpenFindingsOfReconciliation(ReconciliationId) -> i64 = reconcile::open_findings_of;
}
