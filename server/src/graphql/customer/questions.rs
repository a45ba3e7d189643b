use vitrine_commerce::customers;
use vitrine_entity::{customer, ids::CustomerId};

use crate::graphql::shared::questions;

questions! {
    CustomerById(CustomerId) -> customer::Model = customers::find::customers;
}
