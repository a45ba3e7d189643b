use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::documents::{self, DocumentFilter};

use super::{
    object::{Document, DocumentConnection, DocumentKind},
    settings::DocumentSettings,
};
use crate::{
    graphql::shared::{ContextExt, Date, PublicUrl, Result, Url, cost, map, page},
    ids,
};

/// Which documents. Everything given must hold.
#[derive(Debug, Default, InputObject)]
pub struct DocumentWhere {
    /// What they are.
    pub kind: Option<DocumentKind>,
    /// The beginning of a document's number, or the number of an order.
    pub number: Option<String>,
    /// The first day on which they were issued.
    pub issued_from: Option<Date>,
    /// The last day on which they were issued.
    pub issued_to: Option<Date>,
}

impl From<DocumentWhere> for DocumentFilter {
    fn from(input: DocumentWhere) -> Self {
        Self {
            kind: input.kind.map(Into::into),
            number: input.number,
            issued_from: input.issued_from.map(|day| day.0),
            issued_to: input.issued_to.map(|day| day.0),
        }
    }
}

#[derive(Debug, Default)]
pub struct DocumentQuery;

#[Object]
impl DocumentQuery {
    /// A document. For staff with the permission `ORDERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The document's id.")] id: ID,
    ) -> Result<Option<Document>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(documents::find(ctx.shop(), ctx.caller(), id).await?.map(Document))
    }

    /// Invoices, credit notes and delivery notes, the newest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] r#where: Option<DocumentWhere>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<DocumentConnection>> {
        let filter = r#where.unwrap_or_default().into();
        let page = documents::list(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(DocumentConnection {
            page: map(page, Document),
            context: (),
        }))
    }

    /// Where the files of all documents of a period are, as one ZIP archive with a table of them: an address that opens it for
    /// an hour to whoever has it. At most 50,000. Of the filter, `number` does not count. For staff with the permission `ORDERS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn document_archive_url(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] r#where: Option<DocumentWhere>,
    ) -> Result<Option<Url>> {
        let filter = DocumentFilter {
            number: None,
            ..r#where.unwrap_or_default().into()
        };
        let address = documents::archive_address(ctx.shop(), ctx.caller(), &filter)?;
        let mut path = format!(
            "/api/documents.zip?expires={}&signature={}",
            address.expires_at.timestamp(),
            address.signature
        );
        if let Some(kind) = filter.kind {
            path.push_str(&format!("&kind={}", documents::kind_name(kind)));
        }
        for (name, day) in [("from", filter.issued_from), ("to", filter.issued_to)] {
            if let Some(day) = day {
                path.push_str(&format!("&{name}={day}"));
            }
        }
        Ok(Some(Url(ctx.data_unchecked::<PublicUrl>().absolute(&path))))
    }

    /// How documents are made, and what the seller says of itself on them. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn document_settings(&self, ctx: &Context<'_>) -> Result<Option<DocumentSettings>> {
        Ok(Some(DocumentSettings(
            documents::settings(ctx.shop(), ctx.caller()).await?,
        )))
    }
}
