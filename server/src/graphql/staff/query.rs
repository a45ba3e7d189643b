use async_graphql::{Context, Object};
use vitrine_commerce::{Viewer, customers};

use super::object::StaffMember;
use crate::graphql::shared::{ContextExt, Result};

#[derive(Debug, Default)]
pub struct StaffQuery;

#[Object]
impl StaffQuery {
    /// The member of staff who is signed in; null for everybody else.
    #[graphql(complexity = "1 + child_complexity")]
    async fn staff_viewer(&self, ctx: &Context<'_>) -> Result<Option<StaffMember>> {
        let Viewer::Staff(id, _) = ctx.caller().viewer else {
            return Ok(None);
        };
        Ok(customers::find::staff_member(ctx.shop(), id).await?.map(StaffMember))
    }
}
