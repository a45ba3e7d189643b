use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::order_note;

use crate::{
    graphql::{
        shared::{Result, int},
        staff::actor::name_of,
    },
    ids,
};

/// What staff wrote about an order among themselves.
#[derive(Debug, Clone)]
pub struct OrderNote(pub order_note::Model);

/// What staff wrote about an order among themselves. For staff with the permission `ORDERS`.
#[Object]
impl OrderNote {
    /// Names the note.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it says, in several lines.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Who wrote it: the id of a member of staff or of an app.
    async fn author(&self) -> &str {
        &self.0.author
    }

    /// What whoever wrote it is called.
    #[graphql(complexity = 2)]
    async fn author_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        name_of(ctx, &self.0.author).await
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was taken away, where it was.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
