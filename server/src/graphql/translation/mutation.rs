use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    translations::{self, NewTranslation, Thing, TranslationsRemove, TranslationsSet},
};

use super::object::Translatable;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Texts of a thing in another language.
#[derive(Debug, InputObject)]
pub struct TranslationsSetInput {
    /// The thing's id; or `option:Colour`, `attribute:Material`, `payment:stripe`, `tax:VAT`.
    pub of: ID,
    /// One of `shop.locales` but the first.
    pub locale: String,
    /// The texts, 1 to 250.
    pub fields: Vec<TranslationInput>,
}

/// A text in another language.
#[derive(Debug, InputObject)]
pub struct TranslationInput {
    /// Names the text within its thing, as in `title`.
    pub field: String,
    /// The text.
    pub text: String,
    /// That of the text that was translated. Left out, it is taken to be translated of what stands there now.
    pub source_digest: Option<String>,
    /// The version that you saw; null if it must not be there yet. Left out, the last to write wins.
    pub expected_version: MaybeUndefined<i32>,
}

/// Which translations of a thing go.
#[derive(Debug, InputObject)]
pub struct TranslationsRemoveInput {
    /// The thing's id; or `option:Colour`, `attribute:Material`, `payment:stripe`, `tax:VAT`.
    pub of: ID,
    /// One of `shop.locales` but the first.
    pub locale: String,
    /// The texts by their names; all where none is given.
    #[graphql(default)]
    pub fields: Vec<String>,
}

payload! {
    /// What `translationsSet` answers.
    TranslationsSetPayload {
        /// The thing with all its texts in that language.
        translatable: Translatable,
    }
}

payload! {
    /// What `translationsRemove` answers.
    TranslationsRemovePayload {
        /// The thing with all its texts in that language.
        translatable: Translatable,
    }
}

#[derive(Debug, Default)]
pub struct TranslationMutation;

#[Object]
impl TranslationMutation {
    /// Writes texts of a thing in another language, all of them or, where one is refused, none. For staff with the
    /// permission of the thing: `CATALOG`, `CONTENT` for pages and menus, `SETTINGS` for methods and locations.
    #[graphql(complexity = "20 + child_complexity")]
    async fn translations_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The texts as they should be.")] input: TranslationsSetInput,
    ) -> Result<Option<TranslationsSetPayload>> {
        TranslationsSetPayload::of(set(ctx, input).await)
    }

    /// Takes translations of a thing away: its texts in the shop's own language are shown again. For staff with the
    /// permission of the thing: `CATALOG`, `CONTENT` for pages and menus, `SETTINGS` for methods and locations.
    #[graphql(complexity = "20 + child_complexity")]
    async fn translations_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which translations.")] input: TranslationsRemoveInput,
    ) -> Result<Option<TranslationsRemovePayload>> {
        TranslationsRemovePayload::of(remove(ctx, input).await)
    }
}

async fn set(ctx: &Context<'_>, input: TranslationsSetInput) -> vitrine_commerce::Result<Translatable> {
    let field = |input: TranslationInput| {
        let version: Option<Option<i32>> = input.expected_version.into();
        NewTranslation {
            field: input.field,
            text: input.text,
            source_digest: input.source_digest,
            expected_version: version.map(|version| version.map(i64::from)),
        }
    };
    let input = TranslationsSet {
        of: thing(&input.of)?,
        locale: input.locale,
        fields: input.fields.into_iter().map(field).collect(),
    };
    Ok(Translatable(translations::set(ctx.shop(), ctx.caller(), input).await?))
}

async fn remove(ctx: &Context<'_>, input: TranslationsRemoveInput) -> vitrine_commerce::Result<Translatable> {
    let input = TranslationsRemove {
        of: thing(&input.of)?,
        locale: input.locale,
        fields: input.fields,
    };
    Ok(Translatable(
        translations::remove(ctx.shop(), ctx.caller(), input).await?,
    ))
}

fn thing(id: &ID) -> std::result::Result<Thing, Refusal> {
    ids::input(id, "thing", &["of"])
}
