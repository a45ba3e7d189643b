//! Metafields.

use serde::Deserialize;
use serde_json::{Value, json};
use vitrine_entity::metafield::MetafieldKind;

use super::{Place, input::nullable};
use crate::{
    ErrorCode, Refusal, Result,
    language::messages,
    metafields::{self, MetafieldName, MetafieldSet, Owner},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Set {
    /// The thing's id; or a product's slug, a variant's SKU, or a category's slug.
    owner_id: Option<String>,
    product: Option<String>,
    sku: Option<String>,
    category: Option<String>,
    namespace: String,
    key: String,
    kind: Option<String>,
    value: String,
    public: Option<bool>,
    /// Null if it must not be there yet.
    #[serde(default, deserialize_with = "nullable")]
    expected_version: Option<Option<i64>>,
}

pub(super) async fn set(place: &Place<'_>, input: Set) -> Result<Value> {
    let owner = owner(place, [input.owner_id, input.product, input.sku, input.category]).await?;
    let kind = input.kind.as_deref().unwrap_or("TEXT");
    let kind = <MetafieldKind as sea_orm::ActiveEnum>::try_from_value(&kind.to_owned());
    let kind = kind.map_err(|_| {
        let kinds = "TEXT, PARAGRAPH, INTEGER, DECIMAL, BOOLEAN, DATE, DATE_TIME, COLOUR, URL, JSON";
        Refusal::new(ErrorCode::Invalid, messages::bulk_metafield_kind(kinds)).at(&["kind"])
    })?;
    let field = MetafieldSet {
        owner,
        namespace: input.namespace,
        key: input.key,
        kind,
        value: input.value,
        public: input.public,
        expected_version: input.expected_version,
    };
    metafields::set(place.shop(), place.context, vec![field]).await?;
    Ok(json!({ "ownerId": owner.to_string() }))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Delete {
    owner_id: Option<String>,
    product: Option<String>,
    sku: Option<String>,
    category: Option<String>,
    namespace: String,
    key: String,
}

/// One that is not there is as it should be.
pub(super) async fn delete(place: &Place<'_>, input: Delete) -> Result<Value> {
    let owner = owner(place, [input.owner_id, input.product, input.sku, input.category]).await?;
    let name = MetafieldName {
        owner,
        namespace: input.namespace,
        key: input.key,
    };
    metafields::delete(place.shop(), place.context, vec![name]).await?;
    Ok(json!({ "ownerId": owner.to_string() }))
}

/// The thing that a metafield is kept with, by the one way in which the line names it.
async fn owner(place: &Place<'_>, named: [Option<String>; 4]) -> Result<Owner> {
    match named {
        [Some(id), None, None, None] => {
            let owner = id.parse();
            Ok(owner.map_err(|()| Refusal::not_found("thing").at(&["ownerId"]))?)
        }
        [None, Some(slug), None, None] => {
            let fields = ["ownerId", "product"];
            Ok(place.product(None, Some(&slug), fields).await?.into())
        }
        [None, None, Some(sku), None] => Ok(place.variant(None, Some(&sku)).await?.id.into()),
        [None, None, None, Some(slug)] => {
            let fields = ["ownerId", "category"];
            Ok(place.category(None, Some(&slug), fields).await?.into())
        }
        _ => {
            let message = messages::bulk_metafield_owner();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["ownerId"]).into())
        }
    }
}
