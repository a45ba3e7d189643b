//! Switches one code off, and on again.

use serde_json::json;
use vitrine_entity::{discount_code, ids::DiscountCodeId};

use crate::{
    Context, Refusal, Result, Shop, sql,
    staff::{Permission, audit, permission},
};

/// Has a code apply, or not; carts that have it lose it where it does not, orders keep it. Asked again, it answers the
/// same.
///
/// # Errors
/// Refuses whoever may not change discounts, and a code that is not there.
pub async fn switch(shop: &Shop, context: &Context, id: DiscountCodeId, active: bool) -> Result<discount_code::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let missing = || Refusal::not_found("code").at(&["id"]);
        let found = tx.lock::<discount_code::Entity>(id).await?.ok_or_else(missing)?;
        if found.active == active {
            return Ok(found);
        }
        let sql = "update discount_code set active = $2 where id = $1";
        sql::execute(tx.db(), sql, [id.into(), active.into()]).await?;
        let deed = match active {
            true => "discount.code_activate",
            false => "discount.code_deactivate",
        };
        audit(&tx, deed, found.discount_id.to_string(), json!({ "code": found.code })).await?;
        Ok(discount_code::Model { active, ..found })
    })
    .await
}
