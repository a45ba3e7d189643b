use async_graphql::{Context, Object};
use vitrine_commerce::{address, delivery::Reached};

use super::object::Country;
use crate::graphql::shared::{ContextExt, CountryCode, Result};

#[derive(Debug, Default)]
pub struct CountryQuery;

#[Object]
impl CountryQuery {
    /// The countries, by name: for the field of an address form. Ask for `regions` of the chosen one alone, by
    /// `country`.
    #[graphql(complexity = "50 * child_complexity")]
    async fn countries(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Those alone to which the shop sends something, or to a part of which.",
            default
        )]
        delivered: bool,
        #[graphql(desc = "In which language they are called and sorted (BCP 47); the request's unless given.")]
        language: Option<String>,
    ) -> Result<Vec<Country>> {
        let language = language.unwrap_or_else(|| ctx.caller().message_locale.to_string());
        let mut countries = address::by_name(&language);
        if delivered {
            let reached = Reached::read(&ctx.shop().db, ctx.caller().currency).await?;
            countries.retain(|country| reached.contains(country.code));
        }
        let called = |country| Country {
            country,
            language: language.clone(),
        };
        Ok(countries.into_iter().map(called).collect())
    }

    /// A country by its two letters, and what an address there needs. Null if there is none.
    #[graphql(complexity = "1 + child_complexity")]
    async fn country(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its two letters: `DE`.")] code: CountryCode,
        #[graphql(desc = "In which language it is called (BCP 47); the request's unless given.")] language: Option<
            String,
        >,
    ) -> Option<Country> {
        let language = language.unwrap_or_else(|| ctx.caller().message_locale.to_string());
        let country = address::known(&code.0.trim().to_ascii_uppercase())?;
        Some(Country { country, language })
    }
}
