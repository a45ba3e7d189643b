use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::staff::roles::{self, NewRole, RoleUpdate};

use crate::{
    graphql::{
        shared::{ContextExt, Result, payload},
        staff::role::{Permission, Role, set},
    },
    ids,
};

/// A new role.
#[derive(Debug, InputObject)]
pub struct RoleCreateInput {
    /// What people call it, at most 60 characters.
    pub name: String,
    /// By which files name it; made of the name where it is left out.
    pub handle: Option<String>,
    /// What it may do: nothing that you may not do yourself.
    pub permissions: Vec<Permission>,
    /// Whether it gives nothing to whoever has no second factor.
    #[graphql(default)]
    pub two_factor_required: bool,
}

/// Which role changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct RoleUpdateInput {
    /// The role's id.
    pub id: ID,
    /// The role's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What people call it.
    pub name: Option<String>,
    /// By which files name it.
    pub handle: Option<String>,
    /// What it may do: all of it. Nothing that you may not do yourself.
    pub permissions: Option<Vec<Permission>>,
    /// Whether it gives nothing to whoever has no second factor. Of a role that every shop has, only this
    /// can be changed.
    pub two_factor_required: Option<bool>,
}

/// Which role goes.
#[derive(Debug, InputObject)]
pub struct RoleDeleteInput {
    /// The role's id.
    pub id: ID,
    /// The role's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which role comes back.
#[derive(Debug, InputObject)]
pub struct RoleRestoreInput {
    /// The role's id.
    pub id: ID,
}

payload! {
    /// What `roleCreate` answers.
    RoleCreatePayload {
        /// The new role.
        role: Role,
    }
}
payload! {
    /// What `roleUpdate` answers.
    RoleUpdatePayload {
        /// The role as it is now.
        role: Role,
    }
}
payload! {
    /// What `roleDelete` answers.
    RoleDeletePayload {
        /// The role as it was.
        role: Role,
    }
}
payload! {
    /// What `roleRestore` answers.
    RoleRestorePayload {
        /// The role as it is now.
        role: Role,
    }
}

#[derive(Debug, Default)]
pub struct RoleMutation;

#[Object]
impl RoleMutation {
    /// Makes a role of the shop's own. For staff with the permission `STAFF`, who give no more than they have.
    #[graphql(complexity = "20 + child_complexity")]
    async fn role_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new role.")] input: RoleCreateInput,
    ) -> Result<Option<RoleCreatePayload>> {
        let new = NewRole {
            name: input.name,
            handle: input.handle,
            permissions: set(input.permissions),
            two_factor_required: input.two_factor_required,
        };
        RoleCreatePayload::of(roles::create(ctx.shop(), ctx.caller(), new).await.map(Role))
    }

    /// Changes a role. What those who have it may do changes at once, also where they are signed in. For staff
    /// with the permission `STAFF` who may do all that it may, before and after.
    #[graphql(complexity = "20 + child_complexity")]
    async fn role_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role changes, and how.")] input: RoleUpdateInput,
    ) -> Result<Option<RoleUpdatePayload>> {
        RoleUpdatePayload::of(update(ctx, input).await)
    }

    /// Deletes a role of the shop's own that nobody has. `roleRestore` takes it back. For staff with the
    /// permission `STAFF` who may do all that it may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn role_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role goes.")] input: RoleDeleteInput,
    ) -> Result<Option<RoleDeletePayload>> {
        RoleDeletePayload::of(delete(ctx, input).await)
    }

    /// Takes the deletion of a role back. For staff with the permission `STAFF` who may do all that it may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn role_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role comes back.")] input: RoleRestoreInput,
    ) -> Result<Option<RoleRestorePayload>> {
        RoleRestorePayload::of(restore(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: RoleUpdateInput) -> vitrine_commerce::Result<Role> {
    let update = RoleUpdate {
        role: ids::input(&input.id, "role", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        name: input.name,
        handle: input.handle,
        permissions: input.permissions.map(set),
        two_factor_required: input.two_factor_required,
    };
    Ok(Role(roles::update(ctx.shop(), ctx.caller(), update).await?))
}

async fn delete(ctx: &Context<'_>, input: RoleDeleteInput) -> vitrine_commerce::Result<Role> {
    let id = ids::input(&input.id, "role", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(Role(roles::delete(ctx.shop(), ctx.caller(), id, expected).await?))
}

async fn restore(ctx: &Context<'_>, input: RoleRestoreInput) -> vitrine_commerce::Result<Role> {
    let id = ids::input(&input.id, "role", &["id"])?;
    Ok(Role(roles::restore(ctx.shop(), ctx.caller(), id).await?))
}
