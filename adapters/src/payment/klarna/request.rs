//! What Klarna is asked. An order has one line, named by the order's number, or two where tax is a line of its own: the
//! port tells of no goods. Amounts are minor units, on both sides.

use serde_json::{Value, json};
use vitrine_commerce::{
    money::Money,
    ports::payment::{Capture, Charge, Refund},
};

use super::{fault::Fault, market};
use crate::payment::names;

/// The longest name of a line that it takes.
const NAME_MAX: usize = 255;

/// Rates are hundredths of a percent.
const WHOLE: i64 = 10_000;

/// Where Klarna fills in the session's id.
const SESSION_ID: &str = "{{session_id}}";

/// A session: what is to be paid, and by whom.
pub(super) fn session(charge: &Charge, shop: &str) -> Result<Value, Fault> {
    let total = positive(charge.amount)?;
    let tax = tax_of(total, charge.tax_basis_points);
    let mut asked = json!({
        "intent": "buy",
        "purchase_country": charge.country,
        "purchase_currency": charge.amount.currency.code(),
        "order_amount": total,
        "order_tax_amount": tax,
        "order_lines": lines(charge, total, tax),
        "merchant_reference1": charge.order_number,
        "merchant_reference2": names::payment(shop, charge.payment),
    });
    if let Some(locale) = locale(&charge.locale, &charge.country) {
        asked["locale"] = json!(locale);
    }
    Ok(asked)
}

/// A page of Klarna's on which the shopper agrees to it. Klarna places the order then, and holds its money: it is taken by
/// a call of ours.
pub(super) fn page(charge: &Charge, session_url: &str, webhook_url: &str) -> Value {
    let mut urls = json!({ "status_update": with_query(webhook_url, &format!("session={SESSION_ID}")) });
    let back = charge.return_url.as_str();
    if !back.is_empty() {
        urls["success"] = json!(with_query(back, "led_back=klarna"));
        // Whoever does not agree comes back to the same page, which offers other ways to pay.
        for otherwise in ["cancel", "back", "failure", "error"] {
            urls[otherwise] = json!(back);
        }
    }
    json!({
        "payment_session_url": session_url,
        "merchant_urls": urls,
        "options": { "place_order_mode": "PLACE_ORDER", "purchase_type": "BUY" },
    })
}

pub(super) fn capture(capture: &Capture) -> Result<Value, Fault> {
    Ok(json!({ "captured_amount": positive(capture.amount)?, "reference": capture.key }))
}

pub(super) fn refund(refund: &Refund, shop: &str) -> Result<Value, Fault> {
    Ok(json!({
        "refunded_amount": positive(refund.amount)?,
        "reference": names::refund(shop, refund.payment, refund.refund),
    }))
}

/// They add up to the total, and their tax to the whole tax, to the minor unit.
fn lines(charge: &Charge, total: i64, tax: i64) -> Value {
    let name: String = format!("Order {}", charge.order_number)
        .trim()
        .chars()
        .take(NAME_MAX)
        .collect();
    let apart = market::tells_tax_apart(&charge.country) && tax > 0;
    let amount = if apart { total - tax } else { total };
    let mut lines = vec![json!({
        "type": "physical", "name": name, "reference": charge.order_number, "quantity": 1,
        "unit_price": amount, "total_amount": amount, "total_discount_amount": 0,
        "tax_rate": if apart { 0 } else { charge.tax_basis_points.max(0) },
        "total_tax_amount": if apart { 0 } else { tax },
    })];
    if apart {
        lines.push(json!({
            "type": "sales_tax", "name": "Sales tax", "quantity": 1,
            "unit_price": tax, "total_amount": tax, "tax_rate": 0, "total_tax_amount": 0,
        }));
    }
    Value::Array(lines)
}

/// The tax that an amount holds, as Klarna works it out: it refuses what differs from that.
fn tax_of(total: i64, rate: i32) -> i64 {
    let (total, whole, with_tax) = (
        i128::from(total),
        i128::from(WHOLE),
        i128::from(WHOLE) + i128::from(rate.max(0)),
    );
    let net = (total * whole + with_tax / 2) / with_tax;
    i64::try_from(total - net).unwrap_or_default()
}

fn positive(amount: Money) -> Result<i64, Fault> {
    match amount.minor > 0 {
        true => Ok(amount.minor),
        false => Err(Fault::Impossible(format!(
            "Klarna cannot take {amount}: it is not positive"
        ))),
    }
}

/// As Klarna wants it, with a country: `de-DE`. What it does not know, it shows in the country's own language.
fn locale(tag: &str, country: &str) -> Option<String> {
    let language = tag.split(['-', '_']).next().filter(|language| language.len() == 2)?;
    Some(format!("{}-{country}", language.to_ascii_lowercase()))
}

fn with_query(url: &str, query: &str) -> String {
    let between = if url.contains('?') { '&' } else { '?' };
    format!("{url}{between}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::klarna::testing::{PAYMENT, SHOP, a_charge};

    fn sum(lines: &Value, of: &str) -> i64 {
        lines
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line[of].as_i64().unwrap())
            .sum()
    }

    #[test]
    fn a_session_says_whose_it_is_and_adds_up() {
        let asked = session(&a_charge(), SHOP).unwrap();
        assert_eq!(
            (&asked["order_amount"], &asked["order_tax_amount"]),
            (&json!(4999), &json!(798))
        );
        assert_eq!(
            (&asked["purchase_country"], &asked["locale"]),
            (&json!("DE"), &json!("de-DE"))
        );
        assert_eq!(asked["merchant_reference1"], "V-1001");
        assert_eq!(asked["merchant_reference2"], format!("{SHOP}:{PAYMENT}"));
        let line = &asked["order_lines"][0];
        assert_eq!(
            (&line["name"], &line["tax_rate"]),
            (&json!("Order V-1001"), &json!(1900))
        );
    }

    #[test]
    fn lines_add_up_to_the_cent_whatever_the_rate() {
        for country in ["DE", "US"] {
            for rate in [-1, 0, 1, 550, 700, 868, 1900, 2700] {
                for minor in [1, 2, 99, 100, 4999, 1_234_567] {
                    let charge = Charge {
                        amount: Money::new(minor, a_charge().amount.currency),
                        tax_basis_points: rate,
                        country: country.to_owned(),
                        ..a_charge()
                    };
                    let asked = session(&charge, SHOP).unwrap();
                    let lines = &asked["order_lines"];
                    assert_eq!(sum(lines, "total_amount"), minor, "{country} {rate} {minor}");
                    let told = asked["order_tax_amount"].as_i64().unwrap();
                    let of_lines = match country {
                        "US" => minor - lines[0]["total_amount"].as_i64().unwrap(),
                        _ => sum(lines, "total_tax_amount"),
                    };
                    assert_eq!(of_lines, told, "{country} {rate} {minor}");
                    assert!((0..=minor).contains(&told), "{country} {rate} {minor}: {told}");
                }
            }
        }
    }

    #[test]
    fn a_page_leads_back_to_the_order() {
        let asked = page(
            &a_charge(),
            "https://api.klarna.com/payments/v1/sessions/1",
            "https://shop.example.com/webhooks/klarna",
        );
        let urls = &asked["merchant_urls"];
        assert_eq!(
            urls["success"],
            "https://shop.example.com/orders/1?token=x&led_back=klarna"
        );
        assert_eq!(urls["cancel"], "https://shop.example.com/orders/1?token=x");
        let update = urls["status_update"].as_str().unwrap();
        assert_eq!(
            update,
            "https://shop.example.com/webhooks/klarna?session={{session_id}}"
        );
    }

    #[test]
    fn nothing_is_not_asked_for() {
        let nothing = Charge {
            amount: Money::new(0, a_charge().amount.currency),
            ..a_charge()
        };
        assert!(matches!(session(&nothing, SHOP), Err(Fault::Impossible(_))));
        assert_eq!(locale("fr-CH", "CH").as_deref(), Some("fr-CH"));
        assert_eq!(locale("", "DE"), None);
    }
}
