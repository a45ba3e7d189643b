use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::delivery::tax::exemption;

use super::object::Customer;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Which customer pays no tax, and why.
#[derive(Debug, InputObject)]
pub struct CustomerTaxExemptSetInput {
    /// The customer's id.
    pub customer_id: ID,
    /// Why they pay none, as in `Diplomatic mission, certificate 2027-14`: at most 500 characters. Null says that they
    /// pay tax as everybody does.
    pub reason: Option<String>,
}

payload! {
    /// What `customerTaxExemptSet` answers.
    CustomerTaxExemptSetPayload {
        /// The customer as they are now.
        customer: Customer,
    }
}

#[derive(Debug, Default)]
pub struct CustomerMutation;

#[Object]
impl CustomerMutation {
    /// Says that a customer pays no tax, and why; or that they do. Their carts are priced by it from now on; what was
    /// ordered stays as it is. For staff with the permission `CUSTOMERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn customer_tax_exempt_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which customer, and why.")] input: CustomerTaxExemptSetInput,
    ) -> Result<Option<CustomerTaxExemptSetPayload>> {
        CustomerTaxExemptSetPayload::of(set(ctx, input).await)
    }
}

async fn set(ctx: &Context<'_>, input: CustomerTaxExemptSetInput) -> vitrine_commerce::Result<Customer> {
    let id = ids::input(&input.customer_id, "customer", &["customerId"])?;
    Ok(Customer(
        exemption::set(ctx.shop(), ctx.caller(), id, input.reason.as_deref()).await?,
    ))
}
