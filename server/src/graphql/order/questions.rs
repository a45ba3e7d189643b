use vitrine_commerce::{
    checkout::drafts,
    documents,
    downloads::{self, Download},
    fulfilment::{edits, parcels},
    inventory,
    orders::{self, LineFulfilment, desk, load},
    sms,
};
use vitrine_entity::{
    backorder, document, draft_order,
    ids::{OrderId, OrderLineId, ShipmentId, VariantId},
    order, order_adjustment, order_line, order_note, order_sms, order_sms_consent, order_version, payment, refund,
    shipment, shipment_event, shipment_line, shipment_tracking,
};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped: whoever shows it asks whose it is.
    OrderById(OrderId) -> order::Model = load::orders;
    LinesOfOrder(OrderId) -> Vec<order_line::Model> = load::lines_of;
    /// Every attempt, oldest first.
    PaymentsOfOrder(OrderId) -> Vec<payment::Model> = load::payments_of;
    ShipmentsOfOrder(OrderId) -> Vec<shipment::Model> = load::shipments_of;
    RefundsOfOrder(OrderId) -> Vec<refund::Model> = load::refunds_of;
    /// How many units are back, or on their way.
    RefundedOfLine(OrderLineId) -> i64 = load::refunded_units_of;
    /// In the order in which they apply.
    AdjustmentsOfOrder(OrderId) -> Vec<order_adjustment::Model> = load::adjustments_of;
    /// Unscoped: whoever shows them asks for the permission.
    NotesOfOrder(OrderId) -> Vec<order_note::Model> = desk::notes_of;
    /// What was said last. Unscoped: whoever shows it has asked for the order.
    SmsConsentOfOrder(OrderId) -> order_sms_consent::Model = sms::consents_of;
    /// Unscoped: whoever shows them asks for the permission.
    SmsOfOrder(OrderId) -> Vec<order_sms::Model> = sms::messages_of;
    /// Unscoped: whoever shows them has asked for the order.
    DocumentsOfOrder(OrderId) -> Vec<document::Model> = documents::of_orders;
    DownloadsOfOrder(OrderId) -> Vec<Download> = downloads::of_orders;
    TagsOfOrder(OrderId) -> Vec<String> = desk::tags_of;
    LinesOfShipment(ShipmentId) -> Vec<shipment_line::Model> = load::shipment_lines_of;
    TrackingsOfShipment(ShipmentId) -> Vec<shipment_tracking::Model> = parcels::load::trackings_of;
    EventsOfShipment(ShipmentId) -> Vec<shipment_event::Model> = parcels::load::events_of;
    /// How far each line has come.
    FulfilmentOfOrder(OrderId) -> Vec<LineFulfilment> = orders::fulfilment_of;
    /// What a line was promised that did not lie in stock.
    BackordersOfLine((OrderId, VariantId)) -> Vec<backorder::Model> = inventory::backorders_of;
    /// Unscoped: whoever shows it asks for the permission.
    DraftOfOrder(OrderId) -> draft_order::Model = drafts::of_orders;
    VersionsOfOrder(OrderId) -> Vec<order_version::Model> = edits::versions_of;
    OrderLineById(OrderLineId) -> order_line::Model = load::order_lines;
}
