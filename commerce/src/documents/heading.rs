//! What a document is called.

use chrono::NaiveDate;
use vitrine_entity::document::DocumentKind;

use crate::language::{Message, messages};

/// Its kind, its number, and its day.
pub(super) struct Heading<'a> {
    pub(super) kind: DocumentKind,
    pub(super) number: &'a str,
    pub(super) issued_on: NaiveDate,
}

impl Heading<'_> {
    pub(super) fn title(&self) -> Message {
        match self.kind {
            DocumentKind::Invoice => messages::document_invoice(self.number),
            DocumentKind::CreditNote => messages::document_credit_note(self.number),
            DocumentKind::DeliveryNote => messages::document_delivery_note(self.number),
        }
    }
}
