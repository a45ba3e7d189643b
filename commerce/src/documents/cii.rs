//! An invoice or a credit note as UN/CEFACT's Cross Industry Invoice, by the profile EN 16931 of Factur-X (ZUGFeRD).

use chrono::NaiveDate;
use vitrine_entity::address::Address;

use super::{
    trade::{Line, Party, Rate, Trade},
    xml::Xml,
};
use crate::money::Money;

const ROOT: [(&str, &str); 4] = [
    (
        "xmlns:rsm",
        "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    ),
    (
        "xmlns:ram",
        "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    ),
    ("xmlns:qdt", "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"),
    (
        "xmlns:udt",
        "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    ),
];

/// The profile, and UNTDID 1001's codes of an invoice and a credit note.
pub(super) const EN_16931: &str = "urn:cen.eu:en16931:2017";
pub(super) const INVOICE: &str = "380";
pub(super) const CREDIT_NOTE: &str = "381";

/// A piece (UN/ECE Recommendation 20).
pub(super) const PIECE: [(&str, &str); 1] = [("unitCode", "C62")];

/// Writes it.
pub(super) fn write(trade: &Trade) -> String {
    let mut xml = Xml::begin("rsm:CrossIndustryInvoice", &ROOT);
    xml.within("rsm:ExchangedDocumentContext", |xml| {
        xml.within("ram:GuidelineSpecifiedDocumentContextParameter", |xml| {
            xml.text("ram:ID", EN_16931)
        });
    });
    xml.within("rsm:ExchangedDocument", |xml| {
        xml.text("ram:ID", &trade.number);
        xml.text("ram:TypeCode", if trade.is_credit_note { CREDIT_NOTE } else { INVOICE });
        xml.within("ram:IssueDateTime", |xml| {
            day(xml, "udt:DateTimeString", trade.issued_on)
        });
    });
    xml.within("rsm:SupplyChainTradeTransaction", |xml| {
        for (place, line) in trade.lines.iter().enumerate() {
            xml.within("ram:IncludedSupplyChainTradeLineItem", |xml| {
                write_line(xml, trade, place + 1, line)
            });
        }
        xml.within("ram:ApplicableHeaderTradeAgreement", |xml| agreement(xml, trade));
        xml.within("ram:ApplicableHeaderTradeDelivery", |xml| delivery(xml, trade));
        xml.within("ram:ApplicableHeaderTradeSettlement", |xml| settlement(xml, trade));
    });
    xml.finish()
}

fn write_line(xml: &mut Xml, trade: &Trade, number: usize, line: &Line) {
    let quantity = &line.quantity.to_string();
    let (price, of) = price(line);
    xml.within("ram:AssociatedDocumentLineDocument", |xml| {
        xml.text("ram:LineID", &number.to_string())
    });
    xml.within("ram:SpecifiedTradeProduct", |xml| {
        xml.some("ram:SellerAssignedID", Some(&line.sku));
        xml.text("ram:Name", &line.name);
        xml.some("ram:Description", line.description.as_deref());
    });
    xml.within("ram:SpecifiedLineTradeAgreement", |xml| {
        xml.within("ram:NetPriceProductTradePrice", |xml| {
            xml.text("ram:ChargeAmount", &amount(trade, price));
            xml.text_with("ram:BasisQuantity", &PIECE, &of.to_string());
        });
    });
    xml.within("ram:SpecifiedLineTradeDelivery", |xml| {
        xml.text_with("ram:BilledQuantity", &PIECE, quantity);
    });
    xml.within("ram:SpecifiedLineTradeSettlement", |xml| {
        xml.within("ram:ApplicableTradeTax", |xml| category(xml, trade, line.rate));
        for change in &line.changes {
            xml.within("ram:SpecifiedTradeAllowanceCharge", |xml| {
                indicator(xml, change.is_charge);
                xml.text("ram:ActualAmount", &amount(trade, change.amount_minor));
                xml.text("ram:Reason", &change.label);
            });
        }
        xml.within("ram:SpecifiedTradeSettlementLineMonetarySummation", |xml| {
            xml.text("ram:LineTotalAmount", &amount(trade, line.net_minor));
        });
    });
}

/// A price and how many pieces it is for: one, or where a piece's price is none in minor units, all of them, so that nothing is
/// rounded.
pub(super) fn price(line: &Line) -> (i64, i64) {
    match line.units_minor % line.quantity.max(1) {
        0 => (line.units_minor / line.quantity.max(1), 1),
        _ => (line.units_minor, line.quantity),
    }
}

fn agreement(xml: &mut Xml, trade: &Trade) {
    xml.within("ram:SellerTradeParty", |xml| seller(xml, &trade.seller));
    xml.within("ram:BuyerTradeParty", |xml| buyer(xml, &trade.buyer));
    xml.within("ram:SellerOrderReferencedDocument", |xml| {
        xml.text("ram:IssuerAssignedID", &trade.order_number);
    });
    if let Some(number) = &trade.purchase_order_number {
        xml.within("ram:BuyerOrderReferencedDocument", |xml| {
            xml.text("ram:IssuerAssignedID", number);
        });
    }
}

fn seller(xml: &mut Xml, party: &Party) {
    // One of them has to name it (BR-CO-26).
    let identifier = party.tax_number.as_deref().filter(|_| party.vat_number.is_none());
    xml.some("ram:ID", identifier.filter(|_| party.registration_number.is_none()));
    xml.text("ram:Name", &party.name);
    xml.some("ram:Description", party.legal_form.as_deref());
    organization(xml, party);
    if party.contact_name.is_some() || party.phone.is_some() || party.email.is_some() {
        xml.within("ram:DefinedTradeContact", |xml| {
            xml.some("ram:PersonName", party.contact_name.as_deref());
            if let Some(phone) = &party.phone {
                xml.within("ram:TelephoneUniversalCommunication", |xml| {
                    xml.text("ram:CompleteNumber", phone)
                });
            }
            if let Some(email) = &party.email {
                xml.within("ram:EmailURIUniversalCommunication", |xml| xml.text("ram:URIID", email));
            }
        });
    }
    address(xml, party.address.as_ref());
    reached(xml, party);
    registrations(xml, party);
}

fn buyer(xml: &mut Xml, party: &Party) {
    xml.text("ram:Name", &party.name);
    organization(xml, party);
    if let Some(name) = &party.contact_name {
        xml.within("ram:DefinedTradeContact", |xml| xml.text("ram:PersonName", name));
    }
    address(xml, party.address.as_ref());
    reached(xml, party);
    registrations(xml, party);
}

fn organization(xml: &mut Xml, party: &Party) {
    if let Some(number) = &party.registration_number {
        xml.within("ram:SpecifiedLegalOrganization", |xml| xml.text("ram:ID", number));
    }
}

fn reached(xml: &mut Xml, party: &Party) {
    if let Some(email) = &party.email {
        xml.within("ram:URIUniversalCommunication", |xml| {
            xml.text_with("ram:URIID", &[("schemeID", "EM")], email);
        });
    }
}

fn registrations(xml: &mut Xml, party: &Party) {
    for (scheme, number) in [("VA", &party.vat_number), ("FC", &party.tax_number)] {
        if let Some(number) = number {
            xml.within("ram:SpecifiedTaxRegistration", |xml| {
                xml.text_with("ram:ID", &[("schemeID", scheme)], number);
            });
        }
    }
}

fn address(xml: &mut Xml, address: Option<&Address>) {
    let Some(address) = address else { return };
    xml.within("ram:PostalTradeAddress", |xml| {
        xml.some("ram:PostcodeCode", Some(&address.postal_code));
        xml.some("ram:LineOne", Some(&address.line1));
        xml.some("ram:LineTwo", address.line2.as_deref());
        xml.some("ram:CityName", Some(&address.city));
        xml.text("ram:CountryID", &address.country);
        xml.some("ram:CountrySubDivisionName", address.region.as_deref());
    });
}

fn delivery(xml: &mut Xml, trade: &Trade) {
    if let Some(to) = &trade.ship_to {
        xml.within("ram:ShipToTradeParty", |xml| {
            xml.some("ram:Name", Some(&to.name));
            address(xml, Some(to));
        });
    }
    if let Some(delivered_on) = trade.delivered_on {
        xml.within("ram:ActualDeliverySupplyChainEvent", |xml| {
            xml.within("ram:OccurrenceDateTime", |xml| {
                day(xml, "udt:DateTimeString", delivered_on)
            });
        });
    }
}

fn settlement(xml: &mut Xml, trade: &Trade) {
    xml.text("ram:PaymentReference", &trade.number);
    if let Some((currency, _)) = trade.tax_in_own_currency {
        xml.text("ram:TaxCurrencyCode", currency.code());
    }
    xml.text("ram:InvoiceCurrencyCode", trade.currency.code());
    xml.within("ram:SpecifiedTradeSettlementPaymentMeans", |xml| means(xml, trade));
    for tax in &trade.taxes {
        xml.within("ram:ApplicableTradeTax", |xml| {
            xml.text("ram:CalculatedAmount", &amount(trade, tax.tax_minor));
            xml.text("ram:TypeCode", trade.tax_scheme.code());
            xml.some("ram:ExemptionReason", tax.reason.as_deref());
            xml.text("ram:BasisAmount", &amount(trade, tax.net_minor));
            xml.text("ram:CategoryCode", tax.rate.category.code());
            xml.some("ram:ExemptionReasonCode", tax.rate.category.reason_code());
            xml.text("ram:RateApplicablePercent", &percent(tax.rate));
        });
    }
    for charge in &trade.charges {
        xml.within("ram:SpecifiedTradeAllowanceCharge", |xml| {
            indicator(xml, true);
            xml.text("ram:ActualAmount", &amount(trade, charge.net_minor));
            xml.text("ram:Reason", &charge.label);
            xml.within("ram:CategoryTradeTax", |xml| category(xml, trade, charge.rate));
        });
    }
    if trade.payment.terms.is_some() || trade.payment.due_on.is_some() {
        xml.within("ram:SpecifiedTradePaymentTerms", |xml| {
            xml.some("ram:Description", trade.payment.terms.as_deref());
            if let Some(due_on) = trade.payment.due_on {
                xml.within("ram:DueDateDateTime", |xml| day(xml, "udt:DateTimeString", due_on));
            }
        });
    }
    xml.within("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |xml| {
        sums(xml, trade)
    });
    if let Some((number, issued_on)) = &trade.corrects {
        xml.within("ram:InvoiceReferencedDocument", |xml| {
            xml.text("ram:IssuerAssignedID", number);
            xml.within("ram:FormattedIssueDateTime", |xml| {
                day(xml, "qdt:DateTimeString", *issued_on)
            });
        });
    }
}

fn means(xml: &mut Xml, trade: &Trade) {
    let payment = &trade.payment;
    xml.text("ram:TypeCode", &payment.means);
    if let Some(iban) = &payment.iban {
        xml.within("ram:PayeePartyCreditorFinancialAccount", |xml| {
            xml.text("ram:IBANID", iban);
            xml.some("ram:AccountName", payment.account_name.as_deref());
        });
    }
    if let Some(bic) = &payment.bic {
        xml.within("ram:PayeeSpecifiedCreditorFinancialInstitution", |xml| {
            xml.text("ram:BICID", bic)
        });
    }
}

fn sums(xml: &mut Xml, trade: &Trade) {
    let currency = [("currencyID", trade.currency.code())];
    xml.text("ram:LineTotalAmount", &amount(trade, trade.lines_minor()));
    xml.text("ram:ChargeTotalAmount", &amount(trade, trade.charges_minor()));
    xml.text("ram:TaxBasisTotalAmount", &amount(trade, trade.net_minor()));
    xml.text_with("ram:TaxTotalAmount", &currency, &amount(trade, trade.tax_minor()));
    if let Some((own, minor)) = trade.tax_in_own_currency {
        let tax = Money::new(minor, own).decimal();
        xml.text_with("ram:TaxTotalAmount", &[("currencyID", own.code())], &tax);
    }
    xml.text("ram:GrandTotalAmount", &amount(trade, trade.total_minor()));
    xml.text("ram:TotalPrepaidAmount", &amount(trade, trade.paid_minor));
    xml.text("ram:DuePayableAmount", &amount(trade, trade.due_minor()));
}

fn category(xml: &mut Xml, trade: &Trade, rate: Rate) {
    xml.text("ram:TypeCode", trade.tax_scheme.code());
    xml.text("ram:CategoryCode", rate.category.code());
    xml.text("ram:RateApplicablePercent", &percent(rate));
}

fn indicator(xml: &mut Xml, is_charge: bool) {
    xml.within("ram:ChargeIndicator", |xml| {
        xml.text("udt:Indicator", if is_charge { "true" } else { "false" });
    });
}

/// CCYYMMDD.
fn day(xml: &mut Xml, name: &'static str, day: NaiveDate) {
    xml.text_with(name, &[("format", "102")], &day.format("%Y%m%d").to_string());
}

pub(super) fn amount(trade: &Trade, minor: i64) -> String {
    Money::new(minor, trade.currency).decimal()
}

pub(super) fn percent(rate: Rate) -> String {
    format!("{}.{:02}", rate.basis_points / 100, rate.basis_points % 100)
}
