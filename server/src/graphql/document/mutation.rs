use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::documents::{self, DocumentSettingsChange, SellerChange};

use super::{
    object::Document,
    settings::{DocumentSettings, InvoiceAt},
};
use crate::{
    graphql::shared::{ContextExt, Result, given, payload},
    ids,
};

/// How documents are to be made. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct DocumentSettingsUpdateInput {
    /// The version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// When an order gets its invoice: one that is placed from now on.
    pub invoice_at: Option<InvoiceAt>,
    /// Whether a parcel that is dispatched gets a delivery note.
    pub delivery_notes: Option<bool>,
    /// Whether invoices and credit notes are sent by mail, too.
    pub mailed: Option<bool>,
    /// How numbers of invoices begin: at most 12 letters, `-`, `_` and `.`.
    pub invoice_prefix: Option<String>,
    /// The same of credit notes.
    pub credit_note_prefix: Option<String>,
    /// The same of delivery notes.
    pub delivery_note_prefix: Option<String>,
    /// Whether each year begins at 1.
    pub numbered_by_year: Option<bool>,
    /// How many years after the one in which it was made a document is kept, 1 to 100.
    pub kept_years: Option<i32>,
    /// What the seller says of itself.
    pub seller: Option<DocumentSellerInput>,
}

/// What the seller says of itself on documents. What is left out stays as it is, null takes it away. At most 120 characters each.
#[derive(Debug, Default, InputObject)]
pub struct DocumentSellerInput {
    /// Its name as a register has it.
    pub legal_name: MaybeUndefined<String>,
    /// Its number at the tax office, which is no VAT number.
    pub tax_number: MaybeUndefined<String>,
    /// Where it is registered, as in `Amtsgericht Berlin`.
    pub register: MaybeUndefined<String>,
    /// Its number there.
    pub registration_number: MaybeUndefined<String>,
    /// Who represents it.
    pub managers: MaybeUndefined<String>,
    /// Its telephone number.
    pub phone: MaybeUndefined<String>,
    /// To whom invoices on account are paid.
    pub bank_name: MaybeUndefined<String>,
    /// Its account.
    pub iban: MaybeUndefined<String>,
    /// Its bank.
    pub bic: MaybeUndefined<String>,
    /// Why goods bear no tax where their rate is 0, as a small business says it.
    pub zero_tax_reason: MaybeUndefined<String>,
    /// What stands at the foot of every page besides: at most 500 characters.
    pub footer: MaybeUndefined<String>,
}

/// Which order gets its documents.
#[derive(Debug, InputObject)]
pub struct OrderDocumentsMakeInput {
    /// The order's id.
    pub order_id: ID,
}

payload! {
    /// What `documentSettingsUpdate` answers.
    DocumentSettingsUpdatePayload {
        /// The settings as they are now.
        settings: DocumentSettings,
    }
}

payload! {
    /// What `orderDocumentsMake` answers.
    OrderDocumentsMakePayload {
        /// All documents of the order, the oldest first.
        documents: Vec<Document>,
    }
}

#[derive(Debug, Default)]
pub struct DocumentMutation;

#[Object]
impl DocumentMutation {
    /// Changes how documents are made, and what the seller says of itself on them. Those that are there stay as they are. Invoices
    /// make themselves only once nothing is `missing`. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn document_settings_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How they change.")] input: DocumentSettingsUpdateInput,
    ) -> Result<Option<DocumentSettingsUpdatePayload>> {
        let updated = documents::update(ctx.shop(), ctx.caller(), change_of(input)).await;
        DocumentSettingsUpdatePayload::of(updated.map(DocumentSettings))
    }

    /// Makes the invoice of an order, the delivery notes of its parcels, and whatever else is due of its documents. What it has is not
    /// made again. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_documents_make(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order.")] input: OrderDocumentsMakeInput,
    ) -> Result<Option<OrderDocumentsMakePayload>> {
        OrderDocumentsMakePayload::of(make(ctx, input).await)
    }
}

async fn make(ctx: &Context<'_>, input: OrderDocumentsMakeInput) -> vitrine_commerce::Result<Vec<Document>> {
    let order = ids::input(&input.order_id, "order", &["orderId"])?;
    let made = documents::make(ctx.shop(), ctx.caller(), order).await?;
    Ok(made.into_iter().map(Document).collect())
}

fn change_of(input: DocumentSettingsUpdateInput) -> DocumentSettingsChange {
    let seller = input.seller.unwrap_or_default();
    DocumentSettingsChange {
        expected_version: input.expected_version.map(i64::from),
        invoice_at: input.invoice_at.map(Into::into),
        delivery_notes: input.delivery_notes,
        mailed: input.mailed,
        invoice_prefix: input.invoice_prefix,
        credit_note_prefix: input.credit_note_prefix,
        delivery_note_prefix: input.delivery_note_prefix,
        numbered_by_year: input.numbered_by_year,
        kept_years: input.kept_years,
        seller: SellerChange {
            legal_name: given(seller.legal_name),
            tax_number: given(seller.tax_number),
            register: given(seller.register),
            registration_number: given(seller.registration_number),
            managers: given(seller.managers),
            phone: given(seller.phone),
            bank_name: given(seller.bank_name),
            iban: given(seller.iban),
            bic: given(seller.bic),
            zero_tax_reason: given(seller.zero_tax_reason),
            footer: given(seller.footer),
        },
    }
}
