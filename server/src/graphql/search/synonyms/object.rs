use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::catalog::synonyms;
use vitrine_entity::synonym_group;

use crate::{
    graphql::shared::{connection, int},
    ids,
};

/// Terms that shoppers use for the same thing.
#[derive(Debug, Clone)]
pub struct SynonymGroup(pub synonym_group::Model);

/// Terms that shoppers use for the same thing. Without a `term`, a search for any of the synonyms finds what has
/// one of the others, too (two-way); with one, only a search for that term does (one-way). What has the words that
/// were typed stands above what has a synonym in the same place. Synonyms of synonyms are not followed.
#[Object]
impl SynonymGroup {
    /// Names the group.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The one term whose search finds the synonyms, too; null where each finds the others.
    async fn term(&self) -> Option<&str> {
        self.0.term.as_deref()
    }

    /// The synonyms, as staff wrote them.
    async fn synonyms(&self) -> Vec<&str> {
        synonyms::terms(&self.0).collect()
    }

    /// In the searches of which language alone they stand for each other: `de` in `de-AT`, too, and `de-AT` in that alone; null for all.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// Grows with every edit: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; it may be restored.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

connection! { SynonymGroupConnection, SynonymGroupEdge, SynonymGroup }
