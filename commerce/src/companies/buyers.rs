//! Who buys for a company.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    company,
    company_buyer::{self, BuyerRole, Column},
    customer,
    ids::{CompanyId, CustomerId},
};

use super::locked;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    staff::{Permission, audit, permission::require_or_system},
};

/// For how many companies somebody buys at most.
const COMPANIES_MAX: u64 = 50;

/// Lets a customer buy for a company, or gives them another role. Whoever buys for none yet buys for this one from now on,
/// until they choose otherwise.
///
/// # Errors
/// Refuses whoever may not, and a company or a customer that there is not.
pub async fn add(
    shop: &Shop,
    context: &Context,
    id: CompanyId,
    buyer: CustomerId,
    role: BuyerRole,
) -> Result<company::Model> {
    require_or_system(context, Permission::Customers)?;
    shop.transact(context, |tx| async move {
        let company = locked(&tx, id, "id").await?;
        // In turn with whatever else becomes of what they buy for.
        let known = tx.lock::<customer::Entity>(buyer).await?;
        known.ok_or_else(|| Refusal::not_found("customer").at(&["customerId"]))?;
        let theirs = company_buyer::Entity::find().filter(Column::CustomerId.eq(buyer));
        let before = theirs.clone().filter(Column::CompanyId.eq(id)).one(tx.db()).await?;
        match before {
            Some(row) if row.role == role => return Ok(company),
            Some(row) => {
                let row = company_buyer::Model { role, ..row };
                let mut row = row.into_active_model();
                row.reset(Column::Role);
                row.update(tx.db()).await?;
            }
            None => {
                let count = theirs.count(tx.db()).await?;
                if count >= COMPANIES_MAX {
                    let message = format!("A customer buys for at most {COMPANIES_MAX} companies.");
                    return Err(Refusal::new(ErrorCode::Invalid, message).at(&["customerId"]).into());
                }
                let row = company_buyer::Model {
                    company_id: id,
                    customer_id: buyer,
                    role,
                    chosen: count == 0,
                    added_at: tx.shop().now(),
                };
                row.into_active_model().insert(tx.db()).await?;
            }
        }
        let data = json!({ "customer": buyer, "role": sea_orm::ActiveEnum::to_value(&role) });
        audit(&tx, "company.buyer_add", id.to_string(), data).await?;
        Ok(company)
    })
    .await
}

/// Lets a customer buy for a company no more. Whoever does not stays so.
///
/// # Errors
/// Refuses whoever may not, and a company that there is not.
pub async fn remove(shop: &Shop, context: &Context, id: CompanyId, buyer: CustomerId) -> Result<company::Model> {
    require_or_system(context, Permission::Customers)?;
    shop.transact(context, |tx| async move {
        let company = locked(&tx, id, "id").await?;
        let removed = company_buyer::Entity::delete_many()
            .filter(Column::CompanyId.eq(id))
            .filter(Column::CustomerId.eq(buyer))
            .exec(tx.db())
            .await?;
        if removed.rows_affected > 0 {
            audit(
                &tx,
                "company.buyer_remove",
                id.to_string(),
                json!({ "customer": buyer }),
            )
            .await?;
        }
        Ok(company)
    })
    .await
}
