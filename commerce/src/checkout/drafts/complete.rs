//! Staff make a draft order an order, paid by other means than the link.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    draft_order,
    ids::{DraftOrderId, OrderId},
};

use super::find::seen;
use crate::{
    Context, Result, Shop,
    cart::{self, CartRef},
    checkout::place_order::{Agreed, Placed, place, replay},
    error::expect_version,
    fulfilment::with_lapsed_freed,
    payments::PaymentMethod,
    sql,
    staff::{
        Permission, audit,
        permission::require_or_system,
        removal::{self, Removable},
    },
};

/// Which draft order, and how it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complete {
    pub draft: DraftOrderId,
    pub expected_version: Option<i64>,
    /// One that needs no token: nobody types a card in for somebody else. Not looked at where nothing is to be paid.
    pub method: Option<String>,
    /// The total that staff saw, a decimal in the draft's currency.
    pub expected_total: Option<String>,
}

/// Makes a draft order an order, as any cart becomes one. One that is an order gives that again. For staff, who may do so
/// whether or not it was sent, and after it has expired.
///
/// # Errors
/// Refuses whoever may not, what any placing of an order refuses, and a version that is no longer its own.
pub async fn complete(shop: &Shop, context: &Context, input: Complete) -> Result<Placed> {
    require_or_system(context, Permission::Orders)?;
    let input = &input;
    let attempt = || {
        shop.transact_keyed(context, |tx| async move {
            let draft = seen(tx.shop(), input.draft).await?;
            let id = OrderId(tx.shop().new_id());
            let cart = CartRef {
                id: draft.cart_id,
                expected_version: None,
            };
            let (sql, values) = cart::completing(&tx, cart, id, "");
            let row = sql::one(tx.db(), &sql, values).await?;
            let now = draft_order::Entity::find_by_id(input.draft).one(tx.db()).await?;
            if let Some(order) = now.and_then(|now| now.order_id) {
                return replay(&tx, order).await;
            }
            let cart = cart::completed(&tx, cart, row).await?;
            let row = removal::live::<draft_order::Entity>(&tx, input.draft).await?;
            expect_version(draft_order::Model::CALLED, row.version, input.expected_version)?;
            let method = PaymentMethod {
                provider: input.method.clone(),
                ..PaymentMethod::default()
            };
            let agreed = Agreed {
                total: input.expected_total.as_deref(),
                ..Agreed::default()
            };
            let placed = place(&tx, id, cart, &method, agreed).await?;
            let data = json!({ "number": row.number, "order": placed.order.id, "method": input.method });
            audit(&tx, "draft_order.complete", row.id.to_string(), data).await?;
            Ok(placed)
        })
    };
    with_lapsed_freed(shop, context, attempt).await
}
