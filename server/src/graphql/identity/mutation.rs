use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::identities::{self, Redemption};

use crate::{
    graphql::{
        session::object::Session,
        shared::{ContextExt, Result, payload},
    },
    ids,
};

/// What came back from a provider.
#[derive(InputObject)]
pub struct SessionFromCodeInput {
    /// What stood in the fragment after `code=`. Good once, for a minute.
    #[graphql(secret)]
    pub code: String,
    /// The random text whose SHA-256 you sent as `code_challenge`.
    #[graphql(secret)]
    pub code_verifier: String,
    /// What their authenticator app shows, or one of their recovery codes. Needed where the answer was
    /// `SECOND_FACTOR_REQUIRED`; the code stays good for five minutes then.
    #[graphql(secret)]
    pub second_factor: Option<String>,
}

/// Which account at a provider lets nobody in any more.
#[derive(Debug, InputObject)]
pub struct IdentityUnlinkInput {
    /// Its id, of `linkedIdentities`.
    pub id: ID,
}

payload! {
    /// What `sessionFromCode` answers.
    SessionFromCodePayload {
        /// The session.
        session: Session,
    }
}
payload! {
    /// What `identityUnlink` answers.
    IdentityUnlinkPayload {
        /// True: it is known no more.
        unlinked: bool,
    }
}

#[derive(Debug, Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Signs in whoever comes back from a provider, a customer or a member of staff: see `authProviders`. A code that
    /// is used, too old, unknown, or was begun elsewhere answers `INVALID_TOKEN`. Then give a customer the guest's cart
    /// with `cartClaim`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn session_from_code(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What came back from the provider.")] input: SessionFromCodeInput,
    ) -> Result<Option<SessionFromCodePayload>> {
        let redemption = Redemption {
            code: input.code,
            verifier: input.code_verifier,
            second_factor: input.second_factor,
        };
        let signed_in = identities::redeem(ctx.shop(), ctx.caller(), redemption).await;
        SessionFromCodePayload::of(signed_in.map(Session))
    }

    /// Takes an account at a provider away from whoever is signed in, a customer or a member of staff. It comes back
    /// when they sign in there with their mail address anew. The last one of a customer without a password stays:
    /// `PASSWORD_NOT_SET`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn identity_unlink(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account at a provider.")] input: IdentityUnlinkInput,
    ) -> Result<Option<IdentityUnlinkPayload>> {
        let unlinked = identities::unlink(ctx.shop(), ctx.caller(), ids::find(&input.id)).await;
        IdentityUnlinkPayload::of(unlinked.map(|()| true))
    }
}
