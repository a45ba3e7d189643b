//! What no output may show, whoever wrote the message that it stands in.

use super::{Config, Secret};

/// What is shorter stands in words by chance.
const LENGTH_MIN: usize = 6;

impl Config {
    /// Every secret that is set.
    pub fn secrets(&self) -> Vec<&Secret> {
        let mut secrets = vec![&self.database.url];
        secrets.extend(&self.database.replicas);
        secrets.extend(self.redis.as_ref().map(|redis| &redis.url));
        secrets.extend(
            self.search
                .meilisearch
                .as_ref()
                .and_then(|engine| engine.api_key.as_ref()),
        );
        secrets.extend(self.mail.smtp.as_ref().and_then(|smtp| smtp.password.as_ref()));
        secrets.extend(self.sms.twilio.as_ref().map(|twilio| &twilio.auth_token));
        secrets.extend(&self.auth.signing_secret);
        secrets.extend(&self.auth.signing_secrets_previous);
        secrets.extend(
            self.auth
                .oidc
                .iter()
                .filter_map(|provider| provider.client_secret.as_ref()),
        );
        secrets.extend(&self.payment.simulated.webhook_secret);
        secrets.extend(&self.payment.stripe.secret_key);
        secrets.extend(&self.payment.stripe.webhook_secrets);
        secrets.extend(&self.payment.paypal.client_secret);
        secrets.extend(&self.payment.klarna.password);
        secrets.extend(self.carriers.iter().flat_map(|carrier| &carrier.webhook_secrets));
        secrets.extend(&self.telemetry.otlp_headers);
        secrets.extend(&self.legacy.token);
        for store in [&self.media.s3, &self.backup.s3].into_iter().flatten() {
            secrets.extend([&store.access_key_id, &store.secret_access_key]);
        }
        secrets
    }

    /// A text without them. The address of an SQLite database holds none.
    pub fn without_secrets(&self, text: &str) -> String {
        let secrets = self.secrets().into_iter().map(Secret::expose);
        let hidden = secrets.filter(|secret| secret.len() >= LENGTH_MIN && !secret.starts_with("sqlite:"));
        hidden.fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}
