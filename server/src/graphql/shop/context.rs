use async_graphql::{ComplexObject, Context, SimpleObject};
use vitrine_commerce::delivery::tax;

use crate::graphql::{
    market::object::Market,
    shared::{ContextExt, CountryCode, CurrencyCode, LanguageCode, Result},
    tax::kind::TaxKind,
};

/// In which country, language and currency a request is answered.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct ShopContext {
    /// The country. Its taxes are shown while a cart has no address.
    pub country: CountryCode,
    /// The language: one of the shop's `locales`. `Content-Language` says it, too.
    pub language: LanguageCode,
    /// The currency that prices are in. Staff are shown those of the shop's own.
    pub currency: CurrencyCode,
    /// The market that the country is in; null where it is in none, and the shop's own currency and language hold.
    pub market: Option<Market>,
    /// Whether prices in this currency contain the tax, as they are shown to whoever asks, where tax is charged at all:
    /// `chargesTax` tells.
    pub prices_include_tax: bool,
}

impl ShopContext {
    pub fn of(ctx: &Context<'_>) -> Self {
        let (caller, profile) = (ctx.caller(), ctx.shop().profile());
        Self {
            country: CountryCode(caller.country.to_string()),
            language: LanguageCode(caller.locale.to_string()),
            currency: CurrencyCode(caller.shown.code().to_owned()),
            market: profile.market_of(&caller.country).cloned().map(Market),
            prices_include_tax: profile.includes_tax(caller.shown) && !caller.terms.shows_net_prices(caller.shown),
        }
    }
}

#[ComplexObject]
impl ShopContext {
    /// Whether the shop charges tax on what goes to the country, or to a part of it. Where it charges none, its prices are
    /// those of an export: they hold no tax, and the country may ask for its own.
    async fn charges_tax(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(tax::is_charged_in(ctx.shop(), &self.country.0).await?)
    }

    /// What tax on what is bought is called in the country.
    async fn tax_kind(&self) -> TaxKind {
        tax::TaxKind::of_country(&self.country.0).into()
    }
}
