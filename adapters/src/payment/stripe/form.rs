//! What Stripe is asked, as the forms that it takes.

use std::borrow::Cow;

use vitrine_commerce::ports::payment::{Capture, Charge, NewCustomer, Refund};

use super::{amount, fault::Fault};

/// Names, in Stripe's brackets, with their values.
pub(super) type Form = Vec<(&'static str, String)>;

/// Without it, an intent names its charge only, and what was paid back stays hidden.
const WITH_CHARGE: (&str, &str) = ("expand[]", "latest_charge");

const REQUEST_PARTS: &str = "payment_method_options[card][request_multicapture]";

/// An intent that is confirmed at once. Which of `methods` may be used is up to the shopper; where
/// none are listed, those that are chosen in Stripe's dashboard. With `in_parts`, what is held on a card is to be captured in
/// parts where the card allows it.
pub(super) fn charge(charge: &Charge, shop: &str, methods: &[String], in_parts: bool) -> Result<Form, Fault> {
    if charge.method_token.is_empty() {
        return Err(Fault::Impossible("it names no means of payment".to_owned()));
    }
    let capture_method = if charge.capture { "automatic" } else { "manual" };
    let mut form = vec![
        ("amount", amount::to_stripe(charge.amount)?.to_string()),
        ("currency", charge.amount.currency.code().to_ascii_lowercase()),
        ("confirm", "true".to_owned()),
        ("capture_method", capture_method.to_owned()),
        ("metadata[vitrine_shop]", shop.to_owned()),
        ("metadata[vitrine_payment]", charge.payment.to_string()),
        with_charge(),
    ];
    form.extend(means(&charge.method_token));
    if charge.saves_method {
        form.push(("setup_future_usage", "on_session".to_owned()));
    }
    form.extend(charge.customer.iter().map(|customer| ("customer", customer.clone())));
    let kinds = kinds(charge, methods);
    form.extend(kinds.iter().map(|kind| ("payment_method_types[]", kind.clone())));
    let takes_cards = methods.is_empty() || methods.iter().any(|kind| kind == "card");
    if in_parts && takes_cards && !charge.capture {
        form.push((REQUEST_PARTS, "if_available".to_owned()));
    }
    // A card's second factor is asked for on the shop's own page, by Stripe's library.
    let may_lead_away = *kinds != ["card"];
    let optional = [
        ("metadata[vitrine_order_number]", Some(&charge.order_number)),
        ("return_url", Some(&charge.return_url).filter(|_| may_lead_away)),
    ];
    // An empty value would mean "take it away".
    let given = optional.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let given = given.filter(|(_, value)| !value.is_empty());
    form.extend(given.map(|(name, value)| (name, value.clone())));
    Ok(form)
}

pub(super) fn capture(capture: &Capture) -> Result<Form, Fault> {
    let amount = amount::to_stripe(capture.amount)?;
    let mut form = vec![("amount_to_capture", amount.to_string()), with_charge()];
    if !capture.releases_rest {
        form.push(("final_capture", "false".to_owned()));
    }
    Ok(form)
}

pub(super) fn void() -> Form {
    vec![with_charge()]
}

pub(super) fn refund(refund: &Refund, shop: &str) -> Result<Form, Fault> {
    Ok(vec![
        ("payment_intent", refund.reference.clone()),
        ("amount", amount::to_stripe(refund.amount)?.to_string()),
        ("metadata[vitrine_shop]", shop.to_owned()),
        ("metadata[vitrine_refund]", refund.refund.to_string()),
        ("metadata[vitrine_payment]", refund.payment.to_string()),
    ])
}

pub(super) fn with_charge() -> (&'static str, String) {
    (WITH_CHARGE.0, WITH_CHARGE.1.to_owned())
}

/// Which kinds of means the intent allows; none where they are those of Stripe's dashboard.
fn kinds<'kinds>(charge: &Charge, methods: &'kinds [String]) -> Cow<'kinds, [String]> {
    match &*charge.method_token {
        // It says by itself of which kind it is.
        token if token.starts_with("ctoken_") => Cow::Borrowed(&[]),
        // Some kinds can't be saved, and an intent that allows one of them would be refused.
        _ if charge.customer.is_some() => Cow::Owned(vec!["card".to_owned()]),
        _ => Cow::Borrowed(methods),
    }
}

/// A customer in whose name nothing stands but ours: neither name nor mail address.
pub(super) fn customer(new: &NewCustomer, shop: &str) -> Form {
    vec![
        ("metadata[vitrine_shop]", shop.to_owned()),
        ("metadata[vitrine_customer]", new.customer.to_string()),
    ]
}

/// A payment method, or one of the two kinds of token that Stripe's libraries make.
fn means(token: &str) -> Form {
    if token.starts_with("tok_") {
        return vec![
            ("payment_method_data[type]", "card".to_owned()),
            ("payment_method_data[card][token]", token.to_owned()),
        ];
    }
    let name = match token.starts_with("ctoken_") {
        true => "confirmation_token",
        false => "payment_method",
    };
    vec![(name, token.to_owned())]
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::money::{Currency, Money};
    use vitrine_entity::ids::{PaymentId, RefundId};

    use super::*;
    use crate::payment::stripe::testing::{SHOP, a_charge};

    fn cards() -> Vec<String> {
        vec!["card".to_owned()]
    }

    fn value<'form>(form: &'form Form, name: &str) -> Option<&'form str> {
        let mut found = form.iter().filter(|(given, _)| *given == name);
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "{name} twice");
        first.map(|(_, value)| value.as_str())
    }

    #[test]
    fn a_charge_says_who_asks_for_it() {
        let form = charge(&a_charge(), SHOP, &cards(), false).unwrap();
        let payment = PaymentId(uuid::Uuid::from_u128(7)).to_string();
        for (name, expected) in [
            ("amount", "4999"),
            ("currency", "eur"),
            ("confirm", "true"),
            ("capture_method", "automatic"),
            ("payment_method", "pm_card_visa"),
            ("payment_method_types[]", "card"),
            ("metadata[vitrine_order_number]", "V-1001"),
            ("metadata[vitrine_shop]", SHOP),
            ("metadata[vitrine_payment]", &payment),
            ("expand[]", "latest_charge"),
        ] {
            assert_eq!(value(&form, name), Some(expected), "{name}");
        }
    }

    #[test]
    fn a_token_is_sent_as_what_it_is() {
        for (token, name) in [
            ("pm_1", "payment_method"),
            ("src_1", "payment_method"),
            ("tok_visa", "payment_method_data[card][token]"),
            ("ctoken_1", "confirmation_token"),
        ] {
            let form = means(token);
            assert_eq!(value(&form, name), Some(token));
            assert_eq!(form.len() == 2, token.starts_with("tok_"), "{form:?}");
        }
        let without = Charge {
            method_token: String::new(),
            ..a_charge()
        };
        assert!(matches!(
            charge(&without, SHOP, &cards(), false),
            Err(Fault::Impossible(_))
        ));
    }

    #[test]
    fn what_may_lead_to_another_page_says_where_to_come_back_to() {
        let klarna = ["card".to_owned(), "klarna".to_owned()];
        for methods in [&[] as &[String], &klarna] {
            let form = charge(&a_charge(), SHOP, methods, false).unwrap();
            assert_eq!(value(&form, "return_url"), Some("https://shop.example.com/orders/1"));
            let kinds = form.iter().filter(|(name, _)| *name == "payment_method_types[]");
            assert_eq!(kinds.count(), methods.len());
        }
        assert_eq!(
            value(&charge(&a_charge(), SHOP, &cards(), false).unwrap(), "return_url"),
            None
        );
        // Of which kind it is, only Stripe knows.
        let confirmed = Charge {
            method_token: "ctoken_1".to_owned(),
            ..a_charge()
        };
        let form = charge(&confirmed, SHOP, &cards(), false).unwrap();
        assert!(value(&form, "return_url").is_some());
        assert_eq!(value(&form, "payment_method_types[]"), None);
    }

    #[test]
    fn what_is_saved_is_a_card_of_a_customer_who_is_there() {
        let saving = Charge {
            customer: Some("cus_1".to_owned()),
            saves_method: true,
            ..a_charge()
        };
        let klarna = ["card".to_owned(), "klarna".to_owned()];
        let form = charge(&saving, SHOP, &klarna, false).unwrap();
        for (name, expected) in [
            ("customer", Some("cus_1")),
            ("setup_future_usage", Some("on_session")),
            ("payment_method_types[]", Some("card")),
            ("off_session", None),
        ] {
            assert_eq!(value(&form, name), expected, "{name}");
        }
        // Used again, it is saved already.
        let used = Charge {
            saves_method: false,
            ..saving
        };
        let form = charge(&used, SHOP, &cards(), false).unwrap();
        assert_eq!(value(&form, "customer"), Some("cus_1"));
        assert_eq!(value(&form, "setup_future_usage"), None);
        assert_eq!(
            value(&charge(&a_charge(), SHOP, &cards(), false).unwrap(), "customer"),
            None
        );
    }

    #[test]
    fn what_is_empty_is_not_sent() {
        let bare = Charge {
            order_number: String::new(),
            return_url: String::new(),
            capture: false,
            ..a_charge()
        };
        let form = charge(&bare, SHOP, &[], false).unwrap();
        assert_eq!(value(&form, "metadata[vitrine_order_number]"), None);
        assert_eq!(value(&form, "return_url"), None);
        assert_eq!(value(&form, "capture_method"), Some("manual"));
    }

    #[test]
    fn a_refund_names_both_of_our_rows() {
        let asked = Refund {
            refund: RefundId(uuid::Uuid::from_u128(8)),
            payment: PaymentId(uuid::Uuid::from_u128(7)),
            reference: "pi_1".to_owned(),
            key: "rfd_1".to_owned(),
            amount: Money::new(1000, Currency::EUR),
        };
        let form = refund(&asked, SHOP).unwrap();
        assert_eq!(value(&form, "payment_intent"), Some("pi_1"));
        assert_eq!(value(&form, "amount"), Some("1000"));
        assert_eq!(value(&form, "metadata[vitrine_shop]"), Some(SHOP));
        assert_eq!(
            value(&form, "metadata[vitrine_refund]"),
            Some(asked.refund.to_string().as_str())
        );
        assert_eq!(
            value(&form, "metadata[vitrine_payment]"),
            Some(asked.payment.to_string().as_str())
        );
    }
}
