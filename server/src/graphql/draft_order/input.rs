use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Refusal,
    address::AddressInput,
    cart::drafting::{DraftLine, LineOf, LinePrice, one_of},
    checkout::drafts::{Complete, Create, DiscountOff, DraftFields, Send, ShippingFields},
};
use vitrine_entity::{cart_line::OwnGoods, ids::DraftOrderId};

use crate::{
    graphql::shared::{CountryCode, CurrencyCode, Decimal, MailingAddressInput, given},
    ids,
};

/// A line of a draft order: one of `lineId`, `variantId` and `title`.
#[derive(Debug, InputObject)]
pub struct DraftOrderLineInput {
    /// A line that is there.
    pub line_id: Option<ID>,
    /// A variant of the catalogue, which is put in; a line that has it already grows.
    pub variant_id: Option<ID>,
    /// What the catalogue has not, which is put in as a line of its own, at its `unitPrice`: at most 200 characters.
    pub title: Option<String>,
    /// What stands in the place of its SKU, of what has a `title`: at most 64 characters; `CUSTOM` unless given.
    pub sku: Option<String>,
    /// By which category it is taxed, of what has a `title`; at the standard rate unless given.
    pub tax_category: Option<String>,
    /// What one unit weighs, in grams, of what has a `title`.
    pub weight_grams: Option<i32>,
    /// Whether it is sent, of what has a `title`; it is unless false is said.
    pub requires_shipping: Option<bool>,
    /// How many units, 1 to 9999; 0 takes out a line that is there.
    pub quantity: i32,
    /// What one unit costs, in the draft order's currency, as the shop's prices are written; what it did unless given, or, of
    /// what is put in, what the catalogue says.
    pub unit_price: Option<Decimal>,
    /// Whether it costs what the catalogue says today, in place of what it did.
    pub catalog_price: Option<bool>,
}

/// How staff send a draft order, in place of the shop's methods.
#[derive(Debug, InputObject)]
pub struct DraftOrderShippingInput {
    /// What they call it: at most 200 characters.
    pub title: String,
    /// What it costs, in the draft order's currency, as the shop's prices are written.
    pub price: Decimal,
}

/// What staff take off of a draft order's goods: one of `amount` and `percentage`.
#[derive(Debug, InputObject)]
pub struct DraftOrderDiscountInput {
    /// What they call it: at most 200 characters.
    pub title: Option<String>,
    /// How much, in the draft order's currency.
    pub amount: Option<Decimal>,
    /// Above 0 and at most 100, with two decimals at most.
    pub percentage: Option<Decimal>,
}

/// What staff say of a draft order beside its lines. What is left out stays as it is; null takes it away.
#[derive(Debug, Default, InputObject)]
pub struct DraftOrderFieldsInput {
    /// For whom it is: whose prices and taxes it has, and whose order it becomes.
    pub customer_id: MaybeUndefined<ID>,
    /// Where its mails go; the customer's own address unless given.
    pub email: MaybeUndefined<String>,
    /// Where it is bought: whose market it has. The shop's own unless given.
    pub country_code: Option<CountryCode>,
    /// What it is paid in, of those that the shop sells in. Goods are priced anew by the catalogue then; refused while own
    /// amounts stand in it.
    pub currency_code: Option<CurrencyCode>,
    /// In which language it is written (BCP 47); the nearest of `shop.locales`.
    pub locale: Option<String>,
    /// Where the goods go. Whoever pays may give another.
    pub shipping_address: MaybeUndefined<MailingAddressInput>,
    /// Where the bill goes; to the shipping address unless given.
    pub billing_address: MaybeUndefined<MailingAddressInput>,
    /// The shop's shipping method by which it is sent; whoever pays may choose another.
    pub shipping_method_id: MaybeUndefined<ID>,
    /// In place of that, a way of its own at its own price, which nobody changes.
    pub own_shipping: MaybeUndefined<DraftOrderShippingInput>,
    /// What is taken off of the goods.
    pub discount: MaybeUndefined<DraftOrderDiscountInput>,
    /// The codes of discounts that apply to it: all of them, at most 5.
    pub discount_codes: Option<Vec<String>>,
    /// What the shopper wants the shop to know: at most 2000 characters.
    pub note: MaybeUndefined<String>,
    /// What staff keep in mind about it: at most 2000 characters.
    pub staff_note: MaybeUndefined<String>,
    /// What staff write to whoever is to pay: at most 2000 characters.
    pub message: MaybeUndefined<String>,
    /// By which number the company that the customer buys for knows the purchase: at most 60 characters.
    pub purchase_order_number: MaybeUndefined<String>,
    /// Until when it may be paid, within 366 days; null: as long as it is there.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
}

/// What a new draft order holds.
#[derive(Debug, InputObject)]
pub struct DraftOrderCreateInput {
    /// What staff say of it.
    pub draft_order: Option<DraftOrderFieldsInput>,
    /// What is put in, at most 100 lines.
    pub lines: Option<Vec<DraftOrderLineInput>>,
}

/// Which draft order changes, and how.
#[derive(Debug, InputObject)]
pub struct DraftOrderUpdateInput {
    /// The draft order's id.
    pub id: ID,
    /// The draft order's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What staff say of it.
    pub draft_order: DraftOrderFieldsInput,
}

/// Which lines of a draft order change.
#[derive(Debug, InputObject)]
pub struct DraftOrderLinesUpdateInput {
    /// The draft order's id.
    pub id: ID,
    /// The draft order's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What is put in, changed and taken out, at most 100 lines; others stay as they are.
    pub lines: Vec<DraftOrderLineInput>,
    /// Yours to choose, once for each change: the same again changes nothing more, and gives the draft order as it is. What is put
    /// in takes this key, an `expectedVersion` or the header `Idempotency-Key`.
    pub idempotency_key: Option<String>,
}

/// Which draft order is sent.
#[derive(Debug, InputObject)]
pub struct DraftOrderSendInput {
    /// The draft order's id.
    pub id: ID,
    /// The draft order's version that you saw: refuse to send any other.
    pub expected_version: Option<i32>,
    /// Until when it may be paid, within 366 days; null: as long as it is there. Left out, what was said before or, where
    /// nothing was, 14 days.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
    /// What you write to whoever is to pay: at most 2000 characters. Left out, what was written before.
    pub message: MaybeUndefined<String>,
    /// Whether its link is mailed; it is unless false is said: then give its `link` yourself.
    pub mail: Option<bool>,
    /// Whether one that was sent so already is mailed once more.
    pub again: Option<bool>,
}

/// Which draft order becomes an order, and how it is paid.
#[derive(Debug, InputObject)]
pub struct DraftOrderCompleteInput {
    /// The draft order's id.
    pub id: ID,
    /// The draft order's version that you saw: refuse to complete any other.
    pub expected_version: Option<i32>,
    /// The `name` of one of `shop.paymentMethods` that needs no token, or `on_account` for a company that may; the shop's own
    /// where it is left out.
    pub payment_method: Option<String>,
    /// The total that you saw: refuse any other with `PRICE_CHANGED`.
    pub expected_total: Option<Decimal>,
    /// Whether the money has come already: notes so, as `paymentCapture` does, once the payment has begun.
    pub paid: Option<bool>,
}

/// Which draft order is taken away.
#[derive(Debug, InputObject)]
pub struct DraftOrderDeleteInput {
    /// The draft order's id.
    pub id: ID,
    /// The draft order's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which draft order comes back.
#[derive(Debug, InputObject)]
pub struct DraftOrderRestoreInput {
    /// The draft order's id.
    pub id: ID,
}

/// Which draft order is begun once more.
#[derive(Debug, InputObject)]
pub struct DraftOrderDuplicateInput {
    /// The draft order's id; whatever became of it.
    pub id: ID,
}

type Read<T> = Result<T, Refusal>;

pub(super) fn id(id: &ID) -> Read<DraftOrderId> {
    ids::input(id, "draft order", &["id"])
}

impl DraftOrderCreateInput {
    pub(super) fn read(self) -> Read<Create> {
        Ok(Create {
            fields: self.draft_order.unwrap_or_default().read()?,
            lines: lines(self.lines.unwrap_or_default())?,
        })
    }
}

impl DraftOrderSendInput {
    pub(super) fn read(self) -> Read<Send> {
        Ok(Send {
            draft: id(&self.id)?,
            expected_version: self.expected_version.map(i64::from),
            expires_at: given(self.expires_at),
            message: given(self.message),
            by_mail: self.mail.unwrap_or(true),
            again: self.again.unwrap_or_default(),
        })
    }
}

impl DraftOrderCompleteInput {
    pub(super) fn read(self) -> Read<Complete> {
        Ok(Complete {
            draft: id(&self.id)?,
            expected_version: self.expected_version.map(i64::from),
            method: self.payment_method,
            expected_total: self.expected_total.map(|total| total.0),
        })
    }
}

impl DraftOrderFieldsInput {
    pub(super) fn read(self) -> Read<DraftFields> {
        let customer = given(self.customer_id).map(|id| {
            id.map(|id| ids::input(&id, "customer", &["draftOrder", "customerId"]))
                .transpose()
        });
        let method = given(self.shipping_method_id).map(|id| {
            id.map(|id| ids::input(&id, "shipping method", &["draftOrder", "shippingMethodId"]))
                .transpose()
        });
        let shipping = |own: DraftOrderShippingInput| ShippingFields {
            title: own.title,
            price: own.price.0,
        };
        let discount = |off: DraftOrderDiscountInput| DiscountOff {
            title: off.title.unwrap_or_default(),
            amount: off.amount.map(|amount| amount.0),
            percentage: off.percentage.map(|percentage| percentage.0),
        };
        let address = |address: Option<MailingAddressInput>| address.map(AddressInput::from);
        Ok(DraftFields {
            customer: customer.transpose()?,
            email: given(self.email),
            country: self.country_code.map(|code| code.0),
            currency: self.currency_code.map(|code| code.0),
            locale: self.locale,
            shipping_address: given(self.shipping_address).map(address),
            billing_address: given(self.billing_address).map(address),
            shipping_method: method.transpose()?,
            own_shipping: given(self.own_shipping).map(|own| own.map(shipping)),
            discount: given(self.discount).map(|off| off.map(discount)),
            discount_codes: self.discount_codes,
            note: given(self.note),
            staff_note: given(self.staff_note),
            message: given(self.message),
            purchase_order_number: given(self.purchase_order_number),
            expires_at: given(self.expires_at),
        })
    }
}

pub(super) fn lines(inputs: Vec<DraftOrderLineInput>) -> Read<Vec<DraftLine>> {
    let line = |(index, input): (usize, DraftOrderLineInput)| input.read(index);
    inputs.into_iter().enumerate().map(line).collect()
}

impl DraftOrderLineInput {
    fn read(self, index: usize) -> Read<DraftLine> {
        let index = index.to_string();
        let of = match (self.line_id, self.variant_id, self.title) {
            (Some(id), None, None) => {
                let id = ids::input(&id, "line in this draft order", &["lines", &index, "lineId"])?;
                LineOf::Line(id)
            }
            (None, Some(id), None) => LineOf::Variant(ids::input(&id, "variant", &["lines", &index, "variantId"])?),
            (None, None, Some(title)) => LineOf::Own {
                goods: OwnGoods {
                    title,
                    sku: self.sku,
                    tax_category: self.tax_category,
                    weight_grams: self.weight_grams.unwrap_or_default(),
                },
                requires_shipping: self.requires_shipping.unwrap_or(true),
            },
            _ => return Err(one_of().at(&["lines", &index])),
        };
        let price = match (self.unit_price, self.catalog_price.unwrap_or_default()) {
            (Some(price), _) => LinePrice::Own(price.0),
            (None, true) => LinePrice::Catalogue,
            (None, false) => LinePrice::Kept,
        };
        Ok(DraftLine {
            of,
            quantity: self.quantity,
            price,
        })
    }
}
