//! Staff correct where an order's goods go, as long as it costs the same to send them there.

use vitrine_entity::{
    address::Address,
    ids::OrderId,
    order,
    order_event::OrderEventKind,
    shipping_method::MethodKind,
    tax_record::{TaxRecord, TaxTreatment},
};

use super::contact::{refuse_state, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    address::{AddressInput, checked},
    delivery::{
        Destination,
        tax::{
            self, TaxRates,
            treatment::{Buyer, treatment},
        },
        zone::zone_of,
        zones,
    },
    error::expect_version,
    language::messages,
    orders::transition,
    staff::permission::{self, Permission},
};

/// Which order, as it was seen, and where its goods go.
#[derive(Debug, Clone)]
pub struct ShippingAddressUpdate {
    pub order: OrderId,
    pub expected_version: Option<i64>,
    pub address: AddressInput,
}

/// Corrects where an order's goods go, which is a version of it.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`, also where other taxes are due there; `NOT_SHIPPABLE` where
/// the address lies in another shipping zone; `VERSION_CONFLICT`; `ORDER_STATE` once its goods are on their way, it
/// was cancelled, or nothing of it is sent.
pub async fn update_shipping_address(
    shop: &Shop,
    context: &Context,
    input: ShippingAddressUpdate,
) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let (address, input) = (&checked(&input.address, "shippingAddress")?, &input);
    shop.transact(context, |tx| async move {
        let before = transition::lock(&tx, input.order).await?;
        expect_version("order", before.event_count, input.expected_version)?;
        refuse_state(&before, true)?;
        if before.shipping_address == *address {
            refuse_unsent(&before)?;
            return Ok(before);
        }
        refuse_other_place(&tx, &before, address).await?;
        let tax = before.tax.clone().map(|tax| TaxRecord {
            country: address.country.clone(),
            ..tax
        });
        let after = order::Model {
            shipping_address: address.clone(),
            tax,
            ..before.clone()
        };
        let (kind, action) = (OrderEventKind::ShippingAddressUpdated, "order.shipping_address_update");
        write(&tx, (&before, after), kind, action, &["shippingAddress"]).await
    })
    .await
}

/// Refuses an address to which a locked order cannot go at the same price and with the same taxes.
pub(in crate::fulfilment) async fn refuse_other_place(tx: &Tx, order: &order::Model, address: &Address) -> Result<()> {
    refuse_unsent(order)?;
    refuse_other_zone(tx, &order.shipping_address, address).await?;
    refuse_other_tax(tx, order, address).await
}

fn refuse_unsent(order: &order::Model) -> Result<(), Refusal> {
    let is_fetched = order
        .delivery
        .as_ref()
        .is_some_and(|delivery| delivery.kind == MethodKind::Pickup);
    let why = match (order.ships, is_fetched) {
        (false, _) => messages::order_not_sent(),
        (true, true) => messages::order_picked_up(),
        (true, false) => return Ok(()),
    };
    Err(Refusal::new(ErrorCode::OrderState, why).at(&["orderId"]))
}

/// What is sent to another zone goes by other methods, at other prices.
async fn refuse_other_zone(tx: &Tx, before: &Address, after: &Address) -> Result<()> {
    let zones = zones::list(tx.db(), false).await?;
    let zone = |address| zone_of(&zones, &Destination::of(address)).map(|zone| zone.id);
    if zone(before) == zone(after) {
        return Ok(());
    }
    let message = messages::order_other_zone();
    Err(Refusal::new(ErrorCode::NotShippable, message)
        .at(&["shippingAddress"])
        .into())
}

/// Whose tax it is, and how much, stands in the order and is not to change.
async fn refuse_other_tax(tx: &Tx, order: &order::Model, address: &Address) -> Result<()> {
    let record = order.tax.as_ref();
    if record.is_some_and(|tax| tax.treatment == TaxTreatment::Exempt) {
        return Ok(());
    }
    let is_taxed_elsewhere = order.tax_minor != 0 && order.shipping_address.country != address.country;
    let before = due(tx, order, &order.shipping_address).await?;
    if !is_taxed_elsewhere && before == due(tx, order, address).await? {
        return Ok(());
    }
    let message = messages::order_other_taxes();
    Err(Refusal::new(ErrorCode::Invalid, message)
        .at(&["shippingAddress"])
        .into())
}

/// What is due today of whoever placed the order, if its goods go to `address`.
async fn due(tx: &Tx, order: &order::Model, address: &Address) -> Result<(TaxTreatment, TaxRates)> {
    let to = &Destination::of(address);
    let rates = tax::rates_at(tx.db(), to).await?;
    let treatment = treatment(&Buyer {
        home: &tx.shop().profile().country,
        to,
        has_rates: rates.any(),
        is_exempt: false,
        tax_id: order.tax.as_ref().and_then(|tax| tax.tax_id.as_ref()),
        form_is_enough: tx.shop().settings.vat_form_is_enough,
    });
    Ok((treatment, rates))
}
