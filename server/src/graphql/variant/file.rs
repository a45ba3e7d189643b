use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::variant_file;

use crate::{graphql::shared::int, ids};

/// A file that whoever buys a variant may fetch.
#[derive(Debug, Clone)]
pub struct VariantFile(pub variant_file::Model);

/// A file that whoever buys a variant may fetch. No public address leads to it. For staff with the permission
/// `CATALOG`.
#[Object]
impl VariantFile {
    /// Names the file.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The variant with which it is sold.
    async fn variant_id(&self) -> ID {
        ids::public(self.0.variant_id)
    }

    /// What it is called by whoever fetches it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is, as in `application/pdf`.
    async fn mime_type(&self) -> &str {
        &self.0.mime_type
    }

    /// How many bytes it has.
    async fn byte_size(&self) -> i32 {
        int(self.0.byte_size)
    }

    /// Grows when other content takes the place of what was there, from 1.
    async fn content_version(&self) -> i32 {
        int(self.0.content_version)
    }

    /// How often each unit that was bought may be fetched. Null where that is not bounded.
    async fn fetches_max(&self) -> Option<i32> {
        self.0.fetches_max
    }

    /// For how many days after the payment it may be fetched. Null where that is not bounded.
    async fn days(&self) -> Option<i32> {
        self.0.days
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was added.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was taken away, where it was. Orders that were paid before go on giving it.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
