use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    address::AddressInput,
    companies::{self, CompanyChange, CompanyDraft},
};
use vitrine_entity::ids::CompanyId;

use crate::{
    graphql::{
        company::object::Company,
        shared::{ContextExt, Decimal, MailingAddressInput, Result, given, payload},
    },
    ids,
};

/// A company to be noted.
#[derive(Debug, InputObject)]
pub struct CompanyCreateInput {
    /// What it is called: at most 200 characters.
    pub name: String,
    /// Its VAT number, with its country's letters. Its form and check digits must be right.
    pub vat_number: Option<String>,
    /// Its number in a register of companies: at most 60 characters.
    pub registration_number: Option<String>,
    /// Where its bills go.
    pub billing_address: Option<MailingAddressInput>,
    /// Where it is told, beside whoever ordered, of what is late.
    pub email: Option<String>,
    /// What staff keep in mind about it: at most 2000 characters.
    pub note: Option<String>,
    /// How many days after an order what is bought on account is due, 0 to 365; 30 unless given.
    pub payment_terms_days: Option<i32>,
    /// How much it may owe, in the shop's own currency; without it, it does not buy on account.
    pub credit_limit: Option<Decimal>,
}

/// Which company changes, and how. What is left out stays as it is; null takes it away.
#[derive(Debug, InputObject)]
pub struct CompanyUpdateInput {
    /// The company's id.
    pub id: ID,
    /// The company's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called.
    pub name: Option<String>,
    /// Its VAT number, with its country's letters.
    pub vat_number: MaybeUndefined<String>,
    /// Its number in a register of companies.
    pub registration_number: MaybeUndefined<String>,
    /// Where its bills go.
    pub billing_address: MaybeUndefined<MailingAddressInput>,
    /// Where it is told, beside whoever ordered, of what is late.
    pub email: MaybeUndefined<String>,
    /// What staff keep in mind about it.
    pub note: MaybeUndefined<String>,
    /// How many days after an order what is bought on account is due, 0 to 365.
    pub payment_terms_days: Option<i32>,
    /// How much it may owe, in the shop's own currency; null: it does not buy on account any more, and still owes what it
    /// owes.
    pub credit_limit: MaybeUndefined<Decimal>,
}

/// Which company goes.
#[derive(Debug, InputObject)]
pub struct CompanyDeleteInput {
    /// The company's id.
    pub id: ID,
    /// The company's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which company comes back.
#[derive(Debug, InputObject)]
pub struct CompanyRestoreInput {
    /// The company's id.
    pub id: ID,
}

payload! {
    /// What `companyCreate` answers.
    CompanyCreatePayload {
        /// The company as it is now.
        company: Company,
    }
}
payload! {
    /// What `companyUpdate` answers.
    CompanyUpdatePayload {
        /// The company as it is now.
        company: Company,
    }
}
payload! {
    /// What `companyDelete` answers.
    CompanyDeletePayload {
        /// The company that is deleted.
        company: Company,
    }
}
payload! {
    /// What `companyRestore` answers.
    CompanyRestorePayload {
        /// The company as it is now.
        company: Company,
    }
}

#[derive(Debug, Default)]
pub struct CompanyMutation;

#[Object]
impl CompanyMutation {
    /// Notes a company that buys on terms of its own. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The company.")] input: CompanyCreateInput,
    ) -> Result<Option<CompanyCreatePayload>> {
        let draft = CompanyDraft {
            name: input.name,
            vat_number: input.vat_number,
            registration_number: input.registration_number,
            billing_address: input.billing_address.map(AddressInput::from),
            email: input.email,
            note: input.note,
            payment_terms_days: input.payment_terms_days,
            credit_limit: input.credit_limit.map(|limit| limit.0),
        };
        let made = companies::create(ctx.shop(), ctx.caller(), draft).await;
        CompanyCreatePayload::of(made.map(Company))
    }

    /// Changes what is known of a company. Orders keep what they were placed with. For staff with the permission
    /// `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which company changes, and how.")] input: CompanyUpdateInput,
    ) -> Result<Option<CompanyUpdatePayload>> {
        CompanyUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a company away: nobody buys for it any more, and it still owes what it owes. For staff with the permission
    /// `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which company goes.")] input: CompanyDeleteInput,
    ) -> Result<Option<CompanyDeletePayload>> {
        CompanyDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted company back, with those who buy for it. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which company comes back.")] input: CompanyRestoreInput,
    ) -> Result<Option<CompanyRestorePayload>> {
        CompanyRestorePayload::of(restore(ctx, input).await)
    }
}

type Outcome = vitrine_commerce::Result<Company>;

async fn update(ctx: &Context<'_>, input: CompanyUpdateInput) -> Outcome {
    let change = CompanyChange {
        name: input.name,
        vat_number: given(input.vat_number),
        registration_number: given(input.registration_number),
        billing_address: given(input.billing_address).map(|address| address.map(AddressInput::from)),
        email: given(input.email),
        note: given(input.note),
        payment_terms_days: input.payment_terms_days,
        credit_limit: given(input.credit_limit).map(|limit| limit.map(|limit| limit.0)),
    };
    let expected = input.expected_version.map(i64::from);
    let id = named(&input.id)?;
    Ok(Company(
        companies::update(ctx.shop(), ctx.caller(), id, expected, change).await?,
    ))
}

async fn delete(ctx: &Context<'_>, input: CompanyDeleteInput) -> Outcome {
    let expected = input.expected_version.map(i64::from);
    let id = named(&input.id)?;
    Ok(Company(
        companies::delete(ctx.shop(), ctx.caller(), id, expected).await?,
    ))
}

async fn restore(ctx: &Context<'_>, input: CompanyRestoreInput) -> Outcome {
    let id = named(&input.id)?;
    Ok(Company(companies::restore(ctx.shop(), ctx.caller(), id).await?))
}

fn named(id: &ID) -> std::result::Result<CompanyId, Refusal> {
    ids::input(id, "company", &["id"])
}
