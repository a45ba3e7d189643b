use vitrine_commerce::staff::members::{self, Member};
use vitrine_entity::ids::StaffMemberId;

use crate::graphql::shared::questions;

questions! {
    StaffMemberById(StaffMemberId) -> Member = members::by_ids;
}
