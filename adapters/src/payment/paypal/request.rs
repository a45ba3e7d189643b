//! What PayPal is asked.

use serde_json::{Value, json};
use vitrine_commerce::ports::payment::{Capture, Charge, Refund};

use super::{amount::Amount, fault::Fault, names};

/// The longest description that it takes.
const DESCRIPTION_MAX: usize = 127;

/// An order that the shopper is to agree to on PayPal's pages. Where the goods go is the shop's own matter.
pub(super) fn order(charge: &Charge, shop: &str) -> Result<Value, Fault> {
    let mut experience = json!({ "user_action": "PAY_NOW", "shipping_preference": "NO_SHIPPING" });
    if !charge.return_url.is_empty() {
        // Whoever does not agree comes back to the same page, which offers other ways to pay.
        experience["return_url"] = json!(charge.return_url);
        experience["cancel_url"] = json!(charge.return_url);
    }
    let mut unit = json!({
        "amount": Amount::of(charge.amount)?,
        "custom_id": names::payment(shop, charge.payment),
    });
    if !charge.order_number.is_empty() {
        unit["description"] = json!(charge.order_number.chars().take(DESCRIPTION_MAX).collect::<String>());
    }
    Ok(json!({
        "intent": if charge.capture { "CAPTURE" } else { "AUTHORIZE" },
        "purchase_units": [unit],
        "payment_source": { "paypal": { "experience_context": experience } },
    }))
}

pub(super) fn capture(capture: &Capture) -> Result<Value, Fault> {
    Ok(json!({ "amount": Amount::of(capture.amount)?, "final_capture": capture.releases_rest }))
}

pub(super) fn refund(refund: &Refund, shop: &str) -> Result<Value, Fault> {
    Ok(json!({
        "amount": Amount::of(refund.amount)?,
        "custom_id": names::refund(shop, refund.payment, refund.refund),
    }))
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::money::Money;

    use super::*;
    use crate::payment::paypal::testing::{PAYMENT, SHOP, a_charge};

    #[test]
    fn an_order_says_whose_it_is_and_where_to_come_back_to() {
        let asked = order(&a_charge(), SHOP).unwrap();
        assert_eq!(asked["intent"], "CAPTURE");
        let unit = &asked["purchase_units"][0];
        assert_eq!(unit["amount"], json!({ "currency_code": "EUR", "value": "49.99" }));
        assert_eq!(unit["custom_id"], format!("{SHOP}:{PAYMENT}"));
        assert_eq!(unit["description"], "V-1001");
        let experience = &asked["payment_source"]["paypal"]["experience_context"];
        let back = json!("https://shop.example.com/orders/1");
        assert_eq!((&experience["return_url"], &experience["cancel_url"]), (&back, &back));

        let bare = Charge {
            order_number: String::new(),
            return_url: String::new(),
            capture: false,
            ..a_charge()
        };
        let asked = order(&bare, SHOP).unwrap();
        assert_eq!(asked["intent"], "AUTHORIZE");
        assert!(asked["purchase_units"][0].get("description").is_none());
        let experience = &asked["payment_source"]["paypal"]["experience_context"];
        assert!(experience.get("return_url").is_none(), "{experience}");
    }

    #[test]
    fn what_paypal_cannot_take_is_not_asked() {
        let kuwaiti = Charge {
            amount: Money::new(5000, "KWD".parse().unwrap()),
            ..a_charge()
        };
        assert!(matches!(order(&kuwaiti, SHOP), Err(Fault::Impossible(_))));
    }
}
