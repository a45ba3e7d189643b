use async_graphql::{Context, InputObject, Object};
use vitrine_commerce::search::record;

use super::object::SearchSettings;
use crate::graphql::shared::{ContextExt, Result, payload};

/// What becomes of searches from now on.
#[derive(Debug, InputObject)]
pub struct SearchSettingsUpdateInput {
    /// The settings' version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Whether what shoppers search for is counted. What was counted stays until it is 180 days old.
    pub record_searches: bool,
}

payload! {
    /// What `searchSettingsUpdate` answers.
    SearchSettingsUpdatePayload {
        /// The settings as they are now.
        search_settings: SearchSettings,
    }
}

#[derive(Debug, Default)]
pub struct SearchSettingsMutation;

#[Object]
impl SearchSettingsMutation {
    /// Says what becomes of searches. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn search_settings_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What becomes of searches from now on.")] input: SearchSettingsUpdateInput,
    ) -> Result<Option<SearchSettingsUpdatePayload>> {
        let version = input.expected_version.map(i64::from);
        let changed = record::update(ctx.shop(), ctx.caller(), version, input.record_searches).await;
        SearchSettingsUpdatePayload::of(changed.map(SearchSettings::from))
    }
}
