use vitrine_commerce::{catalog::collections, discounts};
use vitrine_entity::{
    collection,
    ids::{CollectionId, DiscountId},
};

use crate::graphql::shared::questions;

questions! {
    /// How many orders have it. Unscoped: whoever shows it asks for the permission.
    UsesOfDiscount(DiscountId) -> i64 = discounts::uses_of;
    CodeCountOfDiscount(DiscountId) -> i64 = discounts::count_codes;
    /// Published or not: whoever shows them asks for the permission.
    CollectionById(CollectionId) -> collection::Model = collections::by_ids;
}
