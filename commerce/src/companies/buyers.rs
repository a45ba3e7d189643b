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
    language::messages,
    money::Money,
    staff::{Permission, audit, permission::require_or_system},
};

/// For how many companies somebody buys at most.
const COMPANIES_MAX: u64 = 50;

/// The greatest amount above which an approval is needed, in minor units.
const APPROVAL_MAX: i64 = 1_000_000_000_000;

/// Lets a customer buy for a company, or gives them another role. What they buy above an amount, a decimal in the shop's own
/// currency, needs a manager's approval from then on: `None` leaves that as it is, `Some(None)` takes it away. Whoever buys for none yet buys for this one from now on,
/// until they choose otherwise.
///
/// # Errors
/// Refuses whoever may not, a company or a customer that there is not, and an amount that is none.
pub async fn add(
    shop: &Shop,
    context: &Context,
    id: CompanyId,
    buyer: CustomerId,
    role: BuyerRole,
    approval_above: Option<Option<&str>>,
) -> Result<company::Model> {
    require_or_system(context, Permission::Customers)?;
    let approval_above = match approval_above {
        Some(Some(amount)) => Some(Some(approval_above_minor(shop, amount)?)),
        Some(None) => Some(None),
        None => None,
    };
    shop.transact(context, |tx| async move {
        let company = locked(&tx, id, "id").await?;
        // In turn with whatever else becomes of what they buy for.
        let known = tx.lock::<customer::Entity>(buyer).await?;
        known.ok_or_else(|| Refusal::not_found("customer").at(&["customerId"]))?;
        let theirs = company_buyer::Entity::find().filter(Column::CustomerId.eq(buyer));
        let before = theirs.clone().filter(Column::CompanyId.eq(id)).one(tx.db()).await?;
        match before {
            Some(row) => {
                let changed = company_buyer::Model {
                    role,
                    approval_above_minor: approval_above.unwrap_or(row.approval_above_minor),
                    ..row.clone()
                };
                if changed == row {
                    return Ok(company);
                }
                let mut row = changed.into_active_model();
                row.reset(Column::Role);
                row.reset(Column::ApprovalAboveMinor);
                row.update(tx.db()).await?;
            }
            None => {
                let count = theirs.count(tx.db()).await?;
                if count >= COMPANIES_MAX {
                    let message = messages::companies_of_buyer_max(COMPANIES_MAX);
                    return Err(Refusal::new(ErrorCode::Invalid, message).at(&["customerId"]).into());
                }
                let row = company_buyer::Model {
                    company_id: id,
                    customer_id: buyer,
                    role,
                    chosen: count == 0,
                    added_at: tx.shop().now(),
                    approval_above_minor: approval_above.flatten(),
                };
                row.into_active_model().insert(tx.db()).await?;
            }
        }
        let role = sea_orm::ActiveEnum::to_value(&role);
        let data = json!({ "customer": buyer, "role": role, "approvalAboveMinor": approval_above.flatten() });
        audit(&tx, "company.buyer_add", id.to_string(), data).await?;
        Ok(company)
    })
    .await
}

fn approval_above_minor(shop: &Shop, amount: &str) -> Result<i64, Refusal> {
    let currency = shop.profile().currency;
    let money = Money::parse(amount.trim(), currency);
    let money = money.map_err(|error| Refusal::from(error).at(&["approvalAbove"]))?;
    match (0..=APPROVAL_MAX).contains(&money.minor) {
        true => Ok(money.minor),
        false => {
            let message = messages::approval_amount_range(Money::new(APPROVAL_MAX, currency));
            Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&["approvalAbove"]))
        }
    }
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
