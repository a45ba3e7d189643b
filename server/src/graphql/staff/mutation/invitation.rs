use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::staff::invitations::{self, Accept, Invite};

use crate::{
    graphql::{
        session::object::Session,
        shared::{ContextExt, Result, payload},
        staff::invitation::StaffInvitation,
    },
    ids,
};

/// Who is invited, and to what.
#[derive(Debug, InputObject)]
pub struct StaffInviteInput {
    /// Where the mail goes; what they sign in with.
    pub email: String,
    /// What they would be here for: nothing that you may not do yourself.
    pub role_id: ID,
}

/// Which invitation is sent again.
#[derive(Debug, InputObject)]
pub struct StaffInvitationResendInput {
    /// The invitation's id.
    pub id: ID,
}

/// Which invitation is called back.
#[derive(Debug, InputObject)]
pub struct StaffInvitationWithdrawInput {
    /// The invitation's id.
    pub id: ID,
}

/// What somebody who was invited chooses.
#[derive(InputObject)]
pub struct StaffInvitationAcceptInput {
    /// The one of the mail's link.
    #[graphql(secret)]
    pub token: String,
    /// What they are called.
    pub name: String,
    /// At least 12 characters, or 8 that are hard to guess; nothing that many people choose, and nothing made of the
    /// mail address or the name.
    #[graphql(secret)]
    pub password: String,
}

payload! {
    /// What `staffInvite` answers.
    StaffInvitePayload {
        /// The invitation.
        invitation: StaffInvitation,
    }
}
payload! {
    /// What `staffInvitationResend` answers.
    StaffInvitationResendPayload {
        /// The invitation as it is now.
        invitation: StaffInvitation,
    }
}
payload! {
    /// What `staffInvitationWithdraw` answers.
    StaffInvitationWithdrawPayload {
        /// The invitation as it was.
        invitation: StaffInvitation,
    }
}
payload! {
    /// What `staffInvitationAccept` answers.
    StaffInvitationAcceptPayload {
        /// The session of the new member of staff.
        session: Session,
    }
}

#[derive(Debug, Default)]
pub struct StaffInvitationMutation;

#[Object]
impl StaffInvitationMutation {
    /// Invites somebody by mail to work here. Its link opens once, for a week. For staff with the permission
    /// `STAFF`, who give no more than they have.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_invite(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is invited, and to what.")] input: StaffInviteInput,
    ) -> Result<Option<StaffInvitePayload>> {
        StaffInvitePayload::of(invite(ctx, input).await)
    }

    /// Sends an invitation again, with a new link: the one before opens nothing any more. Once a minute, ten times
    /// at most. For staff with the permission `STAFF` who may do all that its role may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_invitation_resend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation is sent again.")] input: StaffInvitationResendInput,
    ) -> Result<Option<StaffInvitationResendPayload>> {
        StaffInvitationResendPayload::of(resend(ctx, input).await)
    }

    /// Calls an invitation back: its link opens nothing any more. For staff with the permission `STAFF` who may do
    /// all that its role may.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_invitation_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which invitation is called back.")] input: StaffInvitationWithdrawInput,
    ) -> Result<Option<StaffInvitationWithdrawPayload>> {
        StaffInvitationWithdrawPayload::of(withdraw(ctx, input).await)
    }

    /// Makes whoever holds an invitation's token a member of staff, and signs them in. A token that is used,
    /// withdrawn, too old or unknown answers `INVALID_TOKEN`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn staff_invitation_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody who was invited chooses.")] input: StaffInvitationAcceptInput,
    ) -> Result<Option<StaffInvitationAcceptPayload>> {
        let StaffInvitationAcceptInput { token, name, password } = input;
        let accept = Accept { token, name, password };
        let signed_in = invitations::accept(ctx.shop(), ctx.caller(), accept).await;
        StaffInvitationAcceptPayload::of(signed_in.map(Session))
    }
}

async fn invite(ctx: &Context<'_>, input: StaffInviteInput) -> vitrine_commerce::Result<StaffInvitation> {
    let invite = Invite {
        email: input.email,
        role: ids::input(&input.role_id, "role", &["roleId"])?,
    };
    let invitation = invitations::invite(ctx.shop(), ctx.caller(), invite).await?;
    Ok(StaffInvitation(invitation))
}

async fn resend(ctx: &Context<'_>, input: StaffInvitationResendInput) -> vitrine_commerce::Result<StaffInvitation> {
    let id = ids::input(&input.id, "open invitation", &["id"])?;
    Ok(StaffInvitation(
        invitations::resend(ctx.shop(), ctx.caller(), id).await?,
    ))
}

async fn withdraw(ctx: &Context<'_>, input: StaffInvitationWithdrawInput) -> vitrine_commerce::Result<StaffInvitation> {
    let id = ids::input(&input.id, "open invitation", &["id"])?;
    let invitation = invitations::withdraw(ctx.shop(), ctx.caller(), id).await?;
    Ok(StaffInvitation(invitation))
}
