use async_graphql::{Context, Object};
use vitrine_commerce::{
    content::policies,
    delivery::{Destination, estimate::estimate, shipping},
    language::languages,
    push,
};

use super::{
    context::ShopContext,
    policy::{ShippingTaxPolicy, TaxAbroadPolicy, Weekday},
    shipping_offer::ShippingOffer,
    test_payment_token::{self, TestPaymentToken},
};
use crate::graphql::{
    flag::asked::{self, FlagState},
    page::object::Page,
    payment::method::PaymentMethod,
    shared::{ContextExt, CountryCode, CurrencyCode, Date, MailingAddress, Result, int},
};

/// The shop itself.
#[derive(Debug)]
pub struct Shop;

/// The shop itself.
#[Object]
impl Shop {
    /// What it is called.
    async fn name(&self, ctx: &Context<'_>) -> String {
        ctx.shop().profile().name.clone()
    }

    /// Its own currency, in which its prices are written. A request's may be another: `context` tells.
    async fn currency_code(&self, ctx: &Context<'_>) -> CurrencyCode {
        CurrencyCode(ctx.shop().profile().currency.code().to_owned())
    }

    /// Its language (BCP 47): the default one.
    async fn locale(&self, ctx: &Context<'_>) -> String {
        ctx.shop().profile().language().to_string()
    }

    /// In which country, language and currency this is answered: as the directive `@inContext` says, else the headers.
    async fn context(&self, ctx: &Context<'_>) -> ShopContext {
        ShopContext::of(ctx)
    }

    /// Where it is. Whose tax is shown before the shopper gives an address, `context` tells.
    async fn country_code(&self, ctx: &Context<'_>) -> CountryCode {
        CountryCode(ctx.shop().profile().country.to_string())
    }

    /// Whether prices in its own currency contain the tax. Those of a request may be others: `context` tells.
    async fn prices_include_tax(&self, ctx: &Context<'_>) -> bool {
        ctx.shop().profile().prices_include_tax
    }

    /// Its policies, as shoppers see them: their `currentVersion` is what an order is placed under.
    #[graphql(complexity = "5 * child_complexity")]
    async fn policies(&self, ctx: &Context<'_>) -> Result<Vec<Page>> {
        let published = policies::published(ctx.shop()).await?;
        Ok(published.into_iter().map(Page).collect())
    }

    /// All its languages (BCP 47), the default one first.
    async fn locales(&self, ctx: &Context<'_>) -> Vec<String> {
        let profile = ctx.shop().profile();
        profile.languages.iter().map(|tag| tag.to_string()).collect()
    }

    /// In which languages (BCP 47) its own messages can be read, whether its goods are in them or not: send one as
    /// `Context-Message-Language`.
    async fn message_languages(&self) -> Vec<&'static str> {
        languages().collect()
    }

    /// Its time zone, by a name of the IANA's: `Europe/Berlin`. Its days begin and end there.
    async fn time_zone(&self, ctx: &Context<'_>) -> String {
        ctx.shop().profile().time_zone.name().to_owned()
    }

    /// The days of the week on which goods are sent.
    async fn working_days(&self, ctx: &Context<'_>) -> Vec<Weekday> {
        let profile = ctx.shop().profile();
        profile.working_days.iter().map(|day| day.0.into()).collect()
    }

    /// Days on which nothing is sent, although they are working days.
    async fn closed_on(&self, ctx: &Context<'_>) -> Vec<Date> {
        ctx.shop().profile().closed_on.iter().copied().map(Date).collect()
    }

    /// Which rate shipping is taxed at.
    async fn shipping_tax(&self, ctx: &Context<'_>) -> ShippingTaxPolicy {
        ctx.shop().profile().shipping_tax.into()
    }

    /// What becomes of prices that include tax where the shop's tax is not due.
    async fn tax_abroad(&self, ctx: &Context<'_>) -> TaxAbroadPolicy {
        ctx.shop().profile().tax_abroad.into()
    }

    /// How many days before a gift card's or store credit's time is over its owner is reminded by mail; null: not at all.
    async fn credit_reminder_days(&self, ctx: &Context<'_>) -> Option<i32> {
        ctx.shop().profile().credit_reminder_days.map(|days| int(days.into()))
    }

    /// How many months a gift card can be used beyond the end of the year in which it is issued; null: for ever.
    async fn gift_card_months(&self, ctx: &Context<'_>) -> Option<i32> {
        ctx.shop().profile().gift_card_months.map(|months| int(months.into()))
    }

    /// Whether a refund goes to gift cards and store credit before it goes to the means of payment.
    async fn credit_refunded_first(&self, ctx: &Context<'_>) -> bool {
        ctx.shop().profile().credit_refunded_first
    }

    /// Where shoppers write to.
    async fn contact_email(&self, ctx: &Context<'_>) -> Option<String> {
        ctx.shop().profile().contact_email.clone()
    }

    /// The merchant's postal address.
    async fn address(&self, ctx: &Context<'_>) -> Option<MailingAddress> {
        ctx.shop().profile().address.clone().map(MailingAddress::from)
    }

    /// The merchant's own number for value added tax.
    async fn vat_number(&self, ctx: &Context<'_>) -> Option<String> {
        ctx.shop().profile().vat_number.clone()
    }

    /// Grows with every change of the settings: send it to `shopUpdate` as `expectedVersion`.
    async fn version(&self, ctx: &Context<'_>) -> i32 {
        int(ctx.shop().profile().version)
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
        let currency = ctx.caller().shown;
        let to = Destination::new(&country.0, region.as_deref(), postal_code.as_deref());
        let methods = shipping::methods_to(ctx.shop(), currency, &to).await?;
        let (profile, now) = (ctx.shop().profile(), ctx.shop().now());
        let offer = |method| ShippingOffer::new(method, estimate(&profile, method, now));
        Ok(methods.iter().map(offer).collect())
    }

    /// What shoppers may do here, for whoever asks: the shop's capabilities, each of which staff may switch while it runs, for
    /// some or for all. Those who work here have all of them.
    #[graphql(complexity = "10 * child_complexity")]
    async fn capabilities(&self, ctx: &Context<'_>) -> Result<Vec<FlagState>> {
        asked::capabilities(ctx).await
    }

    /// Which of a front end's flags are on for whoever asks, in the order of `names`. Of somebody whom nothing tells from
    /// others, a flag is on that is on for a hundred percent of those like them.
    #[graphql(complexity = "10 * child_complexity")]
    async fn flags(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they are called, at most 100. One that there is not is off.")] names: Vec<String>,
        #[graphql(
            desc = "By what you tell a guest from others, such as a random id in a cookie: at most 100 characters. The same one is always answered alike. The header `Context-Visitor` says it for a whole request; whoever is signed in goes by their account."
        )]
        visitor: Option<String>,
    ) -> Result<Vec<FlagState>> {
        asked::states(ctx, names, visitor.as_deref()).await
    }

    /// How shoppers can pay, the shop's own method first.
    #[graphql(complexity = "3 * child_complexity")]
    async fn payment_methods(&self, ctx: &Context<'_>) -> Vec<PaymentMethod> {
        PaymentMethod::all(ctx.shop())
    }

    /// By which browsers know that web push comes from the shop, in base64url: the `applicationServerKey` of
    /// `pushManager.subscribe`. Null where browsers are told nothing; see `orderPushSubscribe`.
    async fn push_key(&self, ctx: &Context<'_>) -> Option<String> {
        push::key(ctx.shop()).map(str::to_owned)
    }

    /// Whether the shop sends text messages about orders: `orderSmsConsentSet`.
    async fn sms_offered(&self, ctx: &Context<'_>) -> bool {
        ctx.shop().sms.is_some()
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
