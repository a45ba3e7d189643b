use vitrine_commerce::trade::groups;
use vitrine_entity::{
    customer_group,
    ids::{CustomerGroupId, CustomerId},
};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped: whoever shows them asks for the permission.
    GroupsOfCustomer(CustomerId) -> Vec<customer_group::Model> = groups::groups_of_customers;
    MemberCount(CustomerGroupId) -> i64 = groups::member_counts;
}
