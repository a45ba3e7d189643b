//! A customer is let in no more, and is again.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{customer, ids::CustomerId};

use crate::{
    Context, Refusal, Result, Shop, Tx,
    customers::{
        Holder,
        session::{self, Which},
        store,
    },
    error::expect_version,
    staff::{Permission, audit, require},
};

/// Lets a customer in no more: their sessions end at once, and no password and no link opens the account. Their
/// orders go on.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `VERSION_CONFLICT`.
pub async fn disable(
    shop: &Shop,
    context: &Context,
    id: CustomerId,
    expected_version: Option<i64>,
) -> Result<customer::Model> {
    set(shop, context, id, expected_version, true).await
}

/// Lets a customer in again, with the password that they had.
///
/// # Errors
/// As [`disable`].
pub async fn enable(
    shop: &Shop,
    context: &Context,
    id: CustomerId,
    expected_version: Option<i64>,
) -> Result<customer::Model> {
    set(shop, context, id, expected_version, false).await
}

async fn set(
    shop: &Shop,
    context: &Context,
    id: CustomerId,
    expected_version: Option<i64>,
    disabled: bool,
) -> Result<customer::Model> {
    require(context, Permission::Customers)?;
    shop.transact(context, |tx| async move {
        let row = tx.lock::<customer::Entity>(id).await?;
        let row = row.ok_or_else(|| Refusal::not_found("customer").at(&["id"]))?;
        if row.disabled_at.is_some() == disabled {
            return Ok(row);
        }
        expect_version("customer", row.version, expected_version)?;
        write(&tx, row, disabled).await
    })
    .await
}

async fn write(tx: &Tx, row: customer::Model, disabled: bool) -> Result<customer::Model> {
    let row = customer::Model {
        disabled_at: disabled.then(|| tx.shop().now()),
        version: row.version + 1,
        ..row
    };
    let row = row.into_active_model().reset_all().update(tx.db()).await?;
    let action = if disabled {
        "customer.disable"
    } else {
        "customer.enable"
    };
    if disabled {
        store::end_links(tx, row.id).await?;
        session::end(
            tx,
            Which::All {
                of: Holder::Customer(row.id),
                but: None,
            },
        )
        .await?;
    }
    audit(tx, action, row.id.to_string(), json!({})).await?;
    Ok(row)
}
