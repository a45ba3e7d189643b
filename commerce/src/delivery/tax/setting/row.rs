//! A rate's row.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::TaxRateId, tax_rate};

use super::draft::RateDraft;
use crate::{
    Error, ErrorCode, Refusal, Result, Tx, language::messages, staff::audit, transaction::is_unique_violation,
};

pub(super) fn row(draft: RateDraft, id: TaxRateId, version: i64) -> tax_rate::Model {
    tax_rate::Model {
        id,
        country: draft.country,
        tax_category: draft.tax_category,
        name: draft.name,
        basis_points: draft.basis_points,
        region: draft.region,
        on_top: draft.on_top,
        confirmed: draft.confirmed,
        version,
        deleted_at: None,
    }
}

pub(super) async fn locked(tx: &Tx, id: TaxRateId) -> Result<tax_rate::Model> {
    let row = tx.lock::<tax_rate::Entity>(id).await?;
    row.ok_or_else(|| missing().into())
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("tax rate").at(&["id"])
}

/// Writes a locked row at its next version.
pub(super) async fn write(tx: &Tx, mut row: tax_rate::Model, action: &str) -> Result<tax_rate::Model> {
    row.version += 1;
    let row = row
        .into_active_model()
        .reset_all()
        .update(tx.db())
        .await
        .map_err(refuse_taken)?;
    audit(tx, action, row.id.to_string(), json!(RateDraft::of(&row))).await?;
    Ok(row)
}

pub(super) fn refuse_taken(error: sea_orm::DbErr) -> Error {
    if is_unique_violation(&error) {
        let message = messages::tax_rate_there();
        return Refusal::new(ErrorCode::Taken, message).at(&["countryCode"]).into();
    }
    error.into()
}
