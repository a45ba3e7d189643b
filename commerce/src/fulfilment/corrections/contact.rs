//! Staff correct where an order's mails go, and how whoever placed it is called.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_event::OrderEventKind,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, address,
    error::expect_version,
    fulfilment::{edits::keep_corrected, parcels::label_anew},
    language::messages,
    orders::{desk::make_findable, load, transition},
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which order, as it was seen, and what is corrected. What is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct ContactUpdate {
    pub order: OrderId,
    pub expected_version: Option<i64>,
    pub email: Option<String>,
    /// `Some(None)` takes it away.
    pub phone: Option<Option<String>>,
}

/// Corrects an order's mail address and telephone number: all mails from now on go there, those that wait
/// to be sent included. The old address is told nothing: most often it is somebody else's, whom the order does
/// not concern.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`; `VERSION_CONFLICT`; `ORDER_STATE` once its goods are on
/// their way or it was cancelled.
pub async fn update_contact(shop: &Shop, context: &Context, input: ContactUpdate) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let email = input.email.as_deref().map(|email| text::email(&["email"], email));
    let phone = input.phone.as_ref();
    let phone = phone.map(|phone| address::checked_phone(&["phone"], phone.as_deref()));
    let (email, phone) = (&email.transpose()?, &phone.transpose()?);
    let input = &input;
    shop.transact(context, |tx| async move {
        let before = transition::lock(&tx, input.order).await?;
        expect_version("order", before.event_count, input.expected_version)?;
        // The links of downloads are needed most by whoever never got the mail that has them.
        refuse_state(&before, before.ships)?;
        let mut after = before.clone();
        if let Some(email) = email {
            after.email.clone_from(email);
        }
        if let Some(phone) = phone {
            after.shipping_address.phone.clone_from(phone);
        }
        let changed = [
            (after.email != before.email).then_some("email"),
            (after.shipping_address != before.shipping_address).then_some("phone"),
        ];
        let changed: Vec<_> = changed.into_iter().flatten().collect();
        if changed.is_empty() {
            return Ok(before);
        }
        write(
            &tx,
            (&before, after),
            OrderEventKind::ContactUpdated,
            "order.contact_update",
            &changed,
        )
        .await
    })
    .await
}

/// Refuses an order that was cancelled, and where goods are sent, one whose are on their way.
pub(super) fn refuse_state(order: &order::Model, ships: bool) -> Result<(), Refusal> {
    let message = match order.status {
        OrderStatus::Cancelled => messages::order_cancelled_fixed(),
        OrderStatus::Dispatched | OrderStatus::Completed if ships => messages::order_sent_fixed(),
        _ => return Ok(()),
    };
    Err(Refusal::new(ErrorCode::OrderState, message).at(&["orderId"]))
}

/// Writes what was corrected of a locked order, and tells its timeline and the audit log what it was, not how it was
/// before: who is to be forgotten is not to live on there.
pub(super) async fn write(
    tx: &Tx,
    (before, order): (&order::Model, order::Model),
    kind: OrderEventKind,
    action: &str,
    changed: &[&str],
) -> Result<order::Model> {
    let row = order::ActiveModel {
        id: Set(order.id),
        email: Set(order.email.clone()),
        shipping_address: Set(order.shipping_address.clone()),
        tax: Set(order.tax.clone()),
        ..Default::default()
    };
    order::Entity::update(row).exec(tx.db()).await?;
    if order.shipping_address != before.shipping_address {
        keep_corrected(tx, before, &order).await?;
    }
    label_anew(tx, order.id).await?;
    let data = json!({ "changed": changed });
    let order = transition::note(tx, &order, kind, true, data.clone()).await?;
    let lines = load::lines_on(tx.db(), order.id).await?;
    let goods = lines.iter().flat_map(|line| [line.sku.as_str(), line.title.as_str()]);
    make_findable(tx, &order, goods).await?;
    audit(tx, action, order.id.to_string(), data).await?;
    Ok(order)
}
