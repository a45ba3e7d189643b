//! A basket: what a shopper means to buy, and where to.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    address::Address,
    attribute::Attributes,
    cart_credits::CartCredits,
    currency::Currency,
    ids::{CartId, CustomerId, DraftOrderId, OrderId, PurchaseRequestId, ShippingMethodId},
    tax_record::TaxId,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cart")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartId,
    pub customer_id: Option<CustomerId>,
    pub currency: Currency,
    pub locale: String,
    pub email: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub shipping_address: Option<Address>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub billing_address: Option<Address>,
    pub shipping_method_id: Option<ShippingMethodId>,
    pub note: Option<String>,
    /// Grows with every change: a client drops stale responses by it.
    pub version: i64,
    /// The order it became; a cart that has one takes no more changes.
    pub order_id: Option<OrderId>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// By which a business buys.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub tax_id: Option<TaxId>,
    #[sea_orm(column_type = "JsonBinary")]
    pub attributes: Attributes,
    pub gift_message: Option<String>,
    /// Where the shopper is: its taxes are shown while there is no address. `None` for carts of earlier versions, which are
    /// where the request is.
    pub country: Option<String>,
    /// What pays it before its payment method does.
    #[sea_orm(column_type = "JsonBinary")]
    pub credits: CartCredits,
    /// The codes of discounts that the shopper typed.
    #[sea_orm(column_type = "JsonBinary")]
    pub discount_codes: DiscountCodes,
    /// By which number a company knows its purchase.
    pub purchase_order_number: Option<String>,
    /// While a company is asked for its approval nothing of it changes.
    pub purchase_request_id: Option<PurchaseRequestId>,
    /// What staff decided of a cart that they put together for somebody.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub draft: Option<CartDraft>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// In their normal form, in the order in which they were typed, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct DiscountCodes(pub Vec<String>);

/// The draft order that a cart is of, and what staff decided of it beside its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct CartDraft {
    pub id: DraftOrderId,
    /// How it is sent, in place of the shop's methods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<OwnShipping>,
    /// What is taken off of the goods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<OwnDiscount>,
}

/// A way to send an order that staff named, for what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnShipping {
    pub title: String,
    /// In the cart's currency.
    pub amount_minor: i64,
}

/// What staff take off of the goods, and what they call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDiscount {
    pub title: String,
    pub off: OwnOff,
}

/// How much that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnOff {
    /// In the cart's currency.
    AmountMinor(i64),
    /// Hundredths of a percent.
    BasisPoints(i32),
}
