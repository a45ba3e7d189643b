//! What the law wants of the seller on an invoice.

use vitrine_entity::document_settings::{self, Seller};

use crate::{
    ErrorCode, Refusal,
    delivery::tax::vat,
    language::{Message, messages},
    profile::Profile,
    text,
};

const LINE_LENGTH_MAX: usize = 120;
const FOOTER_LENGTH_MAX: usize = 500;

/// `Some(None)` takes a text away; `None` leaves it.
pub type Change = Option<Option<String>>;

/// A change of what the seller says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SellerChange {
    pub legal_name: Change,
    pub tax_number: Change,
    pub register: Change,
    pub registration_number: Change,
    pub managers: Change,
    pub phone: Change,
    pub bank_name: Change,
    pub iban: Change,
    pub bic: Change,
    pub zero_tax_reason: Change,
    pub footer: Change,
}

pub(super) fn changed(before: &Seller, change: &SellerChange) -> Result<Seller, Refusal> {
    let line = |field: &str, given: &Change, kept: &Option<String>| match given {
        Some(text) => text::optional_line(&["seller", field], text.as_deref(), LINE_LENGTH_MAX),
        None => Ok(kept.clone()),
    };
    let footer = match &change.footer {
        Some(text) => text::optional_paragraph(&["seller", "footer"], text.as_deref(), FOOTER_LENGTH_MAX)?,
        None => before.footer.clone(),
    };
    Ok(Seller {
        legal_name: line("legalName", &change.legal_name, &before.legal_name)?,
        tax_number: line("taxNumber", &change.tax_number, &before.tax_number)?,
        register: line("register", &change.register, &before.register)?,
        registration_number: line(
            "registrationNumber",
            &change.registration_number,
            &before.registration_number,
        )?,
        managers: line("managers", &change.managers, &before.managers)?,
        phone: line("phone", &change.phone, &before.phone)?,
        bank_name: line("bankName", &change.bank_name, &before.bank_name)?,
        iban: line("iban", &change.iban, &before.iban)?
            .map(|text| iban(&text))
            .transpose()?,
        bic: line("bic", &change.bic, &before.bic)?
            .map(|text| bic(&text))
            .transpose()?,
        zero_tax_reason: line("zeroTaxReason", &change.zero_tax_reason, &before.zero_tax_reason)?,
        footer,
    })
}

/// In its one form, without spaces.
fn iban(text: &str) -> Result<String, Refusal> {
    let iban: String = text::code(text).chars().filter(|c| !c.is_whitespace()).collect();
    let iban = iban.to_uppercase();
    match has_check_digits(&iban) {
        true => Ok(iban),
        false => {
            let message = messages::iban_form();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["seller", "iban"]))
        }
    }
}

/// ISO 13616: country and check digits to the end, letters as numbers from 10 on, and 1 is left of 97.
fn has_check_digits(iban: &str) -> bool {
    let is_formed = (15..=34).contains(&iban.len())
        && iban.bytes().all(|c| c.is_ascii_alphanumeric())
        && iban.bytes().take(2).all(|c| c.is_ascii_uppercase())
        && iban.bytes().skip(2).take(2).all(|c| c.is_ascii_digit());
    let turned = || iban.chars().skip(4).chain(iban.chars().take(4));
    let rest = |rest: u32, c: char| {
        let value = c.to_digit(36).unwrap_or(0);
        (rest * if value > 9 { 100 } else { 10 } + value) % 97
    };
    is_formed && turned().fold(0, rest) == 1
}

fn bic(text: &str) -> Result<String, Refusal> {
    let bic = text::code(text).to_uppercase();
    match matches!(bic.len(), 8 | 11) && bic.bytes().all(|c| c.is_ascii_alphanumeric()) {
        true => Ok(bic),
        false => {
            let message = messages::bic_form();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["seller", "bic"]))
        }
    }
}

/// What is missing that has to stand on an invoice: the field of the API that has it, and why it is wanted.
pub fn missing(profile: &Profile, settings: &document_settings::Model) -> Vec<(&'static str, Message)> {
    let mut missing = Vec::new();
    if profile.address.as_ref().is_none_or(|address| !address.is_somewhere()) {
        missing.push(("shop.address", messages::invoice_needs_address()));
    }
    let has_number = profile.vat_number.is_some() || settings.seller.tax_number.is_some();
    if !has_number && vat::is_in_union(&profile.country) {
        missing.push(("shop.vatNumber", messages::invoice_needs_tax_number()));
    }
    missing
}

/// # Errors
/// Refuses where something is missing, and says what.
pub(super) fn require_complete(
    profile: &Profile,
    settings: &document_settings::Model,
    field: &str,
) -> Result<(), Refusal> {
    match missing(profile, settings).into_iter().next() {
        None => Ok(()),
        Some((_, why)) => Err(Refusal::new(ErrorCode::Invalid, why).at(&[field])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_has_its_check_digits() {
        assert_eq!(iban("de89 3704 0044 0532 0130 00").unwrap(), "DE89370400440532013000");
        assert!(iban("GB82 WEST 1234 5698 7654 32").is_ok());
        for wrong in [
            "DE89 3704 0044 0532 0130 01",
            "DE98 3704 0044 0532 0130 00",
            "370400440532013000",
            "DE",
        ] {
            assert!(iban(wrong).is_err(), "{wrong}");
        }
    }
}
