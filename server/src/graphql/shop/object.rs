use async_graphql::{Context, Object};
use vitrine_commerce::delivery::{self, Destination, estimate::estimate, shipping};

use super::{
    shipping_offer::ShippingOffer,
    test_payment_token::{self, TestPaymentToken},
};
use crate::graphql::{
    payment::method::PaymentMethod,
    shared::{ContextExt, CountryCode, CurrencyCode, Result},
};

/// The shop itself.
#[derive(Debug)]
pub struct Shop;

/// The shop itself.
#[Object]
impl Shop {
    /// What it is called.
    async fn name<'ctx>(&self, ctx: &'ctx Context<'_>) -> &'ctx str {
        &ctx.data_unchecked::<vitrine_commerce::Shop>().settings.shop_name
    }

    /// What it sells in.
    async fn currency_code(&self, ctx: &Context<'_>) -> CurrencyCode {
        CurrencyCode(ctx.caller().currency.code().to_owned())
    }

    /// Its language (BCP 47).
    async fn locale<'ctx>(&self, ctx: &'ctx Context<'_>) -> &'ctx str {
        &ctx.caller().locale
    }

    /// Where it is, and whose tax is shown before the shopper gives an address.
    async fn country_code(&self, ctx: &Context<'_>) -> CountryCode {
        CountryCode(ctx.caller().country.to_string())
    }

    /// Whether prices of goods and shipping contain the tax.
    async fn prices_include_tax(&self, ctx: &Context<'_>) -> bool {
        ctx.shop().settings.prices_include_tax
    }

    /// What reaches a place, before there is a cart. A cart tells what a method costs for it, and whether the method
    /// carries what is in it.
    #[graphql(complexity = "5 * child_complexity")]
    async fn shipping_methods(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The country, by its two letters: `DE`.")] country: CountryCode,
        #[graphql(desc = "The part of the country, by its code of ISO 3166-2 or its name: `US-CA`.")] region: Option<
            String,
        >,
        #[graphql(desc = "The postal code.")] postal_code: Option<String>,
    ) -> Result<Vec<ShippingOffer>> {
        let currency = ctx.caller().currency;
        let to = Destination::new(&country.0, region.as_deref(), postal_code.as_deref());
        let methods = shipping::methods_to(&ctx.shop().db, currency, &to).await?;
        let (calendar, now) = (delivery::calendar(ctx.shop()), ctx.shop().now());
        let offer = |method| ShippingOffer::new(method, estimate(&calendar, method, now));
        Ok(methods.iter().map(offer).collect())
    }

    /// How shoppers can pay, the shop's own method first.
    #[graphql(complexity = "3 * child_complexity")]
    async fn payment_methods(&self, ctx: &Context<'_>) -> Vec<PaymentMethod> {
        PaymentMethod::all(ctx.shop())
    }

    /// How a payment can be tried without money. Empty unless the simulated provider takes the
    /// payments of this shop.
    async fn test_payment_tokens(&self, ctx: &Context<'_>) -> Vec<TestPaymentToken> {
        if ctx.shop().settings.payment_provider != "simulated" {
            return Vec::new();
        }
        let token = |(token, effect): &(&str, &str)| TestPaymentToken {
            token: (*token).to_owned(),
            effect: (*effect).to_owned(),
        };
        test_payment_token::ALL.iter().map(token).collect()
    }
}
