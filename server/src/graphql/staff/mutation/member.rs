use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::staff::{
    members::{self, MemberUpdate},
    second_factor, sessions,
};

use crate::{
    graphql::{
        shared::{ContextExt, Result, payload},
        staff::object::StaffMember,
    },
    ids,
};

/// Which member of staff changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct StaffMemberUpdateInput {
    /// The member's id.
    pub id: ID,
    /// The member's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What they are called.
    pub name: Option<String>,
    /// What they are here for: nothing that you may not do yourself.
    pub role_id: Option<ID>,
}

/// Which member of staff leaves.
#[derive(Debug, InputObject)]
pub struct StaffMemberDeactivateInput {
    /// The member's id.
    pub id: ID,
    /// The member's version that you saw: refuse any other.
    pub expected_version: Option<i32>,
}

/// Which member of staff comes back.
#[derive(Debug, InputObject)]
pub struct StaffMemberReactivateInput {
    /// The member's id.
    pub id: ID,
    /// The member's version that you saw: refuse any other.
    pub expected_version: Option<i32>,
}

/// Whose second factor is lost.
#[derive(Debug, InputObject)]
pub struct StaffMemberTwoFactorResetInput {
    /// The member's id.
    pub id: ID,
}

/// Whose sessions end.
#[derive(Debug, InputObject)]
pub struct StaffMemberSessionsEndInput {
    /// The member's id.
    pub id: ID,
}

payload! {
    /// What `staffMemberSessionsEnd` answers.
    StaffMemberSessionsEndPayload {
        /// The member of staff.
        staff_member: StaffMember,
    }
}
payload! {
    /// What `staffMemberUpdate` answers.
    StaffMemberUpdatePayload {
        /// The member of staff as they are now.
        staff_member: StaffMember,
    }
}
payload! {
    /// What `staffMemberDeactivate` answers.
    StaffMemberDeactivatePayload {
        /// The member of staff as they are now.
        staff_member: StaffMember,
    }
}
payload! {
    /// What `staffMemberReactivate` answers.
    StaffMemberReactivatePayload {
        /// The member of staff as they are now.
        staff_member: StaffMember,
    }
}
payload! {
    /// What `staffMemberTwoFactorReset` answers.
    StaffMemberTwoFactorResetPayload {
        /// The member of staff as they are now.
        staff_member: StaffMember,
    }
}

#[derive(Debug, Default)]
pub struct StaffMemberMutation;

#[Object]
impl StaffMemberMutation {
    /// Changes a member of staff. What they may do changes at once, also where they are signed in. The last
    /// administrator stays one. For staff with the permission `STAFF` who may do all that the member may, before
    /// and after.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_member_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which member of staff changes, and how.")] input: StaffMemberUpdateInput,
    ) -> Result<Option<StaffMemberUpdatePayload>> {
        StaffMemberUpdatePayload::of(update(ctx, input).await)
    }

    /// Lets a member of staff in no more: their sessions end at once, with whatever is open under them. What
    /// they did stays in the audit log. The last administrator stays. For staff with the permission `STAFF` who
    /// may do all that the member may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_member_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which member of staff leaves.")] input: StaffMemberDeactivateInput,
    ) -> Result<Option<StaffMemberDeactivatePayload>> {
        StaffMemberDeactivatePayload::of(deactivate(ctx, input).await)
    }

    /// Lets a member of staff in again, with the password, the second factor and the role that they had. For
    /// staff with the permission `STAFF` who may do all that the member may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_member_reactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which member of staff comes back.")] input: StaffMemberReactivateInput,
    ) -> Result<Option<StaffMemberReactivatePayload>> {
        StaffMemberReactivatePayload::of(reactivate(ctx, input).await)
    }

    /// Takes away the second factor of a member of staff who has lost their device and their recovery codes.
    /// Their sessions end. For staff with the permission `STAFF` who may do all that the member may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_member_two_factor_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose second factor is lost.")] input: StaffMemberTwoFactorResetInput,
    ) -> Result<Option<StaffMemberTwoFactorResetPayload>> {
        StaffMemberTwoFactorResetPayload::of(reset(ctx, input).await)
    }

    /// Ends every session of a member of staff, as for one whose device is lost. They may sign in again. For staff
    /// with the permission `STAFF` who may do all that the member may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_member_sessions_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose sessions end.")] input: StaffMemberSessionsEndInput,
    ) -> Result<Option<StaffMemberSessionsEndPayload>> {
        StaffMemberSessionsEndPayload::of(end_sessions(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: StaffMemberUpdateInput) -> vitrine_commerce::Result<StaffMember> {
    let role = input.role_id.map(|id| ids::input(&id, "role", &["roleId"]));
    let update = MemberUpdate {
        member: ids::input(&input.id, "member of staff", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        name: input.name,
        role: role.transpose()?,
    };
    Ok(StaffMember(members::update(ctx.shop(), ctx.caller(), update).await?))
}

async fn deactivate(ctx: &Context<'_>, input: StaffMemberDeactivateInput) -> vitrine_commerce::Result<StaffMember> {
    let id = ids::input(&input.id, "member of staff", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    let member = members::deactivate(ctx.shop(), ctx.caller(), id, expected).await?;
    Ok(StaffMember(member))
}

async fn reactivate(ctx: &Context<'_>, input: StaffMemberReactivateInput) -> vitrine_commerce::Result<StaffMember> {
    let id = ids::input(&input.id, "member of staff", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    let member = members::reactivate(ctx.shop(), ctx.caller(), id, expected).await?;
    Ok(StaffMember(member))
}

async fn reset(ctx: &Context<'_>, input: StaffMemberTwoFactorResetInput) -> vitrine_commerce::Result<StaffMember> {
    let id = ids::input(&input.id, "member of staff", &["id"])?;
    Ok(StaffMember(
        second_factor::reset_of(ctx.shop(), ctx.caller(), id).await?,
    ))
}

async fn end_sessions(ctx: &Context<'_>, input: StaffMemberSessionsEndInput) -> vitrine_commerce::Result<StaffMember> {
    let id = ids::input(&input.id, "member of staff", &["id"])?;
    Ok(StaffMember(sessions::end_of(ctx.shop(), ctx.caller(), id).await?))
}
