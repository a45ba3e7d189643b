use async_graphql::{Context, Enum, Object, SimpleObject};
use vitrine_commerce::documents;

use crate::graphql::shared::{ContextExt, Said, int};

/// When an order gets its invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::documents::InvoiceAt")]
pub enum InvoiceAt {
    /// When staff ask for it.
    Asked,
    /// When it is paid, or placed on account.
    Payment,
    /// When it is dispatched, picked up, or complete.
    Dispatch,
}

/// How documents are made.
#[derive(Debug, Clone)]
pub struct DocumentSettings(pub documents::DocumentSettings);

/// Something that has to stand on an invoice, and is missing.
#[derive(Debug, SimpleObject)]
pub struct MissingOnInvoice {
    /// The field that has it: of `shop`, as in `shop.address`, or of the seller.
    pub field: &'static str,
    /// Why it is wanted.
    pub message: Said,
}

/// How documents are made, and what the seller says of itself on them.
#[Object]
impl DocumentSettings {
    /// Grows with every change; 0 before the first.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When an order gets its invoice.
    async fn invoice_at(&self) -> InvoiceAt {
        self.0.invoice_at.into()
    }

    /// Whether a parcel that is dispatched gets a delivery note.
    async fn delivery_notes(&self) -> bool {
        self.0.delivery_notes
    }

    /// Whether invoices and credit notes are sent by mail, too.
    async fn mailed(&self) -> bool {
        self.0.mailed
    }

    /// How numbers of invoices begin.
    async fn invoice_prefix(&self) -> &str {
        &self.0.invoice_prefix
    }

    /// How numbers of credit notes begin.
    async fn credit_note_prefix(&self) -> &str {
        &self.0.credit_note_prefix
    }

    /// How numbers of delivery notes begin.
    async fn delivery_note_prefix(&self) -> &str {
        &self.0.delivery_note_prefix
    }

    /// Whether each year begins at 1: `R-2026-00017`, else `R-00017`.
    async fn numbered_by_year(&self) -> bool {
        self.0.numbered_by_year
    }

    /// How many years after the one in which it was made a document is kept.
    async fn kept_years(&self) -> i32 {
        self.0.kept_years
    }

    /// What the seller says of itself, beside the shop's address and VAT number.
    async fn seller(&self) -> Seller {
        Seller(self.0.seller.clone())
    }

    /// What is missing before the first invoice.
    async fn missing(&self, ctx: &Context<'_>) -> Vec<MissingOnInvoice> {
        let missing = documents::missing(&ctx.shop().profile(), &self.0).into_iter();
        missing
            .map(|(field, message)| MissingOnInvoice {
                field,
                message: message.into(),
            })
            .collect()
    }
}

/// What the seller says of itself on documents.
#[derive(Debug, Clone)]
pub struct Seller(documents::Seller);

/// What the seller says of itself on documents, beside the shop's address and VAT number.
#[Object(name = "DocumentSeller")]
impl Seller {
    /// Its name as a register has it; where there is none, the shop's name stands in its place.
    async fn legal_name(&self) -> Option<&str> {
        self.0.legal_name.as_deref()
    }

    /// Its number at the tax office, which is no VAT number.
    async fn tax_number(&self) -> Option<&str> {
        self.0.tax_number.as_deref()
    }

    /// Where it is registered, as in `Amtsgericht Berlin`.
    async fn register(&self) -> Option<&str> {
        self.0.register.as_deref()
    }

    /// Its number there.
    async fn registration_number(&self) -> Option<&str> {
        self.0.registration_number.as_deref()
    }

    /// Who represents it.
    async fn managers(&self) -> Option<&str> {
        self.0.managers.as_deref()
    }

    /// Its telephone number.
    async fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }

    /// To whom invoices on account are paid.
    async fn bank_name(&self) -> Option<&str> {
        self.0.bank_name.as_deref()
    }

    /// Its account, without spaces.
    async fn iban(&self) -> Option<&str> {
        self.0.iban.as_deref()
    }

    /// Its bank.
    async fn bic(&self) -> Option<&str> {
        self.0.bic.as_deref()
    }

    /// Why goods bear no tax where their rate is 0, as a small business says it.
    async fn zero_tax_reason(&self) -> Option<&str> {
        self.0.zero_tax_reason.as_deref()
    }

    /// What stands at the foot of every page besides.
    async fn footer(&self) -> Option<&str> {
        self.0.footer.as_deref()
    }
}
