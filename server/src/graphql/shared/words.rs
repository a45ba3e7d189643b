//! Texts in the language asked for.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_graphql::{Context, dataloader::Loader};
use vitrine_commerce::translations::{Thing, Words, languages, of_things, value_field};

use super::{
    context::ContextExt,
    failure::Result,
    loaders::{Batch, LoadError},
};

/// What a thing's texts are in the first of these languages that has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct WordsOf {
    thing: Thing,
    languages: Arc<[Arc<str>]>,
}

impl Loader<WordsOf> for Batch {
    type Value = Arc<Words>;
    type Error = LoadError;

    async fn load(&self, keys: &[WordsOf]) -> std::result::Result<HashMap<WordsOf, Arc<Words>>, LoadError> {
        // One language is asked for in an operation.
        let mut of_languages: BTreeMap<&Arc<[Arc<str>]>, Vec<Thing>> = BTreeMap::new();
        for key in keys {
            of_languages.entry(&key.languages).or_default().push(key.thing.clone());
        }
        let mut answers = HashMap::new();
        for (languages, things) in of_languages {
            for (thing, words) in of_things(&self.shop.db, languages, &things).await? {
                let languages = Arc::clone(languages);
                answers.insert(WordsOf { thing, languages }, Arc::new(words));
            }
        }
        Ok(answers)
    }
}

/// Whether texts are shown as they stand in their rows.
pub fn are_own(ctx: &Context<'_>) -> bool {
    languages(ctx.shop(), ctx.caller()).is_empty()
}

/// A thing's texts in the language that the operation asks for; `None` where that is the shop's own, which asks the database
/// for nothing, and where nothing is translated.
///
/// # Errors
/// When the database fails.
pub async fn words(ctx: &Context<'_>, thing: impl Into<Thing>) -> Result<Option<Arc<Words>>> {
    let languages = languages(ctx.shop(), ctx.caller());
    if languages.is_empty() {
        return Ok(None);
    }
    let key = WordsOf {
        thing: thing.into(),
        languages: languages.into(),
    };
    ctx.load(key).await
}

/// A text of a thing in the language that the operation asks for, else as it stands in its row.
///
/// # Errors
/// When the database fails.
pub async fn text(ctx: &Context<'_>, thing: impl Into<Thing>, field: &str, own: &str) -> Result<String> {
    let words = words(ctx, thing).await?;
    Ok(words.as_ref().map_or(own, |words| words.or(field, own)).to_owned())
}

/// As [`text`], of a text that may be missing; what is not there is not translated either.
///
/// # Errors
/// When the database fails.
pub async fn optional(
    ctx: &Context<'_>,
    thing: impl Into<Thing>,
    field: &str,
    own: Option<&str>,
) -> Result<Option<String>> {
    match own.filter(|own| !own.is_empty()) {
        Some(own) => Ok(Some(text(ctx, thing, field, own).await?)),
        None => Ok(own.map(str::to_owned)),
    }
}

/// The name of an option, and some of its values, in the language that the operation asks for.
///
/// # Errors
/// When the database fails.
pub async fn option(ctx: &Context<'_>, name: &str, values: &[String]) -> Result<(String, Vec<String>)> {
    named(ctx, Thing::Option(name.into()), name, values).await
}

/// The name of an attribute, and some of its values, in the language that the operation asks for.
///
/// # Errors
/// When the database fails.
pub async fn attribute(ctx: &Context<'_>, name: &str, values: &[String]) -> Result<(String, Vec<String>)> {
    named(ctx, Thing::Attribute(name.into()), name, values).await
}

async fn named(ctx: &Context<'_>, thing: Thing, name: &str, values: &[String]) -> Result<(String, Vec<String>)> {
    let Some(words) = words(ctx, thing).await? else {
        return Ok((name.to_owned(), values.to_vec()));
    };
    let value = |value: &String| words.or(&value_field(value), value).to_owned();
    Ok((words.or("name", name).to_owned(), values.iter().map(value).collect()))
}
