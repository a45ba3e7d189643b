use vitrine_commerce::metafields::{self, Owner};
use vitrine_entity::metafield;

use crate::graphql::shared::questions;

questions! {
    MetafieldsOf(Owner) -> Vec<metafield::Model> = metafields::of_owners;
}
