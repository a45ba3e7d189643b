use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    customers::{self, Holder, SignedIn},
    staff::members,
};

use crate::graphql::{
    customer::object::Customer,
    shared::{ContextExt, Result},
    staff::object::StaffMember,
};

/// What a client keeps while somebody is signed in.
pub struct Session(pub SignedIn);

/// What a client keeps while somebody is signed in.
#[Object]
impl Session {
    /// Send it as `Authorization: Bearer …`. It is believed until it expires, so keep it in
    /// memory only.
    async fn access_token(&self) -> &str {
        &self.0.access_token
    }

    /// When to refresh at the latest: `tokenRefresh`.
    async fn access_token_expires_at(&self) -> DateTime<Utc> {
        self.0.access_token_expires_at
    }

    /// Gives the next pair of tokens, once. Used twice, it ends the session: refresh from one
    /// place at a time.
    async fn refresh_token(&self) -> &str {
        &self.0.refresh_token
    }

    /// When signing in is needed again.
    async fn refresh_token_expires_at(&self) -> DateTime<Utc> {
        self.0.refresh_token_expires_at
    }

    /// The customer who signed in; null for staff. What is for their eyes only (orders, messages)
    /// is asked for in the next request, with the access token.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let Holder::Customer(id) = self.0.holder else {
            return Ok(None);
        };
        Ok(customers::find::customer(ctx.shop(), id).await?.map(Customer))
    }

    /// The member of staff who signed in; null for customers.
    async fn staff_member(&self, ctx: &Context<'_>) -> Result<Option<StaffMember>> {
        let Holder::Staff(id) = self.0.holder else {
            return Ok(None);
        };
        Ok(members::find(ctx.shop(), id).await?.map(StaffMember))
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Session").field(&self.0.holder).finish()
    }
}
