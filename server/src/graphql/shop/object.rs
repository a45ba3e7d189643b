use async_graphql::{Context, Object};
use vitrine_commerce::{content::policies, delivery::shipping};

use super::{
    shipping_offer::ShippingOffer,
    test_payment_token::{self, TestPaymentToken},
};
use crate::graphql::{
    page::object::Page,
    payment::method::PaymentMethod,
    shared::{ContextExt, CountryCode, CurrencyCode, Money, Result},
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

    /// Its policies, as shoppers see them: their `currentVersion` is what an order is placed under.
    #[graphql(complexity = "5 * child_complexity")]
    async fn policies(&self, ctx: &Context<'_>) -> Result<Vec<Page>> {
        let published = policies::published(ctx.shop()).await?;
        Ok(published.into_iter().map(Page).collect())
    }

    /// What reaches a country, before there is a cart. A cart tells what a method costs for it.
    #[graphql(complexity = "5 * child_complexity")]
    async fn shipping_methods(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The country, by its two letters: `DE`.")] country: CountryCode,
    ) -> Result<Vec<ShippingOffer>> {
        let currency = ctx.caller().currency;
        let methods = shipping::methods_to(&ctx.shop().db, currency, &country.0.to_ascii_uppercase()).await?;
        let money = |minor| Money::new(minor, currency);
        let offer = |method: vitrine_entity::shipping_method::Model| ShippingOffer {
            name: method.name,
            description: method.description,
            price: money(method.amount_minor),
            free_from: method.free_from_minor.map(money),
        };
        Ok(methods.into_iter().map(offer).collect())
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
