//! Makes rates.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::json;
use vitrine_entity::{ids::TaxRateId, tax_rate};

use super::{
    RATES_MAX,
    check::check,
    draft::RateDraft,
    row::{refuse_taken, row},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    delivery::change::beneath,
    language::messages,
    staff::{Permission, audit, permission::require_or_system},
    turn::{self, Turn},
};

/// Makes a rate.
pub async fn create(shop: &Shop, context: &Context, draft: RateDraft) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    let draft = &draft;
    shop.transact(context, |tx| async move { create_in(&tx, draft).await })
        .await
}

/// As [`create`], within a transaction of whoever has asked for the permission.
pub async fn create_in(tx: &Tx, draft: &RateDraft) -> Result<tax_rate::Model> {
    let checked = check(draft)?;
    turn::take(tx, Turn::TaxRates).await?;
    if tax_rate::Entity::find().count(tx.db()).await? >= RATES_MAX {
        let message = messages::tax_rates_max(RATES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let row = row(checked, TaxRateId(tx.shop().new_id()), 1);
    let row = row.into_active_model().insert(tx.db()).await.map_err(refuse_taken)?;
    audit(tx, "tax_rate.create", row.id.to_string(), json!(RateDraft::of(&row))).await?;
    Ok(row)
}

/// Gives a shop that has no rates its first ones, checked as those of staff are; where there is one, nothing
/// is written.
///
/// # Errors
/// Refuses a draft that is wrong.
pub async fn init(tx: &Tx, drafts: &[RateDraft]) -> Result<()> {
    if tax_rate::Entity::find().count(tx.db()).await? > 0 {
        return Ok(());
    }
    let mut rows = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let checked = check(draft).map_err(|error| beneath(error, &[&index.to_string()]))?;
        rows.push(row(checked, TaxRateId(tx.shop().new_id()), 1).into_active_model());
    }
    if !rows.is_empty() {
        let insert = tax_rate::Entity::insert_many(rows);
        insert.exec_without_returning(tx.db()).await.map_err(refuse_taken)?;
    }
    Ok(())
}
