use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::exports;
use vitrine_entity::data_export;

use crate::{
    graphql::shared::{ContextExt, PublicUrl, Url, connection, int},
    ids,
};

/// What an export tells of, and who may have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::data_export::ExportKind")]
pub enum ExportKind {
    /// The catalogue, in the columns that `vitrine import` reads. With the permission `CATALOG`.
    Products,
    /// Customers, and what they bought. With the permission `CUSTOMERS`.
    Customers,
    /// Orders, a row a line. With the permission `ORDERS`.
    Orders,
    /// What lies where. With the permission `INVENTORY`.
    Stock,
    /// Codes of discounts, and how many orders have each. With the permission `CATALOG`.
    DiscountCodes,
    /// Orders with discounts, a row for each discount of an order. With the permission `CATALOG`.
    DiscountUses,
    /// Goods that come back, a row for each line of a return. With the permission `ORDERS`.
    Returns,
}

/// Where an export stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::data_export::ExportStatus")]
pub enum ExportStatus {
    /// It is being written.
    Running,
    /// Its file is there.
    Done,
    /// Somebody stopped it: there is no file.
    Cancelled,
    /// It could not go on, and `error` says why: there is no file.
    Failed,
}

/// A table of the shop as a CSV file, which jobs write.
#[derive(Debug, Clone)]
pub struct Export(pub data_export::Model);

connection! { ExportConnection, ExportEdge, Export }

/// A table of the shop as a CSV file (RFC 4180, UTF-8), which jobs write. Cells that a spreadsheet would run as a
/// formula begin with an apostrophe, which the import of products takes off again. For staff and apps with the
/// permission for what it tells of. It is forgotten after 7 days, or as the shop has it.
#[Object]
impl Export {
    /// Names the export.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it tells of.
    async fn kind(&self) -> ExportKind {
        self.0.kind.into()
    }

    /// Where it stands.
    async fn status(&self) -> ExportStatus {
        self.0.status.into()
    }

    /// How many products, customers, orders, variants, codes or uses are written.
    async fn written(&self) -> i32 {
        int(self.0.things_done)
    }

    /// How many there were when it began.
    async fn total(&self) -> i32 {
        int(self.0.things_total)
    }

    /// How many bytes the file has by now.
    async fn byte_size(&self) -> i32 {
        int(self.0.byte_size)
    }

    /// Where the file is: an address that opens it for an hour to whoever has it. Null until it is done.
    async fn url(&self, ctx: &Context<'_>) -> Option<Url> {
        let address = exports::address(ctx.shop(), &self.0)?;
        let path = format!(
            "/api/exports/{}/{}?expires={}&signature={}",
            self.0.id,
            exports::file_name(&self.0),
            address.expires_at.timestamp(),
            address.signature
        );
        Some(Url(ctx.data_unchecked::<PublicUrl>().absolute(&path)))
    }

    /// Who asked for it: the id of a member of staff or an app.
    async fn started_by(&self) -> &str {
        &self.0.actor
    }

    /// Why it could not go on.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was over.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}
