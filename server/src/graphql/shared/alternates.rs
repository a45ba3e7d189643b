//! What a thing is called in the addresses of each language.

use std::collections::{BTreeMap, HashMap};

use async_graphql::{Context, SimpleObject, dataloader::Loader};
use vitrine_commerce::translations::{Thing, slugs_of};

use super::{
    context::ContextExt,
    failure::Result,
    loaders::{Batch, LoadError},
};

/// What a thing is called in the addresses of one language.
#[derive(Debug, SimpleObject)]
pub struct AlternateSlug {
    /// The language (BCP 47).
    pub locale: String,
    /// The thing's slug in that language.
    pub slug: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct SlugsOf(Thing);

impl Loader<SlugsOf> for Batch {
    type Value = BTreeMap<String, String>;
    type Error = LoadError;

    async fn load(
        &self,
        keys: &[SlugsOf],
    ) -> std::result::Result<HashMap<SlugsOf, BTreeMap<String, String>>, LoadError> {
        let things: Vec<_> = keys.iter().map(|key| key.0.clone()).collect();
        let slugs = slugs_of(&self.shop.db, &things).await?.into_iter();
        Ok(slugs.map(|(thing, slugs)| (SlugsOf(thing), slugs)).collect())
    }
}

impl AlternateSlug {
    /// One for each language of the shop, its own first; nothing is read where that is the only one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(ctx: &Context<'_>, thing: impl Into<Thing>, own: &str) -> Result<Vec<Self>> {
        let profile = ctx.shop().profile();
        let mut translated = BTreeMap::new();
        if profile.languages.len() > 1 {
            translated = ctx.load(SlugsOf(thing.into())).await?.unwrap_or_default();
        }
        let slug = |(place, locale): (usize, &std::sync::Arc<str>)| Self {
            locale: locale.to_string(),
            slug: Some(&**locale)
                .filter(|_| place > 0)
                .and_then(|locale| of_language(&translated, locale))
                .unwrap_or(own)
                .to_owned(),
        };
        Ok(profile.languages.iter().enumerate().map(slug).collect())
    }
}

/// `de-AT`, or else `de`.
fn of_language<'a>(translated: &'a BTreeMap<String, String>, locale: &str) -> Option<&'a str> {
    let mut tags = std::iter::successors(Some(locale), |tag| tag.rsplit_once('-').map(|(head, _)| head));
    tags.find_map(|tag| translated.get(tag)).map(String::as_str)
}
