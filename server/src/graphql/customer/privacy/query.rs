use async_graphql::{Context, ID, Object};
use vitrine_commerce::privacy::export;

use super::object::PersonalDataExport;
use crate::{
    graphql::shared::{ContextExt, Result},
    ids,
};

#[derive(Debug, Default)]
pub struct PrivacyQuery;

#[Object]
impl PrivacyQuery {
    /// A file that `customerDataExport` asked for: for whom it tells of, and for staff with the permission
    /// `CUSTOMERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn personal_data_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file.")] id: ID,
    ) -> Result<Option<PersonalDataExport>> {
        let Some(id) = ids::find(&id) else {
            return Ok(None);
        };
        Ok(export::find(ctx.shop(), ctx.caller(), id)
            .await?
            .map(PersonalDataExport))
    }
}
