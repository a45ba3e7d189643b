use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::privacy::{Whose, erasure, export, one_of};

use super::object::{ErasurePlan, PersonalDataExport};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Whose data is to be written into a file: one's own, with the password, or for staff a customer's or a guest's.
#[derive(InputObject)]
pub struct CustomerDataExportInput {
    /// The password of the customer who is signed in, for their own data.
    #[graphql(secret)]
    pub password: Option<String>,
    /// A customer, for staff.
    pub customer_id: Option<ID>,
    /// A mail address, for staff: its account, or what a guest ordered with it.
    pub email: Option<String>,
}

/// Who wants to be erased.
#[derive(InputObject)]
pub struct CustomerEraseRequestInput {
    /// The password of the customer who is signed in.
    #[graphql(secret)]
    pub password: String,
}

/// Who confirms that they want to be erased.
#[derive(InputObject)]
pub struct CustomerEraseConfirmInput {
    /// The one of the mail's link.
    #[graphql(secret)]
    pub token: String,
}

/// Who is to be erased: a customer or a mail address.
#[derive(Debug, InputObject)]
pub struct CustomerEraseInput {
    /// The customer.
    pub customer_id: Option<ID>,
    /// A mail address: its account, or what a guest ordered with it.
    pub email: Option<String>,
    /// Whether to tell only what would go, and to change nothing.
    pub dry_run: bool,
}

payload! {
    /// What `customerDataExport` answers.
    CustomerDataExportPayload {
        /// The file, which a job writes: look for it with `personalDataExport`.
        personal_data_export: PersonalDataExport,
    }
}
payload! {
    /// What `customerEraseRequest` answers.
    CustomerEraseRequestPayload {
        /// True: a mail with a link is on its way.
        requested: bool,
    }
}
payload! {
    /// What `customerEraseConfirm` answers.
    CustomerEraseConfirmPayload {
        /// True: all sessions have ended, and the rest follows within the hour.
        confirmed: bool,
    }
}
payload! {
    /// What `customerErase` answers.
    CustomerErasePayload {
        /// What goes, or would go.
        plan: ErasurePlan,
    }
}

#[derive(Debug, Default)]
pub struct PrivacyMutation;

#[Object]
impl PrivacyMutation {
    /// Has a file written with all that is kept of a person, five a day at most. Customers send their password and
    /// are told by mail when it is there; staff with the permission `CUSTOMERS` name a customer or a mail address.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_data_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose data.")] input: CustomerDataExportInput,
    ) -> Result<Option<CustomerDataExportPayload>> {
        CustomerDataExportPayload::of(write(ctx, input).await)
    }

    /// Sends the customer who is signed in a link by which their account and what belongs to it is erased
    /// (`customerEraseConfirm`), within a day. Refused with `ORDER_STATE` while orders are under way.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_erase_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants to be erased.")] input: CustomerEraseRequestInput,
    ) -> Result<Option<CustomerEraseRequestPayload>> {
        let requested = erasure::ask(ctx.shop(), ctx.caller(), input.password).await;
        CustomerEraseRequestPayload::of(requested.map(|()| true))
    }

    /// Erases a customer by the link of a mail: it cannot be undone. Their orders stay without them, those that the
    /// law wants kept as they are once its time is over. A token that is used, too old or unknown answers
    /// `INVALID_TOKEN`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_erase_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who confirms.")] input: CustomerEraseConfirmInput,
    ) -> Result<Option<CustomerEraseConfirmPayload>> {
        let confirmed = erasure::confirm(ctx.shop(), ctx.caller(), &input.token).await;
        CustomerEraseConfirmPayload::of(confirmed.map(|()| true))
    }

    /// Erases a customer, or a guest by mail address, or tells what would go. It cannot be undone. Refused with
    /// `ORDER_STATE` while orders are under way. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn customer_erase(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be erased.")] input: CustomerEraseInput,
    ) -> Result<Option<CustomerErasePayload>> {
        CustomerErasePayload::of(erase(ctx, input).await.map(ErasurePlan::from))
    }
}

async fn write(ctx: &Context<'_>, input: CustomerDataExportInput) -> vitrine_commerce::Result<PersonalDataExport> {
    let whose = match input.password {
        Some(password) => Whose::Mine { password },
        None => whose(input.customer_id, input.email)?,
    };
    let row = export::start(ctx.shop(), ctx.caller(), &whose).await?;
    Ok(PersonalDataExport(row))
}

async fn erase(ctx: &Context<'_>, input: CustomerEraseInput) -> vitrine_commerce::Result<erasure::Plan> {
    let whose = whose(input.customer_id, input.email)?;
    match input.dry_run {
        true => erasure::plan(ctx.shop(), ctx.caller(), &whose).await,
        false => erasure::start(ctx.shop(), ctx.caller(), &whose).await,
    }
}

fn whose(customer: Option<ID>, email: Option<String>) -> vitrine_commerce::Result<Whose> {
    let customer = customer.map(|id| ids::input(&id, "customer", &["customerId"]));
    Ok(one_of(customer.transpose()?, email)?)
}
