use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::imports;
use vitrine_entity::{
    imported_order,
    product_import::{self, ImportStatus},
};

use super::problem::ProductImportProblem;
use crate::{
    graphql::{
        imported_order::object::ImportSource,
        shared::{Result, connection, int},
    },
    ids,
};

/// Where an import of products stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::product_import::ImportStatus")]
pub enum ProductImportStatus {
    /// It goes on: its counts still grow.
    Running,
    /// The whole file was gone through.
    Done,
    /// Somebody stopped it: what it had written stays.
    Cancelled,
    /// It could not go on, and `error` says why: what it had written stays.
    Failed,
}

/// What is in a file that is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ImportKind {
    /// Products.
    Products,
    /// Customers.
    Customers,
    /// Orders, which become history (`importedOrders`).
    Orders,
    /// Gift cards with their codes.
    GiftCards,
    /// Redirects.
    Redirects,
}

impl ImportKind {
    /// As the shop keeps it, which says nothing of products.
    pub fn stored(self) -> Option<product_import::ImportKind> {
        match self {
            Self::Products => None,
            Self::Customers => Some(product_import::ImportKind::Customers),
            Self::Orders => Some(product_import::ImportKind::Orders),
            Self::GiftCards => Some(product_import::ImportKind::GiftCards),
            Self::Redirects => Some(product_import::ImportKind::Redirects),
        }
    }
}

impl From<Option<product_import::ImportKind>> for ImportKind {
    fn from(stored: Option<product_import::ImportKind>) -> Self {
        match stored {
            None => Self::Products,
            Some(product_import::ImportKind::Customers) => Self::Customers,
            Some(product_import::ImportKind::Orders) => Self::Orders,
            Some(product_import::ImportKind::GiftCards) => Self::GiftCards,
            Some(product_import::ImportKind::Redirects) => Self::Redirects,
        }
    }
}

/// A file of products that jobs import.
#[derive(Debug, Clone)]
pub struct ProductImport(pub product_import::Model);

connection! { ProductImportConnection, ProductImportEdge, ProductImport }

/// A file of products that jobs import, a few at a time. For staff and apps with the permission `CATALOG`. It is
/// forgotten after 30 days, or as the shop has it.
#[Object]
impl ProductImport {
    /// Names the import.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it stands.
    async fn status(&self) -> ProductImportStatus {
        self.0.status.into()
    }

    /// Whether the file is only looked at: `productImportApply` has it written.
    async fn dry_run(&self) -> bool {
        self.0.dry_run
    }

    /// Whether its products are written: not in a dry run, and not where something is wrong with the file.
    async fn applied(&self) -> bool {
        self.0.status == ImportStatus::Done && self.0.writes == Some(true)
    }

    /// What the file is called.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// Which system has exported it.
    async fn source(&self) -> ImportSource {
        let source = self.0.source.unwrap_or(imported_order::ImportSource::Shopify);
        source.into()
    }

    /// What is in it: the counts are of those, as of products.
    async fn what(&self) -> ImportKind {
        self.0.what.into()
    }

    /// How many products the file has. Null until it was read.
    async fn products_total(&self) -> Option<i32> {
        self.0.products_total.map(int)
    }

    /// How many of them were gone through.
    async fn products_done(&self) -> i32 {
        int(self.0.products_done)
    }

    /// How many products are new.
    async fn created(&self) -> i32 {
        int(self.0.created_count)
    }

    /// How many products are changed.
    async fn updated(&self) -> i32 {
        int(self.0.updated_count)
    }

    /// How many products are as the file has them already.
    async fn unchanged(&self) -> i32 {
        int(self.0.unchanged_count)
    }

    /// How many pictures are to be fetched from where they lie: `pictureImportFailures` tells of those that cannot be.
    async fn pictures_to_fetch(&self) -> i32 {
        int(self.0.pictures_count)
    }

    /// How many errors the file has.
    async fn error_count(&self) -> i32 {
        int(self.0.error_count)
    }

    /// What is wrong with it, by row: the first thousand errors and warnings.
    #[graphql(complexity = "10 + child_complexity")]
    async fn problems(&self) -> Result<Vec<ProductImportProblem>> {
        let problems = imports::problems(&self.0)?;
        Ok(problems.into_iter().map(ProductImportProblem).collect())
    }

    /// Who started it: the id of a member of staff or an app.
    async fn started_by(&self) -> &str {
        &self.0.actor
    }

    /// Why it could not go on.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// When it was started.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last went on.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was over.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}
