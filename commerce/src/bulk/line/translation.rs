//! Translations: a line a text.

use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Place, input::nullable};
use crate::{
    ErrorCode, Refusal, Result,
    language::messages,
    translations::{self, NewTranslation, Thing, TranslationsRemove, TranslationsSet},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Set {
    /// The thing's id; or a product's slug, or a category's.
    of: Option<String>,
    product: Option<String>,
    category: Option<String>,
    locale: String,
    field: String,
    text: String,
    source_digest: Option<String>,
    /// Null if it must not be there yet.
    #[serde(default, deserialize_with = "nullable")]
    expected_version: Option<Option<i64>>,
}

pub(super) async fn set(place: &Place<'_>, input: Set) -> Result<Value> {
    let of = thing(place, [input.of, input.product, input.category]).await?;
    let set = TranslationsSet {
        of: of.clone(),
        locale: input.locale,
        fields: vec![NewTranslation {
            field: input.field,
            text: input.text,
            source_digest: input.source_digest,
            expected_version: input.expected_version,
        }],
    };
    translations::set(place.shop(), place.context, set).await?;
    Ok(json!({ "of": of.to_string() }))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Remove {
    of: Option<String>,
    product: Option<String>,
    category: Option<String>,
    locale: String,
    /// All where none is named.
    field: Option<String>,
}

pub(super) async fn remove(place: &Place<'_>, input: Remove) -> Result<Value> {
    let of = thing(place, [input.of, input.product, input.category]).await?;
    let remove = TranslationsRemove {
        of: of.clone(),
        locale: input.locale,
        fields: input.field.into_iter().collect(),
    };
    translations::remove(place.shop(), place.context, remove).await?;
    Ok(json!({ "of": of.to_string() }))
}

async fn thing(place: &Place<'_>, [of, product, category]: [Option<String>; 3]) -> Result<Thing> {
    match (of, product, category) {
        (Some(of), None, None) => Ok(Thing::from_str(&of).map_err(|_| Refusal::not_found("thing").at(&["of"]))?),
        (None, Some(slug), None) => Ok(place.product(None, Some(&slug), ["of", "product"]).await?.into()),
        (None, None, Some(slug)) => Ok(place.category(None, Some(&slug), ["of", "category"]).await?.into()),
        _ => {
            let message = messages::bulk_translated_thing();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["of"]).into())
        }
    }
}
