use vitrine_commerce::locations;
use vitrine_entity::{ids::LocationId, location};

use crate::graphql::shared::questions;

questions! {
    LocationById(LocationId) -> location::Model = locations::by_ids;
}
