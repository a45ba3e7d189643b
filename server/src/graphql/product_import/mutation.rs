use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::imports::{self, ImportStart};
use vitrine_entity::ids::ProductImportId;

use super::object::{ImportKind, ProductImport};
use crate::{
    graphql::{
        imported_order::object::ImportSource,
        shared::{ContextExt, Result, payload},
    },
    ids,
};

/// A file of products.
#[derive(Debug, InputObject)]
pub struct ProductImportStartInput {
    /// The file: CSV, with its header. Prices without a currency are in the shop's.
    pub csv: String,
    /// Which system has exported it.
    #[graphql(default_with = "ImportSource::Shopify")]
    pub source: ImportSource,
    /// What is in it. Of products nothing is written where a row has an error, of all else each row that is right.
    #[graphql(default_with = "ImportKind::Products")]
    pub what: ImportKind,
    /// What to call the file, for people: at most 255 characters.
    #[graphql(default_with = "\"products.csv\".to_owned()")]
    pub file_name: String,
    /// Whether the file is only looked at: what would be done and what is wrong with it is told, and
    /// `productImportApply` has it written.
    #[graphql(default = true)]
    pub dry_run: bool,
}

/// Which file is written.
#[derive(Debug, InputObject)]
pub struct ProductImportApplyInput {
    /// The import's id.
    pub id: ID,
}

/// Which import stops.
#[derive(Debug, InputObject)]
pub struct ProductImportCancelInput {
    /// The import's id.
    pub id: ID,
}

payload! {
    /// What `productImportStart` answers.
    ProductImportStartPayload {
        /// The import, which goes on in the background.
        product_import: ProductImport,
    }
}

payload! {
    /// What `productImportApply` answers.
    ProductImportApplyPayload {
        /// The import, which goes on in the background.
        product_import: ProductImport,
    }
}

payload! {
    /// What `productImportCancel` answers.
    ProductImportCancelPayload {
        /// The import as it is now.
        product_import: ProductImport,
    }
}

#[derive(Debug, Default)]
pub struct ProductImportMutation;

#[Object]
impl ProductImportMutation {
    /// Has a file of products imported by jobs: nothing of it where a row has an error. Products are named by their
    /// handle and variants by their SKU, so that importing a file twice changes nothing the second time. A file that is
    /// larger than a request may be goes to `POST /api/product-imports`. For staff and apps with the permission
    /// `CATALOG`, and for anything but products that for what is in the file.
    #[graphql(complexity = "50 + child_complexity")]
    async fn product_import_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: ProductImportStartInput,
    ) -> Result<Option<ProductImportStartPayload>> {
        let start = ImportStart {
            file_name: input.file_name,
            content: input.csv.into_bytes(),
            source: input.source.into(),
            what: input.what.stored(),
            dry_run: input.dry_run,
        };
        let started = imports::start(ctx.shop(), ctx.caller(), start).await;
        ProductImportStartPayload::of(started.map(ProductImport))
    }

    /// Has the file of a dry run written, if it is not: it must have come to its end, and of products without an error. For staff
    /// and apps with the permission `CATALOG`, and for anything but products that for what is in the file.
    #[graphql(complexity = "50 + child_complexity")]
    async fn product_import_apply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file is written.")] input: ProductImportApplyInput,
    ) -> Result<Option<ProductImportApplyPayload>> {
        let applied = match import(&input.id) {
            Ok(id) => imports::apply(ctx.shop(), ctx.caller(), id).await,
            Err(refusal) => Err(refusal),
        };
        ProductImportApplyPayload::of(applied.map(ProductImport))
    }

    /// Stops an import, if it is not stopped: products that are written stay. For staff and apps with the permission
    /// `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn product_import_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which import stops.")] input: ProductImportCancelInput,
    ) -> Result<Option<ProductImportCancelPayload>> {
        let cancelled = match import(&input.id) {
            Ok(id) => imports::cancel(ctx.shop(), ctx.caller(), id).await,
            Err(refusal) => Err(refusal),
        };
        ProductImportCancelPayload::of(cancelled.map(ProductImport))
    }
}

fn import(id: &ID) -> vitrine_commerce::Result<ProductImportId> {
    Ok(ids::input(id, "import", &["id"])?)
}
