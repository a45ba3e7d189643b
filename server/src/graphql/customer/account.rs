use async_graphql::{Context, InputObject, Object};
use vitrine_commerce::customers::{
    confirm::{self, Confirm},
    email_change::{self, EmailChange},
    own::{self, CustomerUpdate, PasswordChange},
    reset::{self, PasswordReset},
};

use super::object::Customer;
use crate::graphql::{
    session::object::Session,
    shared::{ContextExt, Result, payload},
};

/// Who confirms that a mail address is theirs.
#[derive(InputObject)]
pub struct CustomerEmailConfirmInput {
    /// The one of the mail's link.
    #[graphql(secret)]
    pub token: String,
    /// The password that was chosen with `customerSignUp`: the link alone opens no account, for somebody else may
    /// have asked for it.
    #[graphql(secret)]
    pub password: String,
}

/// Who has forgotten their password.
#[derive(Debug, InputObject)]
pub struct CustomerPasswordResetRequestInput {
    /// Their mail address.
    pub email: String,
}

/// A new password.
#[derive(InputObject)]
pub struct CustomerPasswordResetInput {
    /// The one of the mail's link.
    #[graphql(secret)]
    pub token: String,
    /// At least 12 characters, or 8 that are hard to guess.
    #[graphql(secret)]
    pub password: String,
}

/// The password that a customer has, and the one that they want.
#[derive(InputObject)]
pub struct CustomerPasswordChangeInput {
    /// The one that they have.
    #[graphql(secret)]
    pub current_password: String,
    /// At least 12 characters, or 8 that are hard to guess.
    #[graphql(secret)]
    pub new_password: String,
}

/// Which mail address a customer wants.
#[derive(InputObject)]
pub struct CustomerEmailChangeRequestInput {
    /// Their password.
    #[graphql(secret)]
    pub password: String,
    /// The new address.
    pub email: String,
}

/// Who agrees that a mail address be an account's.
#[derive(InputObject)]
pub struct CustomerEmailChangeConfirmInput {
    /// The one of the mail's link.
    #[graphql(secret)]
    pub token: String,
}

/// What a customer changes of themselves. What is not given stays.
#[derive(Debug, InputObject)]
pub struct CustomerUpdateInput {
    /// What they are called.
    pub name: Option<String>,
    /// In which language they read: one of `shop.locales`. Mails about the account follow it.
    pub language: Option<String>,
    /// Refuses the change where the account is at another version.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `customerEmailConfirm` answers.
    CustomerEmailConfirmPayload {
        /// The session of the new customer.
        session: Session,
    }
}
payload! {
    /// What `customerPasswordResetRequest` answers.
    CustomerPasswordResetRequestPayload {
        /// True: if the address has an account, a mail is on its way.
        requested: bool,
    }
}
payload! {
    /// What `customerPasswordReset` answers.
    CustomerPasswordResetPayload {
        /// A new session; those before have ended.
        session: Session,
    }
}
payload! {
    /// What `customerPasswordChange` answers.
    CustomerPasswordChangePayload {
        /// The customer as they are now.
        customer: Customer,
    }
}
payload! {
    /// What `customerEmailChangeRequest` answers.
    CustomerEmailChangeRequestPayload {
        /// True: a mail is on its way to the new address.
        requested: bool,
    }
}
payload! {
    /// What `customerEmailChangeConfirm` answers.
    CustomerEmailChangeConfirmPayload {
        /// True: the account has the address from now on.
        confirmed: bool,
    }
}
payload! {
    /// What `customerUpdate` answers.
    CustomerUpdatePayload {
        /// The customer as they are now.
        customer: Customer,
    }
}

#[derive(Debug, Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Opens the account that `customerSignUp` asked for, by the link of its mail, and signs in. What was ordered
    /// with the address as a guest is among the account's orders soon after. A token that is used, too old or unknown
    /// answers `INVALID_TOKEN`. Then give them the guest's cart with `cartClaim`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_email_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who confirms.")] input: CustomerEmailConfirmInput,
    ) -> Result<Option<CustomerEmailConfirmPayload>> {
        let CustomerEmailConfirmInput { token, password } = input;
        let signed_in = confirm::confirm(ctx.shop(), ctx.caller(), Confirm { token, password }).await;
        CustomerEmailConfirmPayload::of(signed_in.map(Session))
    }

    /// Sends a link to a new password to a customer who has forgotten theirs, three times an hour at most. Answers
    /// alike whether or not anybody has the address; one without an account gets no mail.
    #[graphql(complexity = "20 + child_complexity")]
    async fn customer_password_reset_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who has forgotten their password.")] input: CustomerPasswordResetRequestInput,
    ) -> Result<Option<CustomerPasswordResetRequestPayload>> {
        let requested = reset::request(ctx.shop(), ctx.caller(), &input.email).await;
        CustomerPasswordResetRequestPayload::of(requested.map(|()| true))
    }

    /// Sets a new password by the link of a mail, which opens once within an hour. All sessions end, and a new one
    /// begins. Where it replaces one, accounts at providers are unlinked, too (`linkedIdentities`). A token that is
    /// used, too old or unknown answers `INVALID_TOKEN`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new password.")] input: CustomerPasswordResetInput,
    ) -> Result<Option<CustomerPasswordResetPayload>> {
        let CustomerPasswordResetInput { token, password } = input;
        let signed_in = reset::reset(ctx.shop(), ctx.caller(), PasswordReset { token, password }).await;
        CustomerPasswordResetPayload::of(signed_in.map(Session))
    }

    /// Changes the password of the customer who is signed in. Their other sessions end, and a mail tells them.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password that they have, and the one that they want.")]
        input: CustomerPasswordChangeInput,
    ) -> Result<Option<CustomerPasswordChangePayload>> {
        let change = PasswordChange {
            current: input.current_password,
            new: input.new_password,
        };
        let customer = own::change_password(ctx.shop(), ctx.caller(), change).await;
        CustomerPasswordChangePayload::of(customer.map(Customer))
    }

    /// Sends a link to the mail address that the customer who is signed in wants, and tells the one that they have.
    /// The account keeps that until the link is followed, within a day. Answers alike whether or not the new address
    /// has an account. Three such mails go out an hour.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_email_change_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which address they want.")] input: CustomerEmailChangeRequestInput,
    ) -> Result<Option<CustomerEmailChangeRequestPayload>> {
        let CustomerEmailChangeRequestInput { password, email } = input;
        let requested = email_change::request(ctx.shop(), ctx.caller(), EmailChange { password, email }).await;
        CustomerEmailChangeRequestPayload::of(requested.map(|()| true))
    }

    /// Gives an account its new mail address, by the link of the mail to that. A mail tells the address before. A
    /// token that is used, too old or unknown answers `INVALID_TOKEN`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn customer_email_change_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who agrees.")] input: CustomerEmailChangeConfirmInput,
    ) -> Result<Option<CustomerEmailChangeConfirmPayload>> {
        let confirmed = email_change::confirm(ctx.shop(), ctx.caller(), &input.token).await;
        CustomerEmailChangeConfirmPayload::of(confirmed.map(|()| true))
    }

    /// Changes what the customer who is signed in is called, and in which language they read.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: CustomerUpdateInput,
    ) -> Result<Option<CustomerUpdatePayload>> {
        let update = CustomerUpdate {
            name: input.name,
            language: input.language,
            expected_version: input.expected_version.map(i64::from),
        };
        let customer = own::update(ctx.shop(), ctx.caller(), update).await;
        CustomerUpdatePayload::of(customer.map(Customer))
    }
}
