//! What holds of changes of orders: one row.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::order_edit_policy;

use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    staff::{Permission, audit, permission},
};

const ONLY_ROW: i32 = 1;

/// The longest that shoppers may change an order, in minutes: a week.
const MINUTES_MAX: i32 = 10_080;

/// A change of the policy; what is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct EditPolicyUpdate {
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub shopper_minutes: Option<i32>,
    pub dispatches_unpaid: Option<bool>,
}

/// What holds of changes of orders.
///
/// # Errors
/// When the database fails.
pub async fn edit_policy(shop: &Shop) -> Result<order_edit_policy::Model> {
    let row = order_edit_policy::Entity::find_by_id(ONLY_ROW).one(&shop.db).await?;
    row.ok_or_else(|| missing().into())
}

pub(super) async fn policy_on(tx: &Tx) -> Result<order_edit_policy::Model> {
    let row = order_edit_policy::Entity::find_by_id(ONLY_ROW).one(tx.db()).await?;
    row.ok_or_else(|| missing().into())
}

fn missing() -> Fault {
    Fault::Corrupt {
        table: "order_edit_policy",
        column: "only_row",
        id: ONLY_ROW.to_string(),
    }
}

/// Staff say what holds from now on.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the policy's, and minutes out of bounds.
pub async fn update_edit_policy(
    shop: &Shop,
    context: &Context,
    input: EditPolicyUpdate,
) -> Result<order_edit_policy::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    if input
        .shopper_minutes
        .is_some_and(|minutes| !(0..=MINUTES_MAX).contains(&minutes))
    {
        let message = messages::edit_minutes_range(MINUTES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["shopperMinutes"]).into());
    }
    let input = &input;
    shop.transact(context, |tx| async move {
        let row = tx.lock::<order_edit_policy::Entity>(ONLY_ROW).await?;
        let before = row.ok_or_else(missing)?;
        expect_version("order edit policy", before.version, input.expected_version)?;
        let after = order_edit_policy::Model {
            shopper_minutes: input.shopper_minutes.unwrap_or(before.shopper_minutes),
            dispatches_unpaid: input.dispatches_unpaid.unwrap_or(before.dispatches_unpaid),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        let after = order_edit_policy::Model {
            version: before.version + 1,
            updated_at: shop.now(),
            ..after
        };
        order_edit_policy::Entity::update_many()
            .set(after.clone().into_active_model().reset_all())
            .filter(order_edit_policy::Column::OnlyRow.eq(ONLY_ROW))
            .exec(tx.db())
            .await?;
        let data = json!({ "shopperMinutes": after.shopper_minutes, "dispatchesUnpaid": after.dispatches_unpaid });
        audit(&tx, "order_edit_policy.update", "order_edit_policy".to_owned(), data).await?;
        Ok(after)
    })
    .await
}
