//! What a configuration may say of the ways to pay.

use vitrine_adapters::config::{CaptureAt, Config, Payment};

use crate::config::{SECRET, read};

#[test]
fn a_section_may_be_switched_on_and_off_by_a_variable() {
    const ON_ACCOUNT: &str = "VITRINE_PAYMENT__ON_ACCOUNT";
    const DAYS: &str = "VITRINE_PAYMENT__ON_ACCOUNT__SECOND_REMINDER_DAYS";
    let payment =
        |toml: &str, variables: &[(&str, &str)]| read(toml, variables).expect("a valid configuration").payment;
    let on = payment(
        "",
        &[(ON_ACCOUNT, "true"), ("VITRINE_PAYMENT__CASH_ON_DELIVERY", "true")],
    );
    assert!(on.on_account.is_some() && on.cash_on_delivery.is_some());
    let days = |payment: &Payment| {
        payment
            .on_account
            .as_ref()
            .and_then(|account| account.second_reminder_days)
    };
    for variables in [&[(DAYS, "9")][..], &[(ON_ACCOUNT, "true"), (DAYS, "9")]] {
        assert_eq!(days(&payment("", variables)), Some(9));
    }
    let file = "[payment.on_account]\nsecond_reminder_days = 14\n[payment.cash_on_delivery]";
    assert_eq!(days(&payment(file, &[])), Some(14));
    let off = payment(file, &[(ON_ACCOUNT, "false")]);
    assert!(off.on_account.is_none() && off.cash_on_delivery.is_some());

    for (toml, variables) in [
        ("", &[(ON_ACCOUNT, "yes")][..]),
        ("[payment.on_account]\nsecond_reminder_days = 0", &[][..]),
        ("[payment.cash_on_delivery]\nfee = 1", &[][..]),
    ] {
        let error = read(toml, variables).expect_err("not a section").to_string();
        assert!(error.contains("`payment."), "{error}");
    }
}

#[test]
fn ways_to_pay_are_set_up_by_their_sections() {
    let config = read(
        "[payment]\nprovider = 'bank_transfer'\ncapture = 'on_dispatch'\n[payment.cash_on_delivery]\n\
         [payment.bank_transfer]\ninstructions = 'Pay {amount}, naming {number}.'",
        &[
            ("VITRINE_PAYMENT__STRIPE__SECRET_KEY", "sk_live_1"),
            ("VITRINE_PAYMENT__STRIPE__WEBHOOK_SECRETS", "whsec_new, whsec_old"),
            ("VITRINE_PAYMENT__STRIPE__REQUESTS_PER_SECOND", "100"),
        ],
    )
    .expect("a valid configuration");
    let payment = config.payment;
    assert_eq!(payment.capture, CaptureAt::OnDispatch);
    assert!(payment.cash_on_delivery.is_some() && payment.stripe.is_live());
    let secrets: Vec<&str> = payment
        .stripe
        .webhook_secrets
        .iter()
        .map(|secret| secret.expose())
        .collect();
    assert_eq!(secrets, ["whsec_new", "whsec_old"]);
    assert_eq!(
        (payment.stripe.requests_per_second, payment.stripe.timeout_seconds),
        (100, 35)
    );
    assert_eq!(payment.bank_transfer.expect("a section").hold_days, 7);
}

#[test]
fn a_way_to_pay_that_cannot_work_is_refused() {
    let stripe = |line: &str| format!("[payment.stripe]\n{line}");
    for (toml, expected) in [
        (
            "[payment]\nprovider = 'sofort'".to_owned(),
            "`payment.provider` cannot be `sofort`",
        ),
        (
            "[payment]\nprovider = 'bank_transfer'".to_owned(),
            "`payment.provider` cannot be `bank_transfer`",
        ),
        ("[payment]\ncapture = 'later'".to_owned(), "at_once, on_dispatch"),
        (
            "[payment.bank_transfer]\nhold_days = 3".to_owned(),
            "`payment.bank_transfer.instructions` is missing",
        ),
        (
            "[payment.bank_transfer]\ninstructions = ' '".to_owned(),
            "`payment.bank_transfer.instructions` is empty",
        ),
        (
            "[payment.cash_on_delivery]\nfee = 3".to_owned(),
            "`payment.cash_on_delivery.fee` is not a known key",
        ),
        (
            "[payment.simulated]\nkey_hours = 0".to_owned(),
            "`payment.simulated.key_hours` cannot be 0",
        ),
        (
            stripe("secret_key = 'pk_test_1'"),
            "`payment.stripe.secret_key` can be none",
        ),
        (
            stripe("secret_key = 'sk_test_1 '"),
            "`payment.stripe.secret_key` can be none",
        ),
        (
            stripe("publishable_key = 'sk_test_1'"),
            "`payment.stripe.publishable_key` is not one that may be published",
        ),
        (
            stripe("webhook_secrets = ['']"),
            "`payment.stripe.webhook_secrets` holds what is no secret",
        ),
        (
            stripe("api_url = 'api.stripe.com'"),
            "`payment.stripe.api_url` is not a web address",
        ),
        (
            stripe("secret_key = 'sk_live_1'\napi_url = 'http://proxy'"),
            "`payment.stripe.api_url` would send the key of real money in clear",
        ),
        (
            stripe("requests_per_second = 0"),
            "`payment.stripe.requests_per_second` cannot be 0",
        ),
        (
            stripe("timeout_seconds = 39"),
            "`payment.stripe.timeout_seconds` cannot be 39",
        ),
        (
            "[payment.paypal]\nclient_id = 'a'".to_owned(),
            "`payment.paypal.client_secret` and `payment.paypal.client_id` are not both set",
        ),
        (
            "[payment.paypal]\nclient_id = 'a'\nclient_secret = 'b '".to_owned(),
            "`payment.paypal.client_secret` can be none",
        ),
        (
            "[payment.paypal]\napi_url = 'http://api-m.paypal.com'".to_owned(),
            "`payment.paypal.api_url` would send the secret of real money in clear",
        ),
        (
            "[payment.paypal]\ntimeout_seconds = 31".to_owned(),
            "`payment.paypal.timeout_seconds` cannot be 31",
        ),
        (
            "[payment.klarna]\nusername = 'a'".to_owned(),
            "`payment.klarna.password` and `payment.klarna.username` are not both set",
        ),
        (
            "[payment.klarna]\nusername = 'a'\npassword = 'b '".to_owned(),
            "`payment.klarna.password` can be none",
        ),
        (
            "[payment.klarna]\napi_url = 'http://api-na.klarna.com'".to_owned(),
            "`payment.klarna.api_url` would send the password of real money in clear",
        ),
        (
            "[payment.klarna]\ntimeout_seconds = 31".to_owned(),
            "`payment.klarna.timeout_seconds` cannot be 31",
        ),
        (
            stripe("timeout_seconds = 3600"),
            "`payment.stripe.timeout_seconds` cannot be 3600",
        ),
    ] {
        let error = Config::from_toml(&toml).expect_err(&toml).to_string();
        assert!(error.contains(expected), "`{expected}` is not in: {error}");
        assert!(!error.contains("sk_test_1") && !error.contains("sk_live_1"), "{error}");
    }
}

#[test]
fn several_servers_and_a_folder_of_pictures_are_warned_of() {
    let warned = |toml: &str| {
        let config = Config::from_toml(toml).expect("a valid configuration");
        config
            .warnings()
            .iter()
            .any(|text| text.contains("`media.store` folder"))
    };
    let redis = "[redis]\nurl = 'redis://localhost'\n";
    assert!(warned(redis) && !warned(""));
    let s3 = "[media]\nstore = 's3'\n[media.s3]\nbucket = 'b'\nregion = 'eu'\naccess_key_id = 'a'\nsecret_access_key = 's'\n";
    assert!(!warned(&format!("{redis}{s3}")));
}

#[test]
fn what_a_provider_lacks_is_told() {
    let warnings = |toml: &str| {
        Config::from_toml(toml)
            .expect("a valid configuration")
            .warnings()
            .join("\n")
    };
    assert!(warnings("[payment]\nprovider = 'stripe'").contains("no order can be paid"));
    let half = warnings("[payment.stripe]\nsecret_key = 'sk_test_1'");
    assert!(
        half.contains("webhook_secrets") && half.contains("publishable_key"),
        "{half}"
    );
    let production = warnings(&format!(
        "environment = 'production'\n[auth]\n{SECRET}\n[payment]\nprovider = 'stripe'\n[payment.stripe]\n\
         secret_key = 'sk_test_1'\napi_url = 'http://fake'"
    ));
    assert!(
        production.contains("a key for tests") && production.contains("travels in clear"),
        "{production}"
    );
    assert!(warnings("[payment]\nprovider = 'paypal'").contains("no order can be paid"));
    let sandbox = warnings(&format!(
        "environment = 'production'\n[auth]\n{SECRET}\n[payment]\nprovider = 'paypal'\n[payment.paypal]\n\
         client_id = 'a'\nclient_secret = 'b'\napi_url = 'https://api-m.sandbox.paypal.com'"
    ));
    assert!(
        sandbox.contains("is a sandbox") && sandbox.contains("webhook_id"),
        "{sandbox}"
    );
    assert!(warnings("[payment]\nprovider = 'klarna'").contains("no order can be paid"));
    let playground = warnings(&format!(
        "environment = 'production'\n[auth]\n{SECRET}\n[payment]\nprovider = 'klarna'\n[payment.klarna]\n\
         username = 'a'\npassword = 'b'\napi_url = 'https://api.playground.klarna.com'"
    ));
    assert!(playground.contains("is a playground"), "{playground}");
    assert_eq!(warnings(""), "");
}
