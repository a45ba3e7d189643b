use async_graphql::{Context, InputObject, MaybeUndefined, Object};
use vitrine_commerce::settings::{self, ShopUpdate};

use super::{
    object::Shop,
    policy::{ShippingTaxPolicy, TaxAbroadPolicy, Weekday},
};
use crate::graphql::shared::{
    ContextExt, CountryCode, CurrencyCode, Date, MailingAddressInput, Result, given, payload,
};

/// How the shop changes. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ShopUpdateInput {
    /// The settings' version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called: at most 100 characters.
    pub name: Option<String>,
    /// Where it is, and whose tax is shown before the shopper gives an address.
    pub country_code: Option<CountryCode>,
    /// What it sells in. It stays as it is where the shop has orders, or anything with a price.
    pub currency_code: Option<CurrencyCode>,
    /// Its languages (BCP 47): all of them, the default one first.
    pub locales: Option<Vec<String>>,
    /// Whether prices of goods and shipping contain the tax. The prices themselves stay as they are.
    pub prices_include_tax: Option<bool>,
    /// Its time zone, by a name of the IANA's: `Europe/Berlin`.
    pub time_zone: Option<String>,
    /// The days of the week on which goods are sent: all of them, and at least one.
    pub working_days: Option<Vec<Weekday>>,
    /// Days on which nothing is sent, although they are working days: all of them, at most 400.
    pub closed_on: Option<Vec<Date>>,
    /// Which rate shipping is taxed at.
    pub shipping_tax: Option<ShippingTaxPolicy>,
    /// What becomes of prices that include tax where the shop's tax is not due.
    pub tax_abroad: Option<TaxAbroadPolicy>,
    /// Where shoppers write to; null takes it away.
    pub contact_email: MaybeUndefined<String>,
    /// The merchant's postal address; null takes it away.
    pub address: MaybeUndefined<MailingAddressInput>,
    /// The merchant's own number for value added tax; null takes it away.
    pub vat_number: MaybeUndefined<String>,
    /// How many months, 1 to 1200, a gift card can be used beyond the end of the year in which it is issued: in Germany 36 at
    /// least. Null: for ever. Cards that were issued keep what was then.
    pub gift_card_months: MaybeUndefined<i32>,
    /// How many days before a gift card's or store credit's time is over its owner is reminded by mail, once: 1 to 365. Null:
    /// nobody is.
    pub credit_reminder_days: MaybeUndefined<i32>,
    /// Whether a refund goes to gift cards and store credit before it goes to the means of payment.
    pub credit_refunded_first: Option<bool>,
}

payload! {
    /// What `shopUpdate` answers.
    ShopUpdatePayload {
        /// The shop as it is now.
        shop: Shop,
    }
}

#[derive(Debug, Default)]
pub struct ShopMutation;

#[Object]
impl ShopMutation {
    /// Changes what the shop is. Every process knows it within seconds. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shop_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How the shop changes.")] input: ShopUpdateInput,
    ) -> Result<Option<ShopUpdatePayload>> {
        let update = settings::update(ctx.shop(), ctx.caller(), update_of(input)).await;
        ShopUpdatePayload::of(update.map(|_| Shop))
    }
}

fn update_of(input: ShopUpdateInput) -> ShopUpdate {
    ShopUpdate {
        expected_version: input.expected_version.map(i64::from),
        name: input.name,
        country: input.country_code.map(|code| code.0),
        currency: input.currency_code.map(|code| code.0),
        languages: input.locales,
        prices_include_tax: input.prices_include_tax,
        time_zone: input.time_zone,
        working_days: input
            .working_days
            .map(|days| days.into_iter().map(Into::into).collect()),
        closed_on: input
            .closed_on
            .map(|dates| dates.into_iter().map(|date| date.0).collect()),
        shipping_tax: input.shipping_tax.map(Into::into),
        tax_abroad: input.tax_abroad.map(Into::into),
        contact_email: given(input.contact_email),
        address: given(input.address).map(|address| address.map(Into::into)),
        vat_number: given(input.vat_number),
        gift_card_months: given(input.gift_card_months),
        credit_reminder_days: given(input.credit_reminder_days),
        credit_refunded_first: input.credit_refunded_first,
    }
}
