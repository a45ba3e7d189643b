use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::customers::{
    login::{self, Login},
    session,
    sign_up::{self, SignUp},
};
use vitrine_commerce::staff::login::{StaffLogin, login as login_staff};

use super::object::Session;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// A new account.
#[derive(InputObject)]
pub struct CustomerSignUpInput {
    /// Their mail address.
    pub email: String,
    /// At least 12 characters, or 8 that are hard to guess; nothing that many people choose, and nothing made of the
    /// mail address or the name.
    #[graphql(secret)]
    pub password: String,
    /// What they are called.
    pub name: String,
}

/// Which shopper signs in.
#[derive(InputObject)]
pub struct CustomerLoginInput {
    /// Their mail address.
    pub email: String,
    /// Their password.
    #[graphql(secret)]
    pub password: String,
}

/// Which member of staff signs in.
#[derive(InputObject)]
pub struct StaffLoginInput {
    /// Their mail address.
    pub email: String,
    /// Their password.
    #[graphql(secret)]
    pub password: String,
    /// What their authenticator app shows, or one of their recovery codes. Needed where the answer
    /// was `SECOND_FACTOR_REQUIRED`.
    #[graphql(secret)]
    pub code: Option<String>,
}

/// Which session goes on.
#[derive(InputObject)]
pub struct TokenRefreshInput {
    /// The session's latest refresh token.
    #[graphql(secret)]
    pub refresh_token: String,
}

/// Which session ends.
#[derive(InputObject)]
pub struct SignOutInput {
    /// A refresh token of the session.
    #[graphql(secret)]
    pub refresh_token: String,
}

/// Which of one's own sessions ends.
#[derive(Debug, InputObject)]
pub struct SessionEndInput {
    /// The session's id, of `viewer.sessions` or `staffViewer.sessions`.
    pub id: ID,
}

payload! {
    /// What `customerSignUp` answers.
    CustomerSignUpPayload {
        /// True: a mail is on its way to the address, whether or not it has an account already.
        requested: bool,
    }
}
payload! {
    /// What `customerLogin` answers.
    CustomerLoginPayload {
        /// The session.
        session: Session,
    }
}
payload! {
    /// What `staffLogin` answers.
    StaffLoginPayload {
        /// The session.
        session: Session,
    }
}
payload! {
    /// What `tokenRefresh` answers.
    TokenRefreshPayload {
        /// The session with its next pair of tokens.
        session: Session,
    }
}
payload! {
    /// What `signOut` answers.
    SignOutPayload {
        /// True: nobody can refresh with that token any more.
        signed_out: bool,
    }
}
payload! {
    /// What `signOutEverywhere` answers.
    SignOutEverywherePayload {
        /// True: every session of whoever asked has ended.
        signed_out: bool,
    }
}

payload! {
    /// What `sessionEnd` answers.
    SessionEndPayload {
        /// True: it opens nothing any more.
        ended: bool,
    }
}

#[derive(Debug, Default)]
pub struct SessionMutation;

#[Object]
impl SessionMutation {
    /// Asks for an account. It is one once whoever has the address has confirmed it by the link of a mail
    /// (`customerEmailConfirm`), within a day. Answers alike whether or not the address has an account: the mail says
    /// so then. Three mails an hour go to an address at most.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_sign_up(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new account.")] input: CustomerSignUpInput,
    ) -> Result<Option<CustomerSignUpPayload>> {
        let CustomerSignUpInput { email, password, name } = input;
        let requested = sign_up::sign_up(ctx.shop(), ctx.caller(), SignUp { email, password, name }).await;
        CustomerSignUpPayload::of(requested.map(|()| true))
    }

    /// Signs a shopper in. Then give them the guest's cart with `cartClaim`. An unknown address
    /// and a wrong password answer alike.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_login(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which shopper signs in.")] input: CustomerLoginInput,
    ) -> Result<Option<CustomerLoginPayload>> {
        let CustomerLoginInput { email, password } = input;
        let signed_in = login::login_customer(ctx.shop(), ctx.caller(), Login { email, password }).await;
        CustomerLoginPayload::of(signed_in.map(Session))
    }

    /// Signs a member of staff in. An unknown address, a wrong password and one who has left answer
    /// alike. Whoever has a second factor is answered `SECOND_FACTOR_REQUIRED` where the password is
    /// right and no code came with it: ask for the code, and send all again.
    #[graphql(complexity = "50 + child_complexity")]
    async fn staff_login(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which member of staff signs in.")] input: StaffLoginInput,
    ) -> Result<Option<StaffLoginPayload>> {
        let StaffLoginInput { email, password, code } = input;
        let signed_in = login_staff(ctx.shop(), ctx.caller(), StaffLogin { email, password, code }).await;
        StaffLoginPayload::of(signed_in.map(Session))
    }

    /// Gives a new pair of tokens for a refresh token, which is used up. A token that comes a
    /// second time was copied, and ends the session for both who hold it.
    #[graphql(complexity = "20 + child_complexity")]
    async fn token_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session goes on.")] input: TokenRefreshInput,
    ) -> Result<Option<TokenRefreshPayload>> {
        let signed_in = session::refresh(ctx.shop(), ctx.caller(), &input.refresh_token).await;
        TokenRefreshPayload::of(signed_in.map(Session))
    }

    /// Ends a session: its access tokens open nothing any more, and what is open under it closes.
    #[graphql(complexity = "20 + child_complexity")]
    async fn sign_out(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session ends.")] input: SignOutInput,
    ) -> Result<Option<SignOutPayload>> {
        let signed_out = session::sign_out(ctx.shop(), ctx.caller(), &input.refresh_token).await;
        SignOutPayload::of(signed_out.map(|()| true))
    }

    /// Ends one of the sessions of whoever is signed in, as for a device that is lost or was left signed in: its
    /// access tokens open nothing any more, and what is open under it closes. For customers and staff.
    #[graphql(complexity = "20 + child_complexity")]
    async fn session_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session ends.")] input: SessionEndInput,
    ) -> Result<Option<SessionEndPayload>> {
        SessionEndPayload::of(end(ctx, input).await)
    }

    /// Ends every session of whoever is signed in, on all their devices.
    #[graphql(complexity = "20 + child_complexity")]
    async fn sign_out_everywhere(&self, ctx: &Context<'_>) -> Result<Option<SignOutEverywherePayload>> {
        let signed_out = session::sign_out_everywhere(ctx.shop(), ctx.caller()).await;
        SignOutEverywherePayload::of(signed_out.map(|()| true))
    }
}

async fn end(ctx: &Context<'_>, input: SessionEndInput) -> vitrine_commerce::Result<bool> {
    session::end_own(ctx.shop(), ctx.caller(), ids::find(&input.id)).await?;
    Ok(true)
}
