use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    trade::groups::{self, CustomerGroupChange, CustomerGroupDraft},
};
use vitrine_entity::ids::{CustomerGroupId, CustomerId};

use super::object::CustomerGroup;
use crate::{
    graphql::shared::{ContextExt, Result, given, payload},
    ids,
};

/// A group of customers to be made.
#[derive(Debug, InputObject)]
pub struct CustomerGroupCreateInput {
    /// What staff call it: at most 100 characters.
    pub name: String,
    /// What files and programs call it: at most 60 Latin letters, digits, `-` and `_`. Made of the name unless given.
    pub code: Option<String>,
    /// What staff keep in mind about it: at most 1000 characters.
    pub note: Option<String>,
}

/// Which group of customers changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct CustomerGroupUpdateInput {
    /// The group's id.
    pub id: ID,
    /// The group's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What staff call it.
    pub name: Option<String>,
    /// What files and programs call it.
    pub code: Option<String>,
    /// What staff keep in mind about it; null for nothing.
    pub note: MaybeUndefined<String>,
}

/// Which group of customers goes.
#[derive(Debug, InputObject)]
pub struct CustomerGroupDeleteInput {
    /// The group's id.
    pub id: ID,
    /// The group's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which group of customers comes back.
#[derive(Debug, InputObject)]
pub struct CustomerGroupRestoreInput {
    /// The group's id.
    pub id: ID,
}

/// Who is to be in a group of customers.
#[derive(Debug, InputObject)]
pub struct CustomerGroupMembersAddInput {
    /// The group's id.
    pub id: ID,
    /// The customers' ids, 1 to 100. Those who are in it stay.
    pub customer_ids: Vec<ID>,
}

/// Who is not to be in a group of customers any more.
#[derive(Debug, InputObject)]
pub struct CustomerGroupMembersRemoveInput {
    /// The group's id.
    pub id: ID,
    /// The customers' ids, 1 to 100. Those who are not in it stay out.
    pub customer_ids: Vec<ID>,
}

payload! {
    /// What `customerGroupCreate` answers.
    CustomerGroupCreatePayload {
        /// The group as it is now.
        customer_group: CustomerGroup,
    }
}
payload! {
    /// What `customerGroupUpdate` answers.
    CustomerGroupUpdatePayload {
        /// The group as it is now.
        customer_group: CustomerGroup,
    }
}
payload! {
    /// What `customerGroupDelete` answers.
    CustomerGroupDeletePayload {
        /// The group that is deleted.
        customer_group: CustomerGroup,
    }
}
payload! {
    /// What `customerGroupRestore` answers.
    CustomerGroupRestorePayload {
        /// The group as it is now.
        customer_group: CustomerGroup,
    }
}
payload! {
    /// What `customerGroupMembersAdd` answers.
    CustomerGroupMembersAddPayload {
        /// The group as it is now.
        customer_group: CustomerGroup,
    }
}
payload! {
    /// What `customerGroupMembersRemove` answers.
    CustomerGroupMembersRemovePayload {
        /// The group as it is now.
        customer_group: CustomerGroup,
    }
}

#[derive(Debug, Default)]
pub struct CustomerGroupMutation;

#[Object]
impl CustomerGroupMutation {
    /// Makes a group of customers, of nobody yet. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_group_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The group.")] input: CustomerGroupCreateInput,
    ) -> Result<Option<CustomerGroupCreatePayload>> {
        let draft = CustomerGroupDraft {
            name: input.name,
            code: input.code,
            note: input.note,
        };
        let made = groups::create(ctx.shop(), ctx.caller(), draft).await;
        CustomerGroupCreatePayload::of(made.map(CustomerGroup))
    }

    /// Changes a group of customers. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_group_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group changes, and how.")] input: CustomerGroupUpdateInput,
    ) -> Result<Option<CustomerGroupUpdatePayload>> {
        CustomerGroupUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a group of customers away: no price and no discount goes by it any more. For staff with the permission
    /// `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_group_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group goes.")] input: CustomerGroupDeleteInput,
    ) -> Result<Option<CustomerGroupDeletePayload>> {
        CustomerGroupDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted group of customers back, with those who are in it. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_group_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group comes back.")] input: CustomerGroupRestoreInput,
    ) -> Result<Option<CustomerGroupRestorePayload>> {
        CustomerGroupRestorePayload::of(restore(ctx, input).await)
    }

    /// Puts customers into a group: their next request goes by it. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_group_members_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is to be in which group.")] input: CustomerGroupMembersAddInput,
    ) -> Result<Option<CustomerGroupMembersAddPayload>> {
        CustomerGroupMembersAddPayload::of(add(ctx, input).await)
    }

    /// Takes customers out of a group. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_group_members_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is not to be in which group.")] input: CustomerGroupMembersRemoveInput,
    ) -> Result<Option<CustomerGroupMembersRemovePayload>> {
        CustomerGroupMembersRemovePayload::of(remove(ctx, input).await)
    }
}

type Outcome = vitrine_commerce::Result<CustomerGroup>;

async fn update(ctx: &Context<'_>, input: CustomerGroupUpdateInput) -> Outcome {
    let change = CustomerGroupChange {
        name: input.name,
        code: input.code,
        note: given(input.note),
    };
    let expected = input.expected_version.map(i64::from);
    let changed = groups::update(ctx.shop(), ctx.caller(), group(&input.id)?, expected, change).await?;
    Ok(CustomerGroup(changed))
}

async fn delete(ctx: &Context<'_>, input: CustomerGroupDeleteInput) -> Outcome {
    let expected = input.expected_version.map(i64::from);
    let deleted = groups::delete(ctx.shop(), ctx.caller(), group(&input.id)?, expected).await?;
    Ok(CustomerGroup(deleted))
}

async fn restore(ctx: &Context<'_>, input: CustomerGroupRestoreInput) -> Outcome {
    let restored = groups::restore(ctx.shop(), ctx.caller(), group(&input.id)?).await?;
    Ok(CustomerGroup(restored))
}

async fn add(ctx: &Context<'_>, input: CustomerGroupMembersAddInput) -> Outcome {
    let customers = customers(&input.customer_ids)?;
    let changed = groups::add(ctx.shop(), ctx.caller(), group(&input.id)?, &customers).await?;
    Ok(CustomerGroup(changed))
}

async fn remove(ctx: &Context<'_>, input: CustomerGroupMembersRemoveInput) -> Outcome {
    let customers = customers(&input.customer_ids)?;
    let changed = groups::remove(ctx.shop(), ctx.caller(), group(&input.id)?, &customers).await?;
    Ok(CustomerGroup(changed))
}

fn group(id: &ID) -> std::result::Result<CustomerGroupId, Refusal> {
    ids::input(id, "group of customers", &["id"])
}

fn customers(named: &[ID]) -> std::result::Result<Vec<CustomerId>, Refusal> {
    let places = named.iter().enumerate();
    let read = places.map(|(place, id)| ids::input(id, "customer", &["customerIds", &place.to_string()]));
    read.collect()
}
