//! What a front end notes of a basket or of a line of it, kept as JSON in the row that owns it.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A name and what stands under it, as in `engraving`: `For Ada`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub key: String,
    pub value: String,
}

/// In the order in which they were given, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Attributes(pub Vec<Attribute>);
