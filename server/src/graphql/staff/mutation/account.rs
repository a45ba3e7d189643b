use async_graphql::{Context, InputObject, Object};
use vitrine_commerce::staff::{
    members,
    passwords::{self, PasswordChange, PasswordReset},
};

use crate::graphql::{
    shared::{ContextExt, Result, payload},
    staff::object::StaffMember,
};

/// The password that a member of staff has, and the one that they want.
#[derive(InputObject)]
pub struct StaffPasswordChangeInput {
    /// The one that they have.
    #[graphql(secret)]
    pub current_password: String,
    /// At least 12 characters, or 8 that are hard to guess; nothing that many people choose, and nothing made of the
    /// mail address or the name.
    #[graphql(secret)]
    pub new_password: String,
}

/// In which language a member of staff reads.
#[derive(Debug, InputObject)]
pub struct StaffLanguageSetInput {
    /// BCP 47: `de`. One of those that the shop's own words are in: `en`, `de`, `fr`, `es`, `ja`, `ar`.
    pub language: String,
}

/// Who has forgotten their password.
#[derive(Debug, InputObject)]
pub struct StaffPasswordResetRequestInput {
    /// Their mail address.
    pub email: String,
}

/// A new password.
#[derive(InputObject)]
pub struct StaffPasswordResetInput {
    /// The one of the mail's link.
    #[graphql(secret)]
    pub token: String,
    /// At least 12 characters, or 8 that are hard to guess; nothing that many people choose, and nothing made of the
    /// mail address or the name.
    #[graphql(secret)]
    pub password: String,
}

payload! {
    /// What `staffPasswordChange` answers.
    StaffPasswordChangePayload {
        /// The member of staff as they are now.
        staff_member: StaffMember,
    }
}
payload! {
    /// What `staffLanguageSet` answers.
    StaffLanguageSetPayload {
        /// The member of staff as they are now.
        staff_member: StaffMember,
    }
}
payload! {
    /// What `staffPasswordResetRequest` answers.
    StaffPasswordResetRequestPayload {
        /// True: if a member of staff has this address, a mail is on its way.
        requested: bool,
    }
}
payload! {
    /// What `staffPasswordReset` answers.
    StaffPasswordResetPayload {
        /// True: sign in with the new password.
        reset: bool,
    }
}

#[derive(Debug, Default)]
pub struct StaffAccountMutation;

#[Object]
impl StaffAccountMutation {
    /// Changes the password of the member of staff who is signed in. Their other sessions end.
    #[graphql(complexity = "50 + child_complexity")]
    async fn staff_password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password that they have, and the one that they want.")] input: StaffPasswordChangeInput,
    ) -> Result<Option<StaffPasswordChangePayload>> {
        let change = PasswordChange {
            current: input.current_password,
            new: input.new_password,
        };
        let member = passwords::change(ctx.shop(), ctx.caller(), change).await;
        StaffPasswordChangePayload::of(member.map(StaffMember))
    }

    /// Says in which language the member of staff who is signed in reads: the dashboard, where it has that, and mails to them.
    #[graphql(complexity = "10 + child_complexity")]
    async fn staff_language_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language.")] input: StaffLanguageSetInput,
    ) -> Result<Option<StaffLanguageSetPayload>> {
        let member = members::set_language(ctx.shop(), ctx.caller(), &input.language).await;
        StaffLanguageSetPayload::of(member.map(StaffMember))
    }

    /// Sends a link to a new password to a member of staff who has forgotten theirs, three times an hour at most.
    /// Answers alike whether or not anybody has the address.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_password_reset_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who has forgotten their password.")] input: StaffPasswordResetRequestInput,
    ) -> Result<Option<StaffPasswordResetRequestPayload>> {
        let requested = passwords::request(ctx.shop(), ctx.caller(), &input.email).await;
        StaffPasswordResetRequestPayload::of(requested.map(|()| true))
    }

    /// Sets a new password by the link of a mail. All sessions end, and accounts at providers are unlinked
    /// (`linkedIdentities`); a second factor stays. A token that is used, too old or unknown answers `INVALID_TOKEN`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn staff_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new password.")] input: StaffPasswordResetInput,
    ) -> Result<Option<StaffPasswordResetPayload>> {
        let StaffPasswordResetInput { token, password } = input;
        let reset = passwords::reset(ctx.shop(), ctx.caller(), PasswordReset { token, password }).await;
        StaffPasswordResetPayload::of(reset.map(|()| true))
    }
}
