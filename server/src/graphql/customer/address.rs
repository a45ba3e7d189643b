use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::customers::addresses::{self, AddressDraft};
use vitrine_entity::customer_address;

use crate::{
    graphql::shared::{ContextExt, MailingAddress, MailingAddressInput, Result, connection, int, payload},
    ids,
};

/// An address of a customer's address book.
#[derive(Debug, Clone)]
pub struct CustomerAddress(pub customer_address::Model);

connection! { CustomerAddressConnection, CustomerAddressEdge, CustomerAddress }

/// An address of a customer's address book. Their own eyes, and those of staff with the permission `CUSTOMERS`.
#[Object]
impl CustomerAddress {
    /// Names the address.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The address itself.
    async fn address(&self) -> MailingAddress {
        self.0.address.clone().into()
    }

    /// Whether the customer wants goods to be sent there, unless they say otherwise.
    async fn default_shipping(&self) -> bool {
        self.0.default_shipping
    }

    /// Whether the customer wants invoices to go there, unless they say otherwise.
    async fn default_billing(&self) -> bool {
        self.0.default_billing
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// A new address.
#[derive(Debug, InputObject)]
pub struct CustomerAddressCreateInput {
    /// The address itself.
    pub address: MailingAddressInput,
    /// Whether goods are to be sent there, unless the customer says otherwise. By default where it is the first.
    pub default_shipping: Option<bool>,
    /// Whether invoices are to go there, unless the customer says otherwise. By default where it is the first.
    pub default_billing: Option<bool>,
}

/// Which address, and what changes. What is not given stays.
#[derive(Debug, InputObject)]
pub struct CustomerAddressUpdateInput {
    /// The address's id.
    pub id: ID,
    /// Refuses the change where the address is at another version.
    pub expected_version: Option<i32>,
    /// The whole address anew.
    pub address: Option<MailingAddressInput>,
    /// Whether goods are to be sent there, unless the customer says otherwise.
    pub default_shipping: Option<bool>,
    /// Whether invoices are to go there, unless the customer says otherwise.
    pub default_billing: Option<bool>,
}

/// Which address goes.
#[derive(Debug, InputObject)]
pub struct CustomerAddressDeleteInput {
    /// The address's id.
    pub id: ID,
    /// Refuses the change where the address is at another version.
    pub expected_version: Option<i32>,
}

/// Which deleted address comes back.
#[derive(Debug, InputObject)]
pub struct CustomerAddressRestoreInput {
    /// The address's id.
    pub id: ID,
}

payload! {
    /// What `customerAddressCreate` answers.
    CustomerAddressCreatePayload {
        /// The new address.
        customer_address: CustomerAddress,
    }
}
payload! {
    /// What `customerAddressUpdate` answers.
    CustomerAddressUpdatePayload {
        /// The address as it is now.
        customer_address: CustomerAddress,
    }
}
payload! {
    /// What `customerAddressDelete` answers.
    CustomerAddressDeletePayload {
        /// The id that the address had.
        deleted_id: ID,
    }
}

payload! {
    /// What `customerAddressRestore` answers.
    CustomerAddressRestorePayload {
        /// The address as it is again.
        customer_address: CustomerAddress,
    }
}

#[derive(Debug, Default)]
pub struct CustomerAddressMutation;

#[Object]
impl CustomerAddressMutation {
    /// Adds an address to the address book of the customer who is signed in, which has 50 at most.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_address_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new address.")] input: CustomerAddressCreateInput,
    ) -> Result<Option<CustomerAddressCreatePayload>> {
        let draft = AddressDraft {
            address: Some(input.address.into()),
            default_shipping: input.default_shipping,
            default_billing: input.default_billing,
        };
        let created = addresses::create(ctx.shop(), ctx.caller(), draft).await;
        CustomerAddressCreatePayload::of(created.map(CustomerAddress))
    }

    /// Changes an address of the customer who is signed in.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_address_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which address, and what changes.")] input: CustomerAddressUpdateInput,
    ) -> Result<Option<CustomerAddressUpdatePayload>> {
        CustomerAddressUpdatePayload::of(update(ctx, input).await)
    }

    /// Deletes an address of the customer who is signed in. Carts and orders keep their copy of it. It can be restored
    /// for a while (`customerAddressRestore`).
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_address_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which address goes.")] input: CustomerAddressDeleteInput,
    ) -> Result<Option<CustomerAddressDeletePayload>> {
        CustomerAddressDeletePayload::of(delete(ctx, input).await)
    }

    /// Takes back that the customer who is signed in deleted an address, for 30 days or as the shop has it, the newest
    /// 50. What it was the default for it is again, unless another is by now.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_address_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which deleted address comes back.")] input: CustomerAddressRestoreInput,
    ) -> Result<Option<CustomerAddressRestorePayload>> {
        CustomerAddressRestorePayload::of(restore(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: CustomerAddressUpdateInput) -> vitrine_commerce::Result<CustomerAddress> {
    let id = ids::input(&input.id, "address", &["id"])?;
    let draft = AddressDraft {
        address: input.address.map(Into::into),
        default_shipping: input.default_shipping,
        default_billing: input.default_billing,
    };
    let expected = input.expected_version.map(i64::from);
    let row = addresses::update(ctx.shop(), ctx.caller(), id, expected, draft).await?;
    Ok(CustomerAddress(row))
}

async fn restore(ctx: &Context<'_>, input: CustomerAddressRestoreInput) -> vitrine_commerce::Result<CustomerAddress> {
    let id = ids::input(&input.id, "deleted address", &["id"])?;
    let row = addresses::restore(ctx.shop(), ctx.caller(), id).await?;
    Ok(CustomerAddress(row))
}

async fn delete(ctx: &Context<'_>, input: CustomerAddressDeleteInput) -> vitrine_commerce::Result<ID> {
    let id = ids::input(&input.id, "address", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(ids::public(
        addresses::delete(ctx.shop(), ctx.caller(), id, expected).await?,
    ))
}
