use async_graphql::{Context, Object};
use vitrine_commerce::{Viewer, customers};

use crate::graphql::{
    failure::Result,
    loaders::CustomerById,
    request::Request,
    types::{Customer, StaffMember},
};

#[derive(Debug, Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// The customer who is signed in; null for a guest, and for staff.
    #[graphql(complexity = "1 + child_complexity")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let Some(id) = ctx.caller().viewer.customer() else {
            return Ok(None);
        };
        Ok(ctx.load(CustomerById(id)).await?.map(Customer))
    }

    /// The member of staff who is signed in; null for everybody else.
    #[graphql(complexity = "1 + child_complexity")]
    async fn staff_viewer(&self, ctx: &Context<'_>) -> Result<Option<StaffMember>> {
        let Viewer::Staff(id, _) = ctx.caller().viewer else {
            return Ok(None);
        };
        Ok(customers::find::staff_member(ctx.shop(), id).await?.map(StaffMember))
    }
}
