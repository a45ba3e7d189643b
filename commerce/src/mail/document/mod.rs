//! An invoice or a credit note, attached.

use sea_orm::EntityTrait;
use vitrine_entity::{
    document::{self, DocumentKind},
    ids::DocumentId,
    order,
};

use crate::{
    Shop, documents,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        render::{Letter, render, templates},
        words::one_line,
    },
    orders,
    outbox::Lease,
    ports::mailer::{Mail, MailAttachment},
};

/// Which document it is. Every text is a single line.
pub(super) struct Document {
    pub(super) shop_name: String,
    pub(super) is_credit_note: bool,
    pub(super) number: String,
    pub(super) order: String,
    pub(super) link: String,
}

templates! { Document: "document/body.txt", "document/body.html" }

impl Letter for Document {
    fn subject(&self) -> Message {
        match self.is_credit_note {
            true => messages::mail_document_subject_credit_note(&self.number, &self.order),
            false => messages::mail_document_subject_invoice(&self.number, &self.order),
        }
    }

    fn heading(&self) -> Message {
        match self.is_credit_note {
            true => messages::mail_document_credit_note(),
            false => messages::mail_document_invoice(),
        }
    }
}

/// To whoever ordered. `None` where the order has lost its person, or the document what it said.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: DocumentId) -> Result<Option<Mail>, JobError> {
    let Some(row) = documents::by_id(shop, id).await? else {
        return Ok(None);
    };
    let order = order::Entity::find_by_id(row.order_id).one(&shop.db).await?;
    let Some(order) = order.filter(|order| order.email.contains('@') && row.content.is_some()) else {
        return Ok(None);
    };
    let profile = shop.profile();
    let shown = Document {
        shop_name: one_line(&profile.name),
        is_credit_note: row.kind == DocumentKind::CreditNote,
        number: one_line(&row.number),
        order: one_line(&row.order_number),
        link: orders::access::link(shop, order.id),
    };
    let language = orders::language_of(&order);
    let mut mail = render(&shown, &language, lease.id.to_string(), &order.email)?;
    mail.attachments = vec![attached(shop, &row).await?];
    Ok(Some(mail))
}

async fn attached(shop: &Shop, row: &document::Model) -> Result<MailAttachment, JobError> {
    Ok(MailAttachment {
        name: format!("{}.pdf", row.number),
        mime_type: "application/pdf",
        content: documents::pdf(shop, row).await?,
    })
}
