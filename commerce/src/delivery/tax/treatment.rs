//! What is due of whom. Pure.

use vitrine_entity::tax_record::{TaxId, TaxIdCheck, TaxTreatment};

use super::vat::{self, is_in_union};
use crate::{
    delivery::Destination,
    language::{Message, messages},
};

/// What decides whether a buyer owes the shop tax.
#[derive(Debug, Clone)]
pub struct Buyer<'a> {
    /// Where the shop is; ISO 3166-1 alpha-2.
    pub home: &'a str,
    /// Where the goods go.
    pub to: &'a Destination,
    /// Whether the shop has any rate for that place.
    pub has_rates: bool,
    /// Whether staff have said that the customer pays no tax.
    pub is_exempt: bool,
    pub tax_id: Option<&'a TaxId>,
    /// Whether a number's form and check digits are enough where nobody was asked.
    pub form_is_enough: bool,
}

/// What is due of `buyer`.
///
/// A customer whom staff exempted owes nothing. A business of another country of the European Union owes the tax
/// there by itself, if the shop is in the Union too, the goods go to another country of it than the shop's, and the
/// number that it gave is of another country than the shop's and was accepted. What leaves for a country in which
/// the shop charges nothing is an export.
pub fn treatment(buyer: &Buyer<'_>) -> TaxTreatment {
    if buyer.is_exempt {
        TaxTreatment::Exempt
    } else if is_reverse_charged(buyer) {
        TaxTreatment::ReverseCharge
    } else if buyer.to.country != buyer.home && !buyer.has_rates {
        TaxTreatment::Export
    } else {
        TaxTreatment::Taxed
    }
}

/// What an invoice says where no tax is due.
pub fn note(treatment: TaxTreatment) -> Option<Message> {
    match treatment {
        TaxTreatment::Taxed => None,
        TaxTreatment::Exempt => Some(messages::tax_exempt()),
        TaxTreatment::ReverseCharge => Some(messages::tax_reverse_charge()),
        TaxTreatment::Export => Some(messages::tax_export()),
    }
}

/// What to tell whoever gave a number that does not save them the tax; nothing where it was accepted.
pub fn refusal_of(tax_id: &TaxId, form_is_enough: bool) -> Option<Message> {
    match tax_id.check {
        TaxIdCheck::Registered => None,
        TaxIdCheck::Form if form_is_enough => None,
        TaxIdCheck::Form => Some(messages::vat_number_unconfirmed()),
        TaxIdCheck::Unknown => Some(messages::vat_number_unknown()),
        TaxIdCheck::Unreachable => Some(messages::vat_register_away()),
    }
}

fn is_reverse_charged(buyer: &Buyer<'_>) -> bool {
    let (Some(tax_id), to) = (buyer.tax_id, territory(buyer.to)) else {
        return false;
    };
    let country = vat::read(&tax_id.number).map(|number| number.country);
    let is_foreign = country.is_ok_and(|country| country != buyer.home);
    let is_across = is_in_union(buyer.home) && is_in_union(to) && to != buyer.home;
    is_accepted(tax_id, buyer.form_is_enough) && is_foreign && is_across
}

/// Whether a number is good enough for a buyer to owe the tax by themselves.
pub fn is_accepted(tax_id: &TaxId, form_is_enough: bool) -> bool {
    refusal_of(tax_id, form_is_enough).is_none()
}

/// Whether a VAT number may say anything of what goes there: those that are read are of the European Union, and of Northern
/// Ireland.
pub fn takes_tax_id(to: &Destination) -> bool {
    is_in_union(territory(to))
}

/// For goods Northern Ireland is in the Union, though its country is not.
fn territory(to: &Destination) -> &str {
    let is_belfasts = to.postal_code.as_deref().is_some_and(|code| code.starts_with("BT"));
    match to.country.as_str() {
        "GB" if is_belfasts => "XI",
        country => country,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn told(change: impl FnOnce(&mut Buyer<'_>), number: Option<(&str, TaxIdCheck)>, to: (&str, &str)) -> TaxTreatment {
        let tax_id = number.map(|(number, check)| TaxId {
            number: number.to_owned(),
            check,
            checked_at: DateTime::UNIX_EPOCH,
        });
        let to = Destination::new(to.0, None, Some(to.1));
        let mut buyer = Buyer {
            home: "DE",
            to: &to,
            has_rates: true,
            is_exempt: false,
            tax_id: tax_id.as_ref(),
            form_is_enough: true,
        };
        change(&mut buyer);
        treatment(&buyer)
    }

    #[test]
    fn only_a_business_across_a_border_of_the_union_owes_it_by_itself() {
        use TaxIdCheck::*;
        use TaxTreatment::*;
        let vienna = ("AT", "1010");
        for (number, to, expected) in [
            (None, vienna, Taxed),
            (Some(("ATU13585627", Form)), vienna, ReverseCharge),
            (Some(("ATU13585627", Registered)), ("FR", "75001"), ReverseCharge),
            (Some(("ATU13585627", Unknown)), vienna, Taxed),
            (Some(("ATU13585627", Unreachable)), vienna, Taxed),
            (Some(("ATU13585627", Form)), ("DE", "10117"), Taxed),
            (Some(("DE136695976", Registered)), vienna, Taxed),
            (Some(("ATU13585627", Registered)), ("CH", "8001"), Taxed),
            (Some(("XI980780684", Registered)), ("GB", "bt1 5gs"), ReverseCharge),
            (Some(("XI980780684", Registered)), ("GB", "SW1A 1AA"), Taxed),
            (Some(("nonsense", Registered)), vienna, Taxed),
        ] {
            assert_eq!(told(|_| {}, number, to), expected, "{number:?} to {to:?}");
        }
        let strict = |buyer: &mut Buyer<'_>| buyer.form_is_enough = false;
        assert_eq!(told(strict, Some(("ATU13585627", Form)), vienna), Taxed);
        assert_eq!(told(strict, Some(("ATU13585627", Registered)), vienna), ReverseCharge);
        let abroad = |buyer: &mut Buyer<'_>| buyer.home = "CH";
        assert_eq!(
            told(abroad, Some(("ATU13585627", Registered)), vienna),
            Taxed,
            "the shop is not in the Union"
        );
    }

    #[test]
    fn a_number_is_asked_for_where_there_are_such() {
        for (country, code, asked) in [
            ("DE", "10117", true),
            ("GB", "bt1 5gs", true),
            ("GB", "SW1A 1AA", false),
            ("JP", "100-0001", false),
            ("US", "10001", false),
        ] {
            let to = Destination::new(country, None, Some(code));
            assert_eq!(takes_tax_id(&to), asked, "{country} {code}");
        }
    }

    #[test]
    fn who_is_exempt_and_what_is_exported() {
        assert_eq!(
            told(|buyer| buyer.is_exempt = true, None, ("DE", "10117")),
            TaxTreatment::Exempt
        );
        assert_eq!(
            told(|buyer| buyer.has_rates = false, None, ("US", "10001")),
            TaxTreatment::Export
        );
        assert_eq!(
            told(|buyer| buyer.has_rates = false, None, ("DE", "10117")),
            TaxTreatment::Taxed,
            "at home"
        );
    }
}
