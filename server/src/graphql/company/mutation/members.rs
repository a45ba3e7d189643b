use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    address::AddressInput,
    companies::{self, LocationDraft},
};
use vitrine_entity::company_buyer::BuyerRole;

use crate::{
    graphql::{
        company::{location::CompanyLocation, membership::CompanyRole, object::Company},
        customer::object::Customer,
        shared::{ContextExt, Decimal, MailingAddressInput, Result, given, payload},
    },
    ids,
};

/// Where goods of a company go.
#[derive(Debug, InputObject)]
pub struct CompanyLocationCreateInput {
    /// The company's id.
    pub company_id: ID,
    /// What the place is called: at most 100 characters.
    pub name: String,
    /// Its address.
    pub address: MailingAddressInput,
}

/// Which place of a company changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct CompanyLocationUpdateInput {
    /// The place's id.
    pub id: ID,
    /// The place's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What the place is called.
    pub name: Option<String>,
    /// Its address.
    pub address: Option<MailingAddressInput>,
}

/// Which place of a company goes.
#[derive(Debug, InputObject)]
pub struct CompanyLocationDeleteInput {
    /// The place's id.
    pub id: ID,
    /// The place's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which place of a company comes back.
#[derive(Debug, InputObject)]
pub struct CompanyLocationRestoreInput {
    /// The place's id.
    pub id: ID,
}

/// Who is to buy for a company.
#[derive(Debug, InputObject)]
pub struct CompanyBuyerAddInput {
    /// The company's id.
    pub id: ID,
    /// The customer's id.
    pub customer_id: ID,
    /// What they see of it; a buyer's part unless given.
    pub role: Option<CompanyRole>,
    /// Above which total, in the shop's own currency, what they buy for it needs a manager's approval; 0: whatever it is. What
    /// is left out stays as it is, null: nothing does.
    pub approval_above: MaybeUndefined<Decimal>,
}

/// Who is to buy for a company no more.
#[derive(Debug, InputObject)]
pub struct CompanyBuyerRemoveInput {
    /// The company's id.
    pub id: ID,
    /// The customer's id.
    pub customer_id: ID,
}

/// For whom whoever is signed in buys from now on.
#[derive(Debug, InputObject)]
pub struct CustomerCompanySelectInput {
    /// The company's id; null for themselves.
    pub company_id: Option<ID>,
}

payload! {
    /// What `companyLocationCreate` answers.
    CompanyLocationCreatePayload {
        /// The place as it is now.
        location: CompanyLocation,
    }
}
payload! {
    /// What `companyLocationUpdate` answers.
    CompanyLocationUpdatePayload {
        /// The place as it is now.
        location: CompanyLocation,
    }
}
payload! {
    /// What `companyLocationDelete` answers.
    CompanyLocationDeletePayload {
        /// The place that is deleted.
        location: CompanyLocation,
    }
}
payload! {
    /// What `companyLocationRestore` answers.
    CompanyLocationRestorePayload {
        /// The place as it is now.
        location: CompanyLocation,
    }
}
payload! {
    /// What `companyBuyerAdd` answers.
    CompanyBuyerAddPayload {
        /// The company as it is now.
        company: Company,
    }
}
payload! {
    /// What `companyBuyerRemove` answers.
    CompanyBuyerRemovePayload {
        /// The company as it is now.
        company: Company,
    }
}
payload! {
    /// What `customerCompanySelect` answers.
    CustomerCompanySelectPayload {
        /// The customer as they are now.
        customer: Customer,
    }
}

#[derive(Debug, Default)]
pub struct CompanyMembersMutation;

#[Object]
impl CompanyMembersMutation {
    /// Notes where goods of a company go. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_location_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The place.")] input: CompanyLocationCreateInput,
    ) -> Result<Option<CompanyLocationCreatePayload>> {
        CompanyLocationCreatePayload::of(create_location(ctx, input).await)
    }

    /// Changes where goods of a company go. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_location_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which place changes, and how.")] input: CompanyLocationUpdateInput,
    ) -> Result<Option<CompanyLocationUpdatePayload>> {
        CompanyLocationUpdatePayload::of(update_location(ctx, input).await)
    }

    /// Takes a place of a company away. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_location_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which place goes.")] input: CompanyLocationDeleteInput,
    ) -> Result<Option<CompanyLocationDeletePayload>> {
        CompanyLocationDeletePayload::of(delete_location(ctx, input).await)
    }

    /// Brings a deleted place of a company back. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_location_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which place comes back.")] input: CompanyLocationRestoreInput,
    ) -> Result<Option<CompanyLocationRestorePayload>> {
        CompanyLocationRestorePayload::of(restore_location(ctx, input).await)
    }

    /// Lets a customer buy for a company, or gives them another role. Whoever buys for none yet buys for this one from then
    /// on. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_buyer_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who buys for which company.")] input: CompanyBuyerAddInput,
    ) -> Result<Option<CompanyBuyerAddPayload>> {
        CompanyBuyerAddPayload::of(add_buyer(ctx, input).await)
    }

    /// Lets a customer buy for a company no more. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn company_buyer_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who does not buy for which company.")] input: CompanyBuyerRemoveInput,
    ) -> Result<Option<CompanyBuyerRemovePayload>> {
        CompanyBuyerRemovePayload::of(remove_buyer(ctx, input).await)
    }

    /// Says for whom whoever is signed in buys from now on: a company that they buy for, or themselves. What is shown to
    /// them, and their carts, have other prices then; ask for them anew.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_company_select(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For whom.")] input: CustomerCompanySelectInput,
    ) -> Result<Option<CustomerCompanySelectPayload>> {
        CustomerCompanySelectPayload::of(select(ctx, input).await)
    }
}

type Place = vitrine_commerce::Result<CompanyLocation>;

async fn create_location(ctx: &Context<'_>, input: CompanyLocationCreateInput) -> Place {
    let company = ids::input(&input.company_id, "company", &["companyId"])?;
    let draft = LocationDraft {
        name: Some(input.name),
        address: Some(AddressInput::from(input.address)),
    };
    let made = companies::create_location(ctx.shop(), ctx.caller(), company, draft).await?;
    Ok(CompanyLocation(made))
}

async fn update_location(ctx: &Context<'_>, input: CompanyLocationUpdateInput) -> Place {
    let id = ids::input(&input.id, "place of a company", &["id"])?;
    let draft = LocationDraft {
        name: input.name,
        address: input.address.map(AddressInput::from),
    };
    let expected = input.expected_version.map(i64::from);
    let changed = companies::update_location(ctx.shop(), ctx.caller(), id, expected, draft).await?;
    Ok(CompanyLocation(changed))
}

async fn delete_location(ctx: &Context<'_>, input: CompanyLocationDeleteInput) -> Place {
    let id = ids::input(&input.id, "place of a company", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    let deleted = companies::delete_location(ctx.shop(), ctx.caller(), id, expected).await?;
    Ok(CompanyLocation(deleted))
}

async fn restore_location(ctx: &Context<'_>, input: CompanyLocationRestoreInput) -> Place {
    let id = ids::input(&input.id, "place of a company", &["id"])?;
    let restored = companies::restore_location(ctx.shop(), ctx.caller(), id).await?;
    Ok(CompanyLocation(restored))
}

async fn add_buyer(ctx: &Context<'_>, input: CompanyBuyerAddInput) -> vitrine_commerce::Result<Company> {
    let id = ids::input(&input.id, "company", &["id"])?;
    let customer = ids::input(&input.customer_id, "customer", &["customerId"])?;
    let role = input.role.map_or(BuyerRole::Buyer, BuyerRole::from);
    let above = given(input.approval_above).map(|amount| amount.map(|amount| amount.0));
    let above = above.as_ref().map(Option::as_deref);
    Ok(Company(
        companies::add_buyer(ctx.shop(), ctx.caller(), id, customer, role, above).await?,
    ))
}

async fn remove_buyer(ctx: &Context<'_>, input: CompanyBuyerRemoveInput) -> vitrine_commerce::Result<Company> {
    let id = ids::input(&input.id, "company", &["id"])?;
    let customer = ids::input(&input.customer_id, "customer", &["customerId"])?;
    Ok(Company(
        companies::remove_buyer(ctx.shop(), ctx.caller(), id, customer).await?,
    ))
}

async fn select(ctx: &Context<'_>, input: CustomerCompanySelectInput) -> vitrine_commerce::Result<Customer> {
    let company = input.company_id.as_ref();
    let company = company
        .map(|id| ids::input(id, "company", &["companyId"]))
        .transpose()?;
    Ok(Customer(companies::choose(ctx.shop(), ctx.caller(), company).await?))
}
