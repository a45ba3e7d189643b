use vitrine_commerce::inventory::transfers;
use vitrine_entity::{
    ids::{StockTransferId, VariantId},
    stock_transfer, stock_transfer_line,
};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped, as the others here: whoever shows it asks for the permission.
    TransferById(StockTransferId) -> stock_transfer::Model = transfers::by_ids;
    LinesOfTransfer(StockTransferId) -> Vec<stock_transfer_line::Model> = transfers::lines_of;
    /// What is on its way of it.
    IncomingOfVariant(VariantId) -> Vec<stock_transfer_line::Model> = transfers::incoming_of;
}
