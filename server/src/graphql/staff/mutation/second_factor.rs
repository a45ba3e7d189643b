use async_graphql::{Context, InputObject, Object, SimpleObject};
use vitrine_commerce::staff::second_factor::{self, Setup};

use crate::graphql::{
    shared::{ContextExt, Result, payload},
    staff::object::StaffMember,
};

/// Who sets a second factor up.
#[derive(InputObject)]
pub struct StaffTwoFactorSetupInput {
    /// Their password, once more.
    #[graphql(secret)]
    pub password: String,
}

/// That the authenticator app works.
#[derive(InputObject)]
pub struct StaffTwoFactorConfirmInput {
    /// The six digits that it shows.
    #[graphql(secret)]
    pub code: String,
}

/// Who gives their second factor up.
#[derive(InputObject)]
pub struct StaffTwoFactorDisableInput {
    /// Their password, once more.
    #[graphql(secret)]
    pub password: String,
    /// What the authenticator app shows, or a recovery code.
    #[graphql(secret)]
    pub code: String,
}

/// Who wants new recovery codes.
#[derive(InputObject)]
pub struct StaffRecoveryCodesRenewInput {
    /// Their password, once more.
    #[graphql(secret)]
    pub password: String,
    /// What the authenticator app shows, or a recovery code.
    #[graphql(secret)]
    pub code: String,
}

/// What an authenticator app is given. Nobody is told it again.
#[derive(SimpleObject)]
pub struct TwoFactorSetup {
    /// The secret in base 32, to be typed.
    pub secret: String,
    /// All of it as a link, `otpauth://…`, to be shown as a QR code.
    pub otpauth_url: String,
}

impl From<Setup> for TwoFactorSetup {
    fn from(Setup { secret, url }: Setup) -> Self {
        Self {
            secret,
            otpauth_url: url,
        }
    }
}

impl std::fmt::Debug for TwoFactorSetup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TwoFactorSetup").finish_non_exhaustive()
    }
}

payload! {
    /// What `staffTwoFactorSetup` answers.
    StaffTwoFactorSetupPayload {
        /// What the authenticator app is given.
        setup: TwoFactorSetup,
    }
}
payload! {
    /// What `staffTwoFactorConfirm` answers.
    StaffTwoFactorConfirmPayload {
        /// Ten codes on paper, each of which stands in for the app once. Nobody is told them again.
        recovery_codes: Vec<String>,
    }
}
payload! {
    /// What `staffTwoFactorDisable` answers.
    StaffTwoFactorDisablePayload {
        /// The member of staff as they are now.
        staff_member: StaffMember,
    }
}
payload! {
    /// What `staffRecoveryCodesRenew` answers.
    StaffRecoveryCodesRenewPayload {
        /// Ten new codes: those before open nothing any more. Nobody is told them again.
        recovery_codes: Vec<String>,
    }
}

#[derive(Debug, Default)]
pub struct StaffTwoFactorMutation;

#[Object]
impl StaffTwoFactorMutation {
    /// Begins to set a second factor up (TOTP, RFC 6238) for the member of staff who is signed in. It is asked for
    /// once it is confirmed by `staffTwoFactorConfirm`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn staff_two_factor_setup(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who sets a second factor up.")] input: StaffTwoFactorSetupInput,
    ) -> Result<Option<StaffTwoFactorSetupPayload>> {
        let setup = second_factor::set_up(ctx.shop(), ctx.caller(), &input.password).await;
        StaffTwoFactorSetupPayload::of(setup.map(TwoFactorSetup::from))
    }

    /// Proves that the authenticator app of the member of staff who is signed in works: from now on `staffLogin` needs
    /// its codes.
    #[graphql(complexity = "20 + child_complexity")]
    async fn staff_two_factor_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "That the authenticator app works.")] input: StaffTwoFactorConfirmInput,
    ) -> Result<Option<StaffTwoFactorConfirmPayload>> {
        let codes = second_factor::confirm(ctx.shop(), ctx.caller(), &input.code).await;
        StaffTwoFactorConfirmPayload::of(codes)
    }

    /// Gives up the second factor of the member of staff who is signed in. Refused with `FORBIDDEN` where their
    /// role requires one.
    #[graphql(complexity = "50 + child_complexity")]
    async fn staff_two_factor_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gives their second factor up.")] input: StaffTwoFactorDisableInput,
    ) -> Result<Option<StaffTwoFactorDisablePayload>> {
        let member = second_factor::disable(ctx.shop(), ctx.caller(), &input.password, &input.code).await;
        StaffTwoFactorDisablePayload::of(member.map(StaffMember))
    }

    /// Gives ten new recovery codes to the member of staff who is signed in.
    #[graphql(complexity = "50 + child_complexity")]
    async fn staff_recovery_codes_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants new recovery codes.")] input: StaffRecoveryCodesRenewInput,
    ) -> Result<Option<StaffRecoveryCodesRenewPayload>> {
        let codes = second_factor::renew(ctx.shop(), ctx.caller(), &input.password, &input.code).await;
        StaffRecoveryCodesRenewPayload::of(codes)
    }
}
