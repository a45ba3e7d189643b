//! What is the whole order's: its totals, how it is sent, and where to.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    address::Address,
    delivery_record::DeliveryRecord,
    ids::ShippingMethodId,
    order,
    shipping_method::{self, MethodKind},
    tax_record::{TaxRecord, TaxRecordLine},
};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    address::checked,
    cart::drafting,
    fulfilment::{
        corrections::refuse_other_place,
        edits::{change::Changes, worth::base_total},
    },
    language::messages,
    pricing::Priced,
};

/// The order as it is to be, but for what is owed.
pub(super) async fn after(
    tx: &Tx,
    order: &order::Model,
    changes: &Changes,
    priced: &Priced,
    delivery: Option<(String, DeliveryRecord)>,
) -> Result<order::Model> {
    let totals = &priced.totals;
    let address = match &changes.shipping_address {
        Some(input) => Some(address(tx, order, checked(input, "shippingAddress")?).await?),
        None => None,
    };
    let lines = totals.taxes.iter().map(|tax| TaxRecordLine {
        name: tax.name.clone(),
        basis_points: tax.basis_points,
        amount_minor: tax.amount_minor,
    });
    let (name, delivery) = match delivery {
        Some((name, delivery)) => (name, Some(delivery)),
        None => (order.shipping_method_name.clone(), order.delivery.clone()),
    };
    let base_total_minor = base_total(tx, order, totals.total_minor).await?;
    let country = address.as_ref().map(|address| address.country.clone());
    Ok(order::Model {
        subtotal_minor: totals.subtotal_minor,
        discount_minor: totals.discount_minor,
        fee_minor: totals.fee_minor,
        shipping_minor: totals.shipping_minor,
        tax_minor: totals.tax_minor,
        total_minor: totals.total_minor,
        tax: order.tax.clone().map(|tax| TaxRecord {
            country: country.unwrap_or(tax.country),
            lines: lines.collect(),
            ..tax
        }),
        shipping_method_name: name,
        delivery,
        shipping_address: address.unwrap_or_else(|| order.shipping_address.clone()),
        base_total_minor,
        ..order.clone()
    })
}

/// Another address, to which it costs the same and the same taxes are due.
async fn address(tx: &Tx, order: &order::Model, address: Address) -> Result<Address> {
    if order.shipping_address != address {
        refuse_other_place(tx, order, &address).await?;
    }
    Ok(address)
}

/// What shipping costs before its own discounts, and how it goes where that is another way.
pub(super) async fn shipping(
    tx: &Tx,
    order: &order::Model,
    changes: &Changes,
) -> Result<(i64, Option<(String, DeliveryRecord)>)> {
    let Some(shipping) = &changes.shipping else {
        return Ok((order.shipping_minor, None));
    };
    let amount_minor = drafting::amount(&shipping.amount, order.currency, &["shipping", "amount"])?;
    if !order.ships && amount_minor > 0 {
        let message = messages::order_not_sent();
        return Err(Refusal::new(ErrorCode::OrderState, message).at(&["shipping"]).into());
    }
    match shipping.method {
        Some(id) => Ok((amount_minor, Some(method(tx, order, id).await?))),
        None => Ok((amount_minor, None)),
    }
}

async fn method(tx: &Tx, order: &order::Model, id: ShippingMethodId) -> Result<(String, DeliveryRecord)> {
    let path = ["shipping", "methodId"];
    let found = shipping_method::Entity::find_by_id(id)
        .filter(shipping_method::Column::DeletedAt.is_null())
        .one(tx.db())
        .await?;
    let method = found.ok_or_else(|| Refusal::not_found("shipping method").at(&path))?;
    let is_fetched = |kind| kind == MethodKind::Pickup;
    let was_fetched = order
        .delivery
        .as_ref()
        .is_some_and(|delivery| is_fetched(delivery.kind));
    if is_fetched(method.kind) || was_fetched || !order.ships {
        return Err(Refusal::new(ErrorCode::Invalid, messages::edit_no_pickup())
            .at(&path)
            .into());
    }
    let record = DeliveryRecord {
        method: method.id,
        kind: method.kind,
        carrier: method.carrier.clone(),
        location: None,
        // They were promised for the day on which the order was placed.
        earliest: None,
        latest: None,
    };
    Ok((method.name, record))
}
