//! Documents as they are sent, and what comes back.

use axum::body::Bytes;
use graphql_client::GraphQLQuery;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value as Json;

use crate::{
    api::Answered,
    problem::{Problem, Told},
};

pub(super) fn body<Q: GraphQLQuery>(variables: Q::Variables, nulls: &[String]) -> Result<Bytes, Problem> {
    written::<Q>(variables, nulls).map(Bytes::from).map_err(|error| {
        tracing::error!(%error, "the variables of a document cannot be written");
        Problem::Broken
    })
}

fn written<Q: GraphQLQuery>(variables: Q::Variables, nulls: &[String]) -> serde_json::Result<Vec<u8>> {
    let query = Q::build_query(variables);
    if nulls.is_empty() {
        return serde_json::to_vec(&query);
    }
    let mut whole = serde_json::to_value(&query)?;
    for pointer in nulls {
        let (above, name) = pointer.rsplit_once('/').unwrap_or_default();
        if let Some(Json::Object(input)) = whole.pointer_mut(&format!("/variables{above}")) {
            input.insert(name.to_owned(), Json::Null);
        }
    }
    serde_json::to_vec(&whole)
}

#[derive(Deserialize)]
struct Whole<Data> {
    data: Option<Data>,
    #[serde(default)]
    errors: Vec<Told>,
}

/// The data of an answer. Where the API could make nothing of what the browser asked for, there is no such page.
pub(super) fn read<Data: DeserializeOwned>(answered: &Answered, is_read: bool) -> Result<Data, Problem> {
    let whole: Whole<Data> = serde_json::from_slice(&answered.body).map_err(|error| {
        tracing::error!(%error, status = %answered.status, "an answer is not what its document says");
        Problem::Broken
    })?;
    let codes = || whole.errors.iter().filter_map(|told| told.extensions.code.as_deref());
    if codes().any(|code| code == "BAD_USER_INPUT") {
        return Err(match is_read {
            true => Problem::NotFound,
            false => Problem::BadForm,
        });
    }
    match whole.data {
        Some(data) => {
            for told in &whole.errors {
                tracing::warn!(message = told.message, "a part of a page is missing");
            }
            Ok(data)
        }
        None => Err(Problem::of_codes(codes(), answered.retry_after)),
    }
}
