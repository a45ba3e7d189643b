//! What staff say of a draft order beside its lines.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::EntityTrait;
use vitrine_entity::{
    cart::{self, OwnDiscount, OwnOff, OwnShipping},
    customer, draft_order,
    ids::{CustomerId, DraftOrderId, ShippingMethodId},
    shipping_method,
};

use crate::{
    Error, ErrorCode, Locality, Refusal, Result, Shop, Tx,
    address::{AddressInput, checked},
    cart::{drafting::amount, typed_codes},
    discounts::basis_points,
    language::{Language, messages},
    settings::{
        locality::{Asked, require},
        nearest,
    },
    text,
};

const TITLE_LENGTH_MAX: usize = 200;
const NOTE_LENGTH_MAX: usize = 2_000;
const PURCHASE_ORDER_LENGTH_MAX: usize = 60;
const LOCALE_LENGTH_MAX: usize = 100;

/// The longest time in which a draft order may be paid.
const EXPIRES_DAYS_MAX: i64 = 366;

/// A change of a draft order; what is `None` stays as it is, and `Some(None)` takes it away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftFields {
    pub customer: Option<Option<CustomerId>>,
    /// Where its mails go; the customer's own address where it is taken away.
    pub email: Option<Option<String>>,
    pub country: Option<String>,
    pub currency: Option<String>,
    pub locale: Option<String>,
    pub shipping_address: Option<Option<AddressInput>>,
    pub billing_address: Option<Option<AddressInput>>,
    /// One of the shop's; in place of it, `own_shipping`.
    pub shipping_method: Option<Option<ShippingMethodId>>,
    pub own_shipping: Option<Option<ShippingFields>>,
    pub discount: Option<Option<DiscountOff>>,
    pub discount_codes: Option<Vec<String>>,
    /// What the shopper wants the shop to know.
    pub note: Option<Option<String>>,
    /// What staff keep in mind about it.
    pub staff_note: Option<Option<String>>,
    pub message: Option<Option<String>>,
    pub purchase_order_number: Option<Option<String>>,
    pub expires_at: Option<Option<DateTime<Utc>>>,
}

/// A way to send it that staff name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShippingFields {
    pub title: String,
    /// A decimal in the draft's currency.
    pub price: String,
}

/// What staff take off of the goods: an amount, or a percentage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiscountOff {
    pub title: String,
    /// A decimal in the draft's currency.
    pub amount: Option<String>,
    /// Above 0 and at most 100, with two decimals at most.
    pub percentage: Option<String>,
}

impl DraftFields {
    /// What follows for the row.
    ///
    /// # Errors
    /// Refuses texts that are too long, and a time that is past or too far.
    pub(super) fn write_row(&self, shop: &Shop, row: &mut draft_order::Model) -> Result<(), Refusal> {
        if let Some(note) = &self.staff_note {
            row.staff_note = text::optional_paragraph(&["staffNote"], note.as_deref(), NOTE_LENGTH_MAX)?;
        }
        if let Some(message) = &self.message {
            row.message = text::optional_paragraph(&["message"], message.as_deref(), NOTE_LENGTH_MAX)?;
        }
        if let Some(expires_at) = self.expires_at {
            row.expires_at = expires_at.map(|at| future(shop, at)).transpose()?;
        }
        Ok(())
    }

    /// What follows for the cart. Gives whether its goods have to be priced anew.
    ///
    /// # Errors
    /// Refuses what is wrong, and another currency while amounts in the one before stand in it.
    pub(super) async fn write_cart(
        &self,
        tx: &Tx,
        id: DraftOrderId,
        row: &mut cart::Model,
        has_own_prices: bool,
    ) -> Result<bool> {
        let mut draft = decided(row, id);
        let before = row.currency;
        self.write_locality(tx.shop(), row)?;
        let is_elsewhere = row.currency != before;
        let has_amounts = draft.shipping.is_some() && self.own_shipping.is_none()
            || matches!(&draft.discount, Some(own) if matches!(own.off, OwnOff::AmountMinor(_)))
                && self.discount.is_none();
        if is_elsewhere && (has_amounts || has_own_prices) {
            let refusal = Refusal::new(ErrorCode::Invalid, messages::draft_order_currency(before.code()));
            return Err(refusal.at(&["currencyCode"]).into());
        }
        self.write_person(tx, row).await?;
        self.write_delivery(tx, row, &mut draft).await?;
        if let Some(discount) = &self.discount {
            let read = |off: &DiscountOff| off.read(tx.shop(), row);
            draft.discount = discount.as_ref().map(read).transpose()?;
        }
        if let Some(codes) = &self.discount_codes {
            row.discount_codes = typed_codes(codes).map_err(|refusal| refusal.at(&["discountCodes"]))?;
        }
        if let Some(note) = &self.note {
            row.note = text::optional_paragraph(&["note"], note.as_deref(), NOTE_LENGTH_MAX)?;
        }
        if let Some(number) = &self.purchase_order_number {
            let field = ["purchaseOrderNumber"];
            row.purchase_order_number = text::optional_line(&field, number.as_deref(), PURCHASE_ORDER_LENGTH_MAX)?;
        }
        row.draft = Some(draft);
        row.updated_at = tx.shop().now();
        Ok(is_elsewhere)
    }

    fn write_locality(&self, shop: &Shop, row: &mut cart::Model) -> Result<(), Refusal> {
        if self.country.is_some() || self.currency.is_some() {
            let asked = Asked {
                country: self.country.as_deref().or(row.country.as_deref()),
                currency: self.currency.as_deref(),
                language: None,
            };
            let there = require(shop, &Locality::own(shop), &asked).map_err(|refusal| {
                let is_country = refusal.field.iter().any(|field| field == "country");
                refusal.at(&[if is_country { "countryCode" } else { "currencyCode" }])
            })?;
            row.currency = there.currency;
            row.country = Some(there.country.to_string());
        }
        let locale = text::optional_line(&["locale"], self.locale.as_deref(), LOCALE_LENGTH_MAX)?;
        if let Some(locale) = locale {
            row.locale = nearest(&["locale"], &locale, &shop.profile().languages)?.to_string();
        }
        Ok(())
    }

    /// For whom it is: whoever is new there is written to at their own address, and in their language.
    async fn write_person(&self, tx: &Tx, row: &mut cart::Model) -> Result<()> {
        if let Some(customer) = self.customer {
            row.customer_id = customer;
            row.credits.store_credit_seen_minor = None;
        }
        let known = match row.customer_id {
            Some(id) => customer::Entity::find_by_id(id).one(tx.db()).await?,
            None => None,
        };
        let is_new = self.customer.flatten().is_some();
        if is_new && known.is_none() {
            return Err(Refusal::not_found("customer").at(&["customerId"]).into());
        }
        let language = known.as_ref().and_then(|customer| customer.language.clone());
        if let Some(language) = language.filter(|_| is_new && self.locale.is_none()) {
            row.locale = nearest(&["locale"], &language, &tx.shop().profile().languages)?.to_string();
        }
        let own = known.map(|customer| customer.email);
        match &self.email {
            Some(Some(email)) => row.email = Some(text::email(&["email"], email)?),
            Some(None) => row.email = own,
            None if is_new => row.email = own,
            None => {}
        }
        Ok(())
    }

    async fn write_delivery(&self, tx: &Tx, row: &mut cart::Model, draft: &mut cart::CartDraft) -> Result<()> {
        if let Some(address) = &self.shipping_address {
            let read = |address: &AddressInput| checked(address, "shippingAddress");
            row.shipping_address = address.as_ref().map(read).transpose()?;
        }
        if let Some(address) = &self.billing_address {
            let read = |address: &AddressInput| checked(address, "billingAddress");
            row.billing_address = address.as_ref().map(read).transpose()?;
        }
        if let Some(method) = self.shipping_method {
            if let Some(id) = method {
                let found = shipping_method::Entity::find_by_id(id).one(tx.db()).await?;
                let is_there = found.is_some_and(|method| method.deleted_at.is_none() && method.active);
                if !is_there {
                    return Err(Refusal::not_found("shipping method").at(&["shippingMethodId"]).into());
                }
                draft.shipping = None;
            }
            row.shipping_method_id = method;
        }
        if let Some(own) = &self.own_shipping {
            if own.is_some() {
                row.shipping_method_id = None;
            }
            let read = |own: &ShippingFields| -> Result<OwnShipping, Refusal> {
                Ok(OwnShipping {
                    title: text::line(&["ownShipping", "title"], &own.title, TITLE_LENGTH_MAX)?,
                    amount_minor: amount(&own.price, row.currency, &["ownShipping", "price"])?,
                })
            };
            draft.shipping = own.as_ref().map(read).transpose()?;
        }
        Ok(())
    }
}

impl DiscountOff {
    fn read(&self, shop: &Shop, cart: &cart::Model) -> Result<OwnDiscount, Refusal> {
        let title = match self.title.trim() {
            "" => Language::of(&cart.locale, &shop.profile().country).say(&messages::draft_order_discount()),
            title => text::line(&["discount", "title"], title, TITLE_LENGTH_MAX)?,
        };
        let off = match (&self.amount, &self.percentage) {
            (Some(typed), None) => OwnOff::AmountMinor(amount(typed, cart.currency, &["discount", "amount"])?),
            (None, Some(typed)) => OwnOff::BasisPoints(basis_points(typed).ok_or_else(|| {
                let refusal = Refusal::new(ErrorCode::Invalid, messages::percentage_form());
                refusal.at(&["discount", "percentage"])
            })?),
            _ => {
                let refusal = Refusal::new(ErrorCode::Invalid, messages::amount_or_percentage());
                return Err(refusal.at(&["discount"]));
            }
        };
        Ok(OwnDiscount { title, off })
    }
}

fn future(shop: &Shop, at: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    let now = shop.now();
    match at > now && at <= now + TimeDelta::days(EXPIRES_DAYS_MAX) {
        true => Ok(at),
        false => {
            let message = messages::draft_order_expiry_range(EXPIRES_DAYS_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["expiresAt"]))
        }
    }
}

/// What is wrong with the fields, told where they stand in an input.
pub(super) fn within(error: Error) -> Error {
    let Error::Refused(mut refusals) = error else {
        return error;
    };
    for refusal in &mut refusals {
        refusal.field.insert(0, "draftOrder".to_owned());
    }
    Error::Refused(refusals)
}

/// What staff decided of the cart beside its lines.
pub(super) fn decided(cart: &cart::Model, id: DraftOrderId) -> cart::CartDraft {
    cart.draft.clone().unwrap_or(cart::CartDraft {
        id,
        shipping: None,
        discount: None,
    })
}
