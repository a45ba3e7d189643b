use async_graphql::{Context, Object};
use vitrine_commerce::identities::{self, Provider};

use super::object::{AuthProvider, LinkedIdentity};
use crate::graphql::shared::{ContextExt, Result};

#[derive(Debug, Default)]
pub struct IdentityQuery;

#[Object]
impl IdentityQuery {
    /// Where members of staff may sign in beside `staffLogin`, and customers beside `customerLogin`.
    #[graphql(complexity = "5 + child_complexity")]
    async fn auth_providers(&self, ctx: &Context<'_>) -> Vec<AuthProvider> {
        let base = &ctx.shop().settings.public_url;
        let providers = identities::providers(ctx.shop()).into_iter();
        let provider = |provider: Provider| AuthProvider {
            start_url: format!("{base}/auth/oidc/{}/start", provider.name),
            name: provider.name,
            title: provider.title,
            audience: provider.audience.into(),
        };
        providers.map(provider).collect()
    }

    /// The accounts at providers by which whoever is signed in, a customer or a member of staff, signs in, the newest
    /// first, at most 100; null with an error for everybody else.
    #[graphql(complexity = "5 + 10 * child_complexity")]
    async fn linked_identities(&self, ctx: &Context<'_>) -> Result<Option<Vec<LinkedIdentity>>> {
        let linked = identities::linked(ctx.shop(), ctx.caller()).await?;
        Ok(Some(linked.into_iter().map(LinkedIdentity).collect()))
    }
}
