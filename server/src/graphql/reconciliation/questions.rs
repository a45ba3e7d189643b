use vitrine_commerce::payments::reconciliation;
use vitrine_entity::ids::ReconciliationId;

use crate::graphql::shared::questions;

questions! {
    /// Those that wait for a decision.
    OpenFindingsOfReconciliation(ReconciliationId) -> i64 = reconciliation::open_findings_of;
}
