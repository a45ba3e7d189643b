use vitrine_commerce::customers;
use vitrine_entity::{customer, customer_consent, ids::CustomerId};

use crate::graphql::shared::questions;

questions! {
    CustomerById(CustomerId) -> customer::Model = customers::find::customers;
    AcceptsMail(CustomerId) -> customer_consent::Model = customers::consent::accepted_mail;
}
