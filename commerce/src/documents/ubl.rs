//! An invoice or a credit note as OASIS's Universal Business Language, by EN 16931.

use vitrine_entity::address::Address;

use super::{
    cii::{CREDIT_NOTE, EN_16931, INVOICE, PIECE, amount, percent, price},
    trade::{Change, Line, Party, Rate, Tax, Trade},
    xml::Xml,
};
use crate::money::Money;

const COMMON: [(&str, &str); 2] = [
    (
        "xmlns:cac",
        "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    ),
    (
        "xmlns:cbc",
        "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    ),
];

/// The two documents are the same but for some names.
struct Names {
    root: &'static str,
    namespace: &'static str,
    kind: &'static str,
    code: &'static str,
    line: &'static str,
    quantity: &'static str,
}

const OF_INVOICE: Names = Names {
    root: "Invoice",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    kind: "cbc:InvoiceTypeCode",
    code: INVOICE,
    line: "cac:InvoiceLine",
    quantity: "cbc:InvoicedQuantity",
};

const OF_CREDIT_NOTE: Names = Names {
    root: "CreditNote",
    namespace: "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    kind: "cbc:CreditNoteTypeCode",
    code: CREDIT_NOTE,
    line: "cac:CreditNoteLine",
    quantity: "cbc:CreditedQuantity",
};

/// Writes it.
pub(super) fn write(trade: &Trade) -> String {
    let names = if trade.is_credit_note {
        &OF_CREDIT_NOTE
    } else {
        &OF_INVOICE
    };
    let [cac, cbc] = COMMON;
    let mut xml = Xml::begin(names.root, &[("xmlns", names.namespace), cac, cbc]);
    xml.text("cbc:CustomizationID", EN_16931);
    xml.text("cbc:ID", &trade.number);
    xml.text("cbc:IssueDate", &trade.issued_on.to_string());
    // A credit note has no place for it, and is paid back before it is written.
    if let Some(day) = trade.payment.due_on.filter(|_| !trade.is_credit_note) {
        xml.text("cbc:DueDate", &day.to_string());
    }
    xml.text(names.kind, names.code);
    xml.text("cbc:DocumentCurrencyCode", trade.currency.code());
    if let Some((currency, _)) = trade.tax_in_own_currency {
        xml.text("cbc:TaxCurrencyCode", currency.code());
    }
    xml.within("cac:OrderReference", |xml| {
        let theirs = trade.purchase_order_number.as_ref();
        xml.text("cbc:ID", theirs.unwrap_or(&trade.order_number));
        xml.text("cbc:SalesOrderID", &trade.order_number);
    });
    if let Some((number, issued_on)) = &trade.corrects {
        xml.within("cac:BillingReference", |xml| {
            xml.within("cac:InvoiceDocumentReference", |xml| {
                xml.text("cbc:ID", number);
                xml.text("cbc:IssueDate", &issued_on.to_string());
            });
        });
    }
    xml.within("cac:AccountingSupplierParty", |xml| {
        xml.within("cac:Party", |xml| party(xml, &trade.seller, true))
    });
    xml.within("cac:AccountingCustomerParty", |xml| {
        xml.within("cac:Party", |xml| party(xml, &trade.buyer, false))
    });
    delivery(&mut xml, trade);
    payment(&mut xml, trade);
    for charge in &trade.charges {
        xml.within("cac:AllowanceCharge", |xml| {
            xml.text("cbc:ChargeIndicator", "true");
            xml.text("cbc:AllowanceChargeReason", &charge.label);
            money(xml, "cbc:Amount", trade, charge.net_minor);
            xml.within("cac:TaxCategory", |xml| category(xml, trade, charge.rate));
        });
    }
    taxes(&mut xml, trade);
    xml.within("cac:LegalMonetaryTotal", |xml| sums(xml, trade));
    for (place, line) in trade.lines.iter().enumerate() {
        xml.within(names.line, |xml| write_line(xml, names, trade, place + 1, line));
    }
    xml.finish()
}

fn party(xml: &mut Xml, party: &Party, sells: bool) {
    if let Some(email) = &party.email {
        xml.text_with("cbc:EndpointID", &[("schemeID", "EM")], email);
    }
    // One of them has to name whoever sells (BR-CO-26).
    let identifier = party
        .tax_number
        .as_deref()
        .filter(|_| sells && party.vat_number.is_none());
    if let Some(number) = identifier.filter(|_| party.registration_number.is_none()) {
        xml.within("cac:PartyIdentification", |xml| xml.text("cbc:ID", number));
    }
    if let Some(place) = &party.address {
        xml.within("cac:PostalAddress", |xml| address(xml, place));
    }
    for (scheme, number) in [("VAT", &party.vat_number), ("TAX", &party.tax_number)] {
        if let Some(number) = number {
            xml.within("cac:PartyTaxScheme", |xml| {
                xml.text("cbc:CompanyID", number);
                xml.within("cac:TaxScheme", |xml| xml.text("cbc:ID", scheme));
            });
        }
    }
    xml.within("cac:PartyLegalEntity", |xml| {
        xml.text("cbc:RegistrationName", &party.name);
        xml.some("cbc:CompanyID", party.registration_number.as_deref());
        xml.some("cbc:CompanyLegalForm", party.legal_form.as_deref());
    });
    let contact = [&party.contact_name, &party.phone];
    if contact.iter().any(|text| text.is_some()) || sells && party.email.is_some() {
        xml.within("cac:Contact", |xml| {
            xml.some("cbc:Name", party.contact_name.as_deref());
            xml.some("cbc:Telephone", party.phone.as_deref());
            xml.some("cbc:ElectronicMail", party.email.as_deref());
        });
    }
}

fn address(xml: &mut Xml, address: &Address) {
    xml.some("cbc:StreetName", Some(&address.line1));
    xml.some("cbc:AdditionalStreetName", address.line2.as_deref());
    xml.some("cbc:CityName", Some(&address.city));
    xml.some("cbc:PostalZone", Some(&address.postal_code));
    xml.some("cbc:CountrySubentity", address.region.as_deref());
    xml.within("cac:Country", |xml| {
        xml.text("cbc:IdentificationCode", &address.country)
    });
}

fn delivery(xml: &mut Xml, trade: &Trade) {
    if trade.delivered_on.is_none() && trade.ship_to.is_none() {
        return;
    }
    xml.within("cac:Delivery", |xml| {
        let day = trade.delivered_on.map(|day| day.to_string());
        xml.some("cbc:ActualDeliveryDate", day.as_deref());
        if let Some(to) = &trade.ship_to {
            xml.within("cac:DeliveryLocation", |xml| {
                xml.within("cac:Address", |xml| address(xml, to))
            });
            xml.within("cac:DeliveryParty", |xml| {
                xml.within("cac:PartyName", |xml| xml.text("cbc:Name", &to.name));
            });
        }
    });
}

fn payment(xml: &mut Xml, trade: &Trade) {
    let payment = &trade.payment;
    xml.within("cac:PaymentMeans", |xml| {
        xml.text("cbc:PaymentMeansCode", &payment.means);
        xml.text("cbc:PaymentID", &trade.number);
        if let Some(iban) = &payment.iban {
            xml.within("cac:PayeeFinancialAccount", |xml| {
                xml.text("cbc:ID", iban);
                xml.some("cbc:Name", payment.account_name.as_deref());
                if let Some(bic) = &payment.bic {
                    xml.within("cac:FinancialInstitutionBranch", |xml| xml.text("cbc:ID", bic));
                }
            });
        }
    });
    if let Some(terms) = &payment.terms {
        xml.within("cac:PaymentTerms", |xml| xml.text("cbc:Note", terms));
    }
}

fn taxes(xml: &mut Xml, trade: &Trade) {
    xml.within("cac:TaxTotal", |xml| {
        money(xml, "cbc:TaxAmount", trade, trade.tax_minor());
        for tax in &trade.taxes {
            xml.within("cac:TaxSubtotal", |xml| subtotal(xml, trade, tax));
        }
    });
    if let Some((own, minor)) = trade.tax_in_own_currency {
        xml.within("cac:TaxTotal", |xml| {
            let tax = Money::new(minor, own).decimal();
            xml.text_with("cbc:TaxAmount", &[("currencyID", own.code())], &tax);
        });
    }
}

fn subtotal(xml: &mut Xml, trade: &Trade, tax: &Tax) {
    money(xml, "cbc:TaxableAmount", trade, tax.net_minor);
    money(xml, "cbc:TaxAmount", trade, tax.tax_minor);
    xml.within("cac:TaxCategory", |xml| {
        xml.text("cbc:ID", tax.rate.category.code());
        xml.text("cbc:Percent", &percent(tax.rate));
        xml.some("cbc:TaxExemptionReasonCode", tax.rate.category.reason_code());
        xml.some("cbc:TaxExemptionReason", tax.reason.as_deref());
        scheme(xml, trade);
    });
}

fn sums(xml: &mut Xml, trade: &Trade) {
    money(xml, "cbc:LineExtensionAmount", trade, trade.lines_minor());
    money(xml, "cbc:TaxExclusiveAmount", trade, trade.net_minor());
    money(xml, "cbc:TaxInclusiveAmount", trade, trade.total_minor());
    money(xml, "cbc:ChargeTotalAmount", trade, trade.charges_minor());
    money(xml, "cbc:PrepaidAmount", trade, trade.paid_minor);
    money(xml, "cbc:PayableAmount", trade, trade.due_minor());
}

fn write_line(xml: &mut Xml, names: &Names, trade: &Trade, number: usize, line: &Line) {
    let (minor, of) = price(line);
    xml.text("cbc:ID", &number.to_string());
    xml.text_with(names.quantity, &PIECE, &line.quantity.to_string());
    money(xml, "cbc:LineExtensionAmount", trade, line.net_minor);
    for change in &line.changes {
        xml.within("cac:AllowanceCharge", |xml| write_change(xml, trade, change));
    }
    xml.within("cac:Item", |xml| {
        xml.some("cbc:Description", line.description.as_deref());
        xml.text("cbc:Name", &line.name);
        if !line.sku.is_empty() {
            xml.within("cac:SellersItemIdentification", |xml| xml.text("cbc:ID", &line.sku));
        }
        xml.within("cac:ClassifiedTaxCategory", |xml| category(xml, trade, line.rate));
    });
    xml.within("cac:Price", |xml| {
        money(xml, "cbc:PriceAmount", trade, minor);
        xml.text_with("cbc:BaseQuantity", &PIECE, &of.to_string());
    });
}

fn write_change(xml: &mut Xml, trade: &Trade, change: &Change) {
    xml.text("cbc:ChargeIndicator", if change.is_charge { "true" } else { "false" });
    xml.text("cbc:AllowanceChargeReason", &change.label);
    money(xml, "cbc:Amount", trade, change.amount_minor);
}

fn category(xml: &mut Xml, trade: &Trade, rate: Rate) {
    xml.text("cbc:ID", rate.category.code());
    xml.text("cbc:Percent", &percent(rate));
    scheme(xml, trade);
}

fn scheme(xml: &mut Xml, trade: &Trade) {
    xml.within("cac:TaxScheme", |xml| xml.text("cbc:ID", trade.tax_scheme.code()));
}

fn money(xml: &mut Xml, name: &'static str, trade: &Trade, minor: i64) {
    xml.text_with(name, &[("currencyID", trade.currency.code())], &amount(trade, minor));
}
