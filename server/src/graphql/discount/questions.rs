use vitrine_commerce::{
    catalog::collections,
    discounts::{self, batches, code_desk},
};
use vitrine_entity::{
    collection, discount, discount_code_batch,
    ids::{CollectionId, DiscountCodeId, DiscountId},
};

use crate::graphql::shared::questions;

questions! {
    /// Deleted or not. Unscoped: whoever shows it asks for the permission.
    DiscountById(DiscountId) -> discount::Model = discounts::by_ids;
    /// How many orders have it. Unscoped: whoever shows it asks for the permission.
    UsesOfDiscount(DiscountId) -> i64 = discounts::uses_of;
    CodeCountOfDiscount(DiscountId) -> i64 = discounts::count_codes;
    /// The newest first.
    BatchesOfDiscount(DiscountId) -> Vec<discount_code_batch::Model> = batches::of_discounts;
    /// How many orders have it.
    OrdersOfCode(DiscountCodeId) -> i64 = code_desk::orders_of;
    /// Published or not: whoever shows them asks for the permission.
    CollectionById(CollectionId) -> collection::Model = collections::by_ids;
}
