//! The rules of the section `[payment]`.

use super::{Problems, is_web};
use crate::config::{Payment, Secret};

/// In seconds. After 40 the job that waits for an answer gives it up, whoever still waits for it.
const STRIPE_TIMEOUT_MAX: u64 = 38;

/// In seconds. Within the same 40 two or three requests follow one another.
const PAYPAL_TIMEOUT_MAX: u64 = 30;

/// In seconds. Within the same 40 up to five follow one another, each of which mostly takes a part of a second.
const KLARNA_TIMEOUT_MAX: u64 = 30;

impl Payment {
    pub(super) fn check(&self, problems: &mut Problems) {
        let is_set_up = match self.provider.as_str() {
            // Without its key, orders are refused with `PAYMENT_CONFIG_MISSING`.
            "simulated" | "stripe" | "paypal" | "klarna" => true,
            "bank_transfer" => self.bank_transfer.is_some(),
            "cash_on_delivery" => self.cash_on_delivery.is_some(),
            _ => false,
        };
        problems.unless(
            is_set_up,
            "payment.provider",
            format!("cannot be `{}`", self.provider),
            "write simulated, stripe, paypal or klarna, or bank_transfer or cash_on_delivery with a section of that name",
        );
        self.check_stripe(problems);
        self.check_paypal(problems);
        self.check_klarna(problems);
        if let Some(transfer) = &self.bank_transfer {
            problems.unless(
                !transfer.instructions.trim().is_empty(),
                "payment.bank_transfer.instructions",
                "is empty".to_owned(),
                "tell shoppers which account to pay into, with {number} and {amount}",
            );
        }
        self.check_numbers(problems);
    }

    fn check_stripe(&self, problems: &mut Problems) {
        let stripe = &self.stripe;
        problems.unless(
            is_web(&stripe.api_url),
            "payment.stripe.api_url",
            "is not a web address".to_owned(),
            "remove it, or begin it with https://",
        );
        problems.unless(
            stripe.is_encrypted() || !stripe.is_live(),
            "payment.stripe.api_url",
            "would send the key of real money in clear".to_owned(),
            "begin it with https://",
        );
        // A key of the other kind is a common mistake; one that is published is a costly one.
        let may_be = |key: &Secret| is_token(key.expose()) && !key.expose().starts_with("pk_");
        problems.unless(
            stripe.secret_key.as_ref().is_none_or(may_be),
            "payment.stripe.secret_key",
            "can be none".to_owned(),
            "copy it from Stripe's dashboard: it begins with sk_ or rk_",
        );
        let may_be = |key: &String| is_token(key) && !key.starts_with("sk_") && !key.starts_with("rk_");
        problems.unless(
            stripe.publishable_key.as_ref().is_none_or(may_be),
            "payment.stripe.publishable_key",
            "is not one that may be published".to_owned(),
            "copy it from Stripe's dashboard: it begins with pk_",
        );
        problems.unless(
            stripe.webhook_secrets.iter().all(|secret| is_token(secret.expose())),
            "payment.stripe.webhook_secrets",
            "holds what is no secret".to_owned(),
            "copy it from the webhook's page in Stripe's dashboard: it begins with whsec_",
        );
    }

    fn check_paypal(&self, problems: &mut Problems) {
        let paypal = &self.paypal;
        problems.unless(
            is_web(&paypal.api_url),
            "payment.paypal.api_url",
            "is not a web address".to_owned(),
            "remove it, or write https://api-m.sandbox.paypal.com for tests",
        );
        problems.unless(
            paypal.is_encrypted() || !paypal.is_live(),
            "payment.paypal.api_url",
            "would send the secret of real money in clear".to_owned(),
            "begin it with https://",
        );
        problems.unless(
            paypal.client_id.is_some() == paypal.client_secret.is_some(),
            "payment.paypal.client_secret",
            "and `payment.paypal.client_id` are not both set".to_owned(),
            "copy both from the app in PayPal's developer dashboard",
        );
        let texts = [
            ("payment.paypal.client_id", paypal.client_id.as_deref()),
            (
                "payment.paypal.client_secret",
                paypal.client_secret.as_ref().map(|secret| secret.expose()),
            ),
            ("payment.paypal.webhook_id", paypal.webhook_id.as_deref()),
        ];
        for (key, text) in texts {
            problems.unless(
                text.is_none_or(is_token),
                key,
                "can be none".to_owned(),
                "copy it from PayPal's developer dashboard",
            );
        }
    }

    fn check_klarna(&self, problems: &mut Problems) {
        let klarna = &self.klarna;
        problems.unless(
            is_web(&klarna.api_url),
            "payment.klarna.api_url",
            "is not a web address".to_owned(),
            "remove it, or write https://api.playground.klarna.com for tests",
        );
        problems.unless(
            klarna.is_encrypted() || !klarna.is_live(),
            "payment.klarna.api_url",
            "would send the password of real money in clear".to_owned(),
            "begin it with https://",
        );
        problems.unless(
            klarna.username.is_some() == klarna.password.is_some(),
            "payment.klarna.password",
            "and `payment.klarna.username` are not both set".to_owned(),
            "copy both from the API's credentials in Klarna's portal",
        );
        let password = klarna.password.as_ref().map(|password| password.expose());
        for (key, text) in [
            ("payment.klarna.username", klarna.username.as_deref()),
            ("payment.klarna.password", password),
        ] {
            problems.unless(
                text.is_none_or(is_token),
                key,
                "can be none".to_owned(),
                "copy it from the API's credentials in Klarna's portal",
            );
        }
    }

    fn check_numbers(&self, problems: &mut Problems) {
        let hold_days = self.bank_transfer.as_ref().map_or(1, |transfer| transfer.hold_days);
        let reminder_days = self
            .on_account
            .as_ref()
            .and_then(|account| account.second_reminder_days);
        let bounds = [
            (
                "payment.on_account.second_reminder_days",
                u64::from(reminder_days.unwrap_or(1)),
                365,
            ),
            (
                "payment.settle_after_seconds",
                u64::from(self.settle_after_seconds),
                24 * 3600,
            ),
            (
                "payment.simulated.key_hours",
                u64::from(self.simulated.key_hours),
                366 * 24,
            ),
            (
                "payment.stripe.requests_per_second",
                u64::from(self.stripe.requests_per_second),
                1000,
            ),
            (
                "payment.stripe.timeout_seconds",
                self.stripe.timeout_seconds,
                STRIPE_TIMEOUT_MAX,
            ),
            (
                "payment.paypal.requests_per_second",
                u64::from(self.paypal.requests_per_second),
                1000,
            ),
            (
                "payment.paypal.timeout_seconds",
                self.paypal.timeout_seconds,
                PAYPAL_TIMEOUT_MAX,
            ),
            (
                "payment.klarna.requests_per_second",
                u64::from(self.klarna.requests_per_second),
                1000,
            ),
            (
                "payment.klarna.timeout_seconds",
                self.klarna.timeout_seconds,
                KLARNA_TIMEOUT_MAX,
            ),
            ("payment.bank_transfer.hold_days", u64::from(hold_days), 90),
        ];
        for (key, value, max) in bounds {
            problems.unless(
                (1..=max).contains(&value),
                key,
                format!("cannot be {value}"),
                "choose a positive number of ordinary size",
            );
        }
    }

    pub(super) fn check_production(&self, problems: &mut Problems) {
        problems.unless(
            self.provider != "simulated" || self.allow_simulated,
            "payment.provider",
            "takes no money, and this is production".to_owned(),
            "set `payment.allow_simulated = true` if that is meant",
        );
        problems.unless(
            self.provider != "stripe" || self.stripe.secret_key.is_some(),
            "payment.stripe.secret_key",
            "is not set, and this is production".to_owned(),
            "copy it from Stripe's dashboard, or choose another `payment.provider`",
        );
        problems.unless(
            self.provider != "paypal" || self.paypal.is_set_up(),
            "payment.paypal.client_secret",
            "is not set, and this is production".to_owned(),
            "copy it from PayPal's developer dashboard, or choose another `payment.provider`",
        );
        problems.unless(
            self.provider != "klarna" || self.klarna.is_set_up(),
            "payment.klarna.password",
            "is not set, and this is production".to_owned(),
            "copy it from Klarna's portal, or choose another `payment.provider`",
        );
    }

    pub(super) fn warnings(&self, production: bool) -> impl Iterator<Item = &'static str> {
        let stripe = &self.stripe;
        let has_key = stripe.secret_key.is_some();
        let (paypal, klarna) = (&self.paypal, &self.klarna);
        let rules = [
            (
                production && self.provider == "simulated",
                "the simulated payment provider takes no money",
            ),
            (
                self.provider == "stripe" && !has_key,
                "`payment.stripe.secret_key` is not set: no order can be paid",
            ),
            (
                production && has_key && !stripe.is_live(),
                "`payment.stripe.secret_key` is a key for tests: Stripe takes no money",
            ),
            (
                production && has_key && !stripe.is_encrypted(),
                "`payment.stripe.api_url` is not https: Stripe's key travels in clear",
            ),
            (
                has_key && stripe.webhook_secrets.is_empty(),
                "`payment.stripe.webhook_secrets` is not set: Stripe's webhooks are refused, and what happens there is seen late",
            ),
            (
                has_key && stripe.publishable_key.is_none(),
                "`payment.stripe.publishable_key` is not set: front ends must know it themselves",
            ),
            (
                self.provider == "paypal" && !paypal.is_set_up(),
                "`payment.paypal.client_secret` is not set: no order can be paid",
            ),
            (
                production && paypal.is_set_up() && !paypal.is_live(),
                "`payment.paypal.api_url` is a sandbox: PayPal takes no money",
            ),
            (
                paypal.is_set_up() && paypal.webhook_id.is_none(),
                "`payment.paypal.webhook_id` is not set: PayPal's webhooks are refused, and what happens there is seen late",
            ),
            (
                self.provider == "klarna" && !klarna.is_set_up(),
                "`payment.klarna.password` is not set: no order can be paid",
            ),
            (
                production && klarna.is_set_up() && !klarna.is_live(),
                "`payment.klarna.api_url` is a playground: Klarna takes no money",
            ),
        ];
        rules.into_iter().filter(|(applies, _)| *applies).map(|(_, text)| text)
    }
}

/// What can stand in a header.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}
