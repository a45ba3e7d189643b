use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    ErrorCode, Refusal,
    cart::{self, Preview, PreviewOf, PreviewWith},
};

use super::input::DiscountInput;
use crate::{
    graphql::{
        cart::{
            cost::CartCost,
            mutation::goods::{CartLineInput, lines},
            object::Cart,
        },
        shared::{ContextExt, CountryCode, CurrencyCode, Result, Said},
    },
    ids,
};

/// A discount to be tried, and a cart to try it on.
#[derive(Debug, InputObject)]
pub struct DiscountPreviewInput {
    /// The discount's id, of a draft or any other; or `discount`.
    pub discount_id: Option<ID>,
    /// A discount that is written nowhere yet; or `discountId`.
    pub discount: Option<DiscountInput>,
    /// What the cart holds, as in `cartLinesAdd`.
    pub lines: Vec<CartLineInput>,
    /// Where the shopper is; the shop's own country unless given.
    pub country_code: Option<CountryCode>,
    /// What they pay in; the country's currency unless given.
    pub currency_code: Option<CurrencyCode>,
    /// Whose cart it is: for what is for groups of customers, or for a first order.
    pub customer_id: Option<ID>,
    /// How the goods are sent.
    pub shipping_method_id: Option<ID>,
}

/// What a cart would be with a discount, beside all others that are switched on.
#[derive(Debug, SimpleObject)]
pub struct DiscountPreview {
    /// Whether it takes something off.
    pub applies: bool,
    /// Why it takes nothing off.
    pub message: Option<Said>,
    /// The cart as it would be. It is written nowhere, and nobody can change it.
    pub cart: Cart,
    /// What the cart costs without the discount.
    pub cost_without: CartCost,
}

#[derive(Debug, Default)]
pub struct DiscountPreviewQuery;

#[Object]
impl DiscountPreviewQuery {
    /// Tries a discount on a cart, as if it were switched on, its time had come and nobody had used it. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn discount_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is tried, and on which cart.")] input: DiscountPreviewInput,
    ) -> Result<Option<DiscountPreview>> {
        let (of, with) = asked(input)?;
        let Preview { view, without, unmet } = cart::preview(ctx.shop(), ctx.caller(), of, with).await?;
        let cost_without = CartCost::new(without, &view.tax_country);
        Ok(Some(DiscountPreview {
            applies: unmet.is_none(),
            message: unmet.map(Said),
            cart: Cart(view),
            cost_without,
        }))
    }
}

fn asked(input: DiscountPreviewInput) -> std::result::Result<(PreviewOf, PreviewWith), Refusal> {
    let of = match (input.discount_id, input.discount) {
        (Some(id), None) => PreviewOf::Discount(ids::input(&id, "discount", &["discountId"])?),
        (None, Some(discount)) => PreviewOf::Draft(Box::new(discount.draft()?)),
        _ => {
            let message = "Give either `discountId` or `discount`.";
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["discountId"]));
        }
    };
    let customer = input.customer_id.map(|id| ids::input(&id, "customer", &["customerId"]));
    let method = input
        .shipping_method_id
        .map(|id| ids::input(&id, "shipping method", &["shippingMethodId"]));
    let with = PreviewWith {
        lines: lines(input.lines)?,
        country: input.country_code.map(|code| code.0),
        currency: input.currency_code.map(|code| code.0),
        customer: customer.transpose()?,
        shipping_method: method.transpose()?,
    };
    Ok((of, with))
}
