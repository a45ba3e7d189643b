use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::documents::{self, Format};
use vitrine_entity::document;

use crate::{
    graphql::shared::{ContextExt, Date, Money, PublicUrl, Url, connection},
    ids,
};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::document::DocumentKind")]
pub enum DocumentKind {
    /// An invoice: an order has one at the most.
    Invoice,
    /// It takes from an invoice what was paid back, or all of it where the order was cancelled.
    CreditNote,
    /// What is in a parcel.
    DeliveryNote,
}

/// An invoice, a credit note or a delivery note.
#[derive(Debug, Clone)]
pub struct Document(pub document::Model);

connection! { DocumentConnection, DocumentEdge, Document }

/// An invoice, a credit note or a delivery note of an order. It is written once and never changes: its file says years later
/// what it said on the first day. Numbers of a series have no gap.
#[Object]
impl Document {
    /// Names the document.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it is.
    async fn kind(&self) -> DocumentKind {
        self.0.kind.into()
    }

    /// Its number: `R-2026-00017`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The day on which it was issued, in the shop's time zone.
    async fn issued_on(&self) -> Date {
        Date(self.0.issued_on)
    }

    /// The number of the order that it is of.
    async fn order_number(&self) -> &str {
        &self.0.order_number
    }

    /// The order that it is of.
    async fn order_id(&self) -> ID {
        ids::public(self.0.order_id)
    }

    /// What it comes to, with the tax; of a credit note, what is given back. 0 of a delivery note.
    async fn total(&self) -> Money {
        Money::new(self.0.total_minor, self.0.currency)
    }

    /// The tax of it.
    async fn tax(&self) -> Money {
        Money::new(self.0.tax_minor, self.0.currency)
    }

    /// Where its PDF is: an address that opens it for an hour to whoever has it. That of an invoice or a credit note holds the
    /// same for programs, too (Factur-X, ZUGFeRD). Null once it was kept for as long as the law wants, and what it said is gone.
    async fn pdf_url(&self, ctx: &Context<'_>) -> Option<Url> {
        self.url(ctx, Format::Pdf)
    }

    /// Where its XML is, by EN 16931 as a Cross Industry Invoice: as `pdfUrl`. Null of a delivery note.
    async fn xml_url(&self, ctx: &Context<'_>) -> Option<Url> {
        self.url(ctx, Format::Cii)
    }

    /// Where its XML is, by EN 16931 in the Universal Business Language: as `pdfUrl`. Null of a delivery note.
    async fn ubl_url(&self, ctx: &Context<'_>) -> Option<Url> {
        self.url(ctx, Format::Ubl)
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

impl Document {
    fn url(&self, ctx: &Context<'_>, format: Format) -> Option<Url> {
        let is_for_people = self.0.kind == document::DocumentKind::DeliveryNote;
        if self.0.content.is_none() || is_for_people && format != Format::Pdf {
            return None;
        }
        let address = documents::address(ctx.shop(), &self.0, format);
        let path = format!(
            "/api/documents/{}/{}.{}?expires={}&signature={}",
            self.0.id,
            self.0.number,
            format.extension(),
            address.expires_at.timestamp(),
            address.signature
        );
        Some(Url(ctx.data_unchecked::<PublicUrl>().absolute(&path)))
    }
}
