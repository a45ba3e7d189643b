use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{ErrorCode, Refusal, address::AddressInput, cart, customers::addresses};

use super::cart_ref::cart_ref;
use crate::{
    graphql::{
        cart::object::Cart,
        shared::{AttributeInput, ContextExt, MailingAddressInput, Result, payload},
    },
    ids,
};

/// Who buys.
#[derive(Debug, InputObject)]
pub struct CartContactUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// Where the order's mails go: one mail address.
    pub email: String,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Where the goods and the bill go.
#[derive(Debug, InputObject)]
pub struct CartAddressesUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// Where the goods go. A cart of which nothing is sent needs none.
    pub shipping_address: Option<MailingAddressInput>,
    /// Where the bill goes; to the shipping address unless given. One of the two is needed.
    pub billing_address: Option<MailingAddressInput>,
    /// In place of `shippingAddress`, an address of the address book of the customer who is signed in.
    pub shipping_address_id: Option<ID>,
    /// In place of `billingAddress`, an address of the address book of the customer who is signed in.
    pub billing_address_id: Option<ID>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// How the goods are sent.
#[derive(Debug, InputObject)]
pub struct CartShippingMethodSelectInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The id of one of the cart's `shippingMethods`.
    pub shipping_method_id: ID,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// What the shopper wants the shop to know.
#[derive(Debug, InputObject)]
pub struct CartNoteUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// At most 2000 characters; null takes the note away.
    pub note: Option<String>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `cartContactUpdate` answers.
    CartContactUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartAddressesUpdate` answers.
    CartAddressesUpdatePayload {
        /// The cart as it is now, with what reaches its address in `shippingMethods`.
        cart: Cart,
    }
}
payload! {
    /// What `cartShippingMethodSelect` answers.
    CartShippingMethodSelectPayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
/// By which VAT number a business buys.
#[derive(Debug, InputObject)]
pub struct CartTaxIdUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// A VAT number of the European Union, with its country's letters; spaces, dots and hyphens make no difference. Null
    /// takes it away.
    pub tax_id: Option<String>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// What the front end notes of a cart.
#[derive(Debug, InputObject)]
pub struct CartAttributesUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// All of its attributes, at most 20, each key once.
    pub attributes: Vec<AttributeInput>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// What is written to whoever is given the goods.
#[derive(Debug, InputObject)]
pub struct CartGiftMessageUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// At most 500 characters; null takes it away.
    pub message: Option<String>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// By which number a company knows its purchase.
#[derive(Debug, InputObject)]
pub struct CartPurchaseOrderUpdateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// At most 60 characters; null takes it away.
    pub number: Option<String>,
    /// The cart's version that the shopper saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `cartPurchaseOrderUpdate` answers.
    CartPurchaseOrderUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartTaxIdUpdate` answers.
    CartTaxIdUpdatePayload {
        /// The cart as it is now: `taxId.problem` says why tax is charged all the same.
        cart: Cart,
    }
}
payload! {
    /// What `cartAttributesUpdate` answers.
    CartAttributesUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartGiftMessageUpdate` answers.
    CartGiftMessageUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}
payload! {
    /// What `cartNoteUpdate` answers.
    CartNoteUpdatePayload {
        /// The cart as it is now.
        cart: Cart,
    }
}

#[derive(Debug, Default)]
pub struct CartDeliveryMutation;

#[Object]
impl CartDeliveryMutation {
    /// Sets the mail address that the order's mails go to.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_contact_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who buys.")] input: CartContactUpdateInput,
    ) -> Result<Option<CartContactUpdatePayload>> {
        CartContactUpdatePayload::of(set_contact(ctx, input).await)
    }

    /// Sets where the goods and the bill go. A chosen shipping method that does not reach the new
    /// country is released.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_addresses_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where the goods and the bill go.")] input: CartAddressesUpdateInput,
    ) -> Result<Option<CartAddressesUpdatePayload>> {
        CartAddressesUpdatePayload::of(set_addresses(ctx, input).await)
    }

    /// Chooses how the goods are sent, among the cart's `shippingMethods`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_shipping_method_select(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How the goods are sent.")] input: CartShippingMethodSelectInput,
    ) -> Result<Option<CartShippingMethodSelectPayload>> {
        CartShippingMethodSelectPayload::of(select_shipping_method(ctx, input).await)
    }

    /// Sets or takes away the VAT number by which a business buys. It must be well-formed; where the shop asks the
    /// European Commission's register, this waits for its answer for some seconds at most, and while the register does
    /// not answer, tax is charged.
    #[graphql(complexity = "50 + child_complexity")]
    async fn cart_tax_id_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By which number a business buys.")] input: CartTaxIdUpdateInput,
    ) -> Result<Option<CartTaxIdUpdatePayload>> {
        CartTaxIdUpdatePayload::of(set_tax_id(ctx, input).await)
    }

    /// Sets what the front end notes of a cart: all of it. The order keeps it, and its mails show it.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_attributes_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the front end notes.")] input: CartAttributesUpdateInput,
    ) -> Result<Option<CartAttributesUpdatePayload>> {
        CartAttributesUpdatePayload::of(set_attributes(ctx, input).await)
    }

    /// Sets or takes away what is written to whoever is given the goods.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_gift_message_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is written.")] input: CartGiftMessageUpdateInput,
    ) -> Result<Option<CartGiftMessageUpdatePayload>> {
        CartGiftMessageUpdatePayload::of(set_gift_message(ctx, input).await)
    }

    /// Sets or takes away the number by which the company that is bought for knows the purchase. The order keeps it, its mails
    /// show it, and staff find the order by it.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_purchase_order_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which number.")] input: CartPurchaseOrderUpdateInput,
    ) -> Result<Option<CartPurchaseOrderUpdatePayload>> {
        CartPurchaseOrderUpdatePayload::of(set_purchase_order(ctx, input).await)
    }

    /// Sets or takes away the shopper's note.
    #[graphql(complexity = "10 + child_complexity")]
    async fn cart_note_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the shopper wants the shop to know.")] input: CartNoteUpdateInput,
    ) -> Result<Option<CartNoteUpdatePayload>> {
        CartNoteUpdatePayload::of(set_note(ctx, input).await)
    }
}

async fn set_contact(ctx: &Context<'_>, input: CartContactUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::set_contact(ctx.shop(), ctx.caller(), cart, &input.email).await?,
    ))
}

async fn set_addresses(ctx: &Context<'_>, input: CartAddressesUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let shipping = given(
        ctx,
        input.shipping_address,
        input.shipping_address_id,
        "shippingAddressId",
    )
    .await?;
    let billing = given(ctx, input.billing_address, input.billing_address_id, "billingAddressId").await?;
    Ok(Cart(
        cart::set_addresses(ctx.shop(), ctx.caller(), cart, shipping, billing).await?,
    ))
}

/// An address that was typed, or one of the customer's address book.
async fn given(
    ctx: &Context<'_>,
    typed: Option<MailingAddressInput>,
    id: Option<ID>,
    field: &str,
) -> vitrine_commerce::Result<Option<AddressInput>> {
    match (typed, id) {
        (typed, None) => Ok(typed.map(Into::into)),
        (None, Some(id)) => {
            let id = ids::input(&id, "address", &[field])?;
            let chosen = addresses::chosen(ctx.shop(), ctx.caller(), id, &[field]).await?;
            Ok(Some(chosen.into()))
        }
        (Some(_), Some(_)) => {
            let message = "Give an address, or the id of one, not both.";
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into())
        }
    }
}

async fn select_shipping_method(
    ctx: &Context<'_>,
    input: CartShippingMethodSelectInput,
) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let method = ids::input(&input.shipping_method_id, "shipping method", &["shippingMethodId"])?;
    Ok(Cart(
        cart::select_shipping_method(ctx.shop(), ctx.caller(), cart, method).await?,
    ))
}

async fn set_note(ctx: &Context<'_>, input: CartNoteUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::set_note(ctx.shop(), ctx.caller(), cart, input.note.as_deref()).await?,
    ))
}

async fn set_purchase_order(ctx: &Context<'_>, input: CartPurchaseOrderUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::set_purchase_order(ctx.shop(), ctx.caller(), cart, input.number.as_deref()).await?,
    ))
}

async fn set_tax_id(ctx: &Context<'_>, input: CartTaxIdUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::set_tax_id(ctx.shop(), ctx.caller(), cart, input.tax_id.as_deref()).await?,
    ))
}

async fn set_attributes(ctx: &Context<'_>, input: CartAttributesUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    let attributes = input.attributes.into_iter().map(Into::into).collect();
    Ok(Cart(
        cart::set_attributes(ctx.shop(), ctx.caller(), cart, attributes).await?,
    ))
}

async fn set_gift_message(ctx: &Context<'_>, input: CartGiftMessageUpdateInput) -> vitrine_commerce::Result<Cart> {
    let cart = cart_ref(&input.cart_id, input.expected_version)?;
    Ok(Cart(
        cart::set_gift_message(ctx.shop(), ctx.caller(), cart, input.message.as_deref()).await?,
    ))
}
