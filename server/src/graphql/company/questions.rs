use vitrine_commerce::companies::{self, Membership};
use vitrine_entity::{
    company, company_location, company_order,
    ids::{CompanyId, CustomerId, OrderId},
};

use crate::graphql::shared::questions;

questions! {
    /// Unscoped, as all of them: whoever shows it asks who may see it.
    CompanyById(CompanyId) -> company::Model = companies::companies;
    LocationsOfCompany(CompanyId) -> Vec<company_location::Model> = companies::locations_of;
    MembershipsOfCustomer(CustomerId) -> Vec<Membership> = companies::memberships_of;
    BuyerCount(CompanyId) -> usize = companies::buyers_of;
    OverdueOfCompany(CompanyId) -> i64 = companies::account::overdue_of;
    CompanyOfOrder(OrderId) -> company_order::Model = companies::company_of_orders;
}
