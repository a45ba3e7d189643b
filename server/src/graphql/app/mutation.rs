use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::apps::{self, AppUpdate, NewApp, Rotate, WithKey};

use super::object::App;
use crate::{
    graphql::{
        shared::{ContextExt, Result, UserError, outcome, payload},
        staff::role::{Permission, set},
    },
    ids,
};

/// A new app.
#[derive(Debug, InputObject)]
pub struct AppCreateInput {
    /// What people call it, at most 100 characters.
    pub name: String,
    /// What it may do: nothing that you may not do yourself.
    pub permissions: Vec<Permission>,
    /// Until when its keys open; without end where it is left out.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Which app changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct AppUpdateInput {
    /// The app's id.
    pub id: ID,
    /// The app's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What people call it.
    pub name: Option<String>,
    /// What it may do: all of it. Nothing that you may not do yourself.
    pub permissions: Option<Vec<Permission>>,
    /// Until when its keys open; null lets them open without end.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
}

/// Which app gets a new key.
#[derive(Debug, InputObject)]
pub struct AppKeyRotateInput {
    /// The app's id.
    pub id: ID,
    /// For how many minutes the old key goes on, a week at most.
    #[graphql(default = 60)]
    pub overlap_minutes: i32,
}

/// Which app is shut out.
#[derive(Debug, InputObject)]
pub struct AppRevokeInput {
    /// The app's id.
    pub id: ID,
}

macro_rules! payload_with_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(SimpleObject)]
        pub struct $name {
            /// The app.
            pub app: Option<App>,
            /// The key, `vitrine_app_…`. Nobody is told it again: keep it where secrets are kept.
            pub key: Option<String>,
            /// Why nothing was done; empty when it was done.
            pub user_errors: Vec<UserError>,
        }

        impl $name {
            fn of(result: vitrine_commerce::Result<WithKey>) -> Result<Option<Self>> {
                let (made, user_errors) = outcome(result)?;
                let (app, key) = made.map(|made| (App(made.app), made.key)).unzip();
                Ok(Some(Self { app, key, user_errors }))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).field("app", &self.app).finish_non_exhaustive()
            }
        }
    };
}

payload_with_key! {
    /// What `appCreate` answers.
    AppCreatePayload
}
payload_with_key! {
    /// What `appKeyRotate` answers.
    AppKeyRotatePayload
}
payload! {
    /// What `appUpdate` answers.
    AppUpdatePayload {
        /// The app as it is now.
        app: App,
    }
}
payload! {
    /// What `appRevoke` answers.
    AppRevokePayload {
        /// The app as it is now.
        app: App,
    }
}

#[derive(Debug, Default)]
pub struct AppMutation;

#[Object]
impl AppMutation {
    /// Lets a program in, and gives its key once. Send it as `Authorization: Bearer …`, to GraphQL, to `/api` and
    /// to streams. What it does stands in the audit log. For staff with the permission `STAFF`, who give no more
    /// than they have; an app does not make others.
    #[graphql(complexity = "20 + child_complexity")]
    async fn app_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new app.")] input: AppCreateInput,
    ) -> Result<Option<AppCreatePayload>> {
        let new = NewApp {
            name: input.name,
            permissions: set(input.permissions),
            expires_at: input.expires_at,
        };
        AppCreatePayload::of(apps::create(ctx.shop(), ctx.caller(), new).await)
    }

    /// Changes an app, and with it what its keys open, at once. For staff with the permission `STAFF` who may do
    /// all that it may, before and after.
    #[graphql(complexity = "20 + child_complexity")]
    async fn app_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which app changes, and how.")] input: AppUpdateInput,
    ) -> Result<Option<AppUpdatePayload>> {
        AppUpdatePayload::of(update(ctx, input).await)
    }

    /// Gives an app a new key, once; the old one goes on for as long as you say. For staff with the permission
    /// `STAFF` who may do all that it may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn app_key_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which app gets a new key.")] input: AppKeyRotateInput,
    ) -> Result<Option<AppKeyRotatePayload>> {
        AppKeyRotatePayload::of(rotate(ctx, input).await)
    }

    /// Shuts a program out, for good: its keys open nothing from now on, and its streams end. For staff with the
    /// permission `STAFF` who may do all that it may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn app_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which app is shut out.")] input: AppRevokeInput,
    ) -> Result<Option<AppRevokePayload>> {
        AppRevokePayload::of(revoke(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: AppUpdateInput) -> vitrine_commerce::Result<App> {
    let update = AppUpdate {
        app: ids::input(&input.id, "app", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        name: input.name,
        permissions: input.permissions.map(set),
        expires_at: match input.expires_at {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(end) => Some(Some(end)),
        },
    };
    Ok(App(apps::update(ctx.shop(), ctx.caller(), update).await?))
}

async fn rotate(ctx: &Context<'_>, input: AppKeyRotateInput) -> vitrine_commerce::Result<WithKey> {
    let rotate = Rotate {
        app: ids::input(&input.id, "app", &["id"])?,
        overlap_minutes: input.overlap_minutes,
    };
    apps::rotate(ctx.shop(), ctx.caller(), rotate).await
}

async fn revoke(ctx: &Context<'_>, input: AppRevokeInput) -> vitrine_commerce::Result<App> {
    let id = ids::input(&input.id, "app", &["id"])?;
    Ok(App(apps::revoke(ctx.shop(), ctx.caller(), id).await?))
}
