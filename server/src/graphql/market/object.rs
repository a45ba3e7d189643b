use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{address, staff::Permission};
use vitrine_entity::market;

use super::goods::MarketGoods;
use crate::{
    graphql::{
        country::object::Country,
        shared::{ContextExt, CurrencyCode, LanguageCode, Result, int},
    },
    ids,
};

/// Countries in which the shop sells in one currency.
#[derive(Debug, Clone)]
pub struct Market(pub market::Model);

/// Countries in which the shop sells in one currency.
#[Object]
impl Market {
    /// Names the market.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its countries, in the order of their codes, called in the language of the request. A country is in one market at most.
    #[graphql(complexity = "5 * child_complexity")]
    async fn countries(&self, ctx: &Context<'_>) -> Vec<Country> {
        let language = &ctx.caller().message_locale;
        let codes = self.0.countries.0.iter();
        let known = codes.filter_map(|code| address::known(code));
        let called = known.map(|country| Country {
            country,
            language: language.to_string(),
        });
        called.collect()
    }

    /// What is sold in there.
    async fn currency_code(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency.code().to_owned())
    }

    /// In which language whoever asks for none is answered there; null for the shop's default.
    async fn language(&self) -> Option<LanguageCode> {
        self.0.language.clone().map(LanguageCode)
    }

    /// Whether prices there contain the tax.
    async fn prices_include_tax(&self, ctx: &Context<'_>) -> bool {
        ctx.shop().profile().includes_tax(self.0.currency)
    }

    /// Which goods are sold there. For staff with the permission `SETTINGS`; null with an error otherwise.
    async fn goods(&self, ctx: &Context<'_>) -> Result<Option<MarketGoods>> {
        ctx.require(Permission::Settings)?;
        Ok(Some(MarketGoods(self.0.goods.clone())))
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was taken away; null while it is there.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
