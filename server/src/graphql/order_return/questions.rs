use vitrine_commerce::returns;
use vitrine_entity::{
    ids::{OrderId, ProductId, ReturnId},
    order_claim, order_return, order_return_event, order_return_line,
    return_exemption::ExemptionReason,
    return_picture,
};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped, as the others here: whoever shows them asks whose order it is.
    ClaimsOfOrder(OrderId) -> Vec<order_claim::Model> = returns::claims_of;
    ResentByOrder(OrderId) -> order_claim::Model = returns::resent_by;
    ReturnsOfOrder(OrderId) -> Vec<order_return::Model> = returns::of_orders;
    ExchangeByOrder(OrderId) -> order_return::Model = returns::exchanged_by;
    LinesOfReturn(ReturnId) -> Vec<order_return_line::Model> = returns::lines_of;
    EventsOfReturn(ReturnId) -> Vec<order_return_event::Model> = returns::events_of;
    PicturesOfReturn(ReturnId) -> Vec<return_picture::Model> = returns::pictures_of;
    ExemptionOfProduct(ProductId) -> ExemptionReason = returns::exemptions_of;
}
