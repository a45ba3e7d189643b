//! Who takes payment.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use anyhow::Context;
use chrono::TimeDelta;
use hmac::{Hmac, Mac};
use sea_orm::DatabaseConnection;
use sha2::Sha256;
use vitrine_commerce::ports::PaymentProvider;

use super::{Outside, database, installation};
use crate::{
    config::{Config, Environment},
    payment::{
        klarna::KlarnaProvider,
        manual::{BankTransferProvider, PromisedProvider},
        paypal::PayPalProvider,
        simulated::{SimulatedProvider, SimulatedSettings},
        stripe::StripeProvider,
    },
};

/// The connections of the simulated provider, which is somebody else.
const BOOKS_CONNECTIONS: u32 = 4;

/// The providers by name, and the simulated one itself, where there is one.
pub(super) struct Providers {
    pub(super) by_name: BTreeMap<&'static str, Arc<dyn PaymentProvider>>,
    pub(super) simulated: Option<Arc<SimulatedProvider>>,
}

pub(super) async fn providers(
    config: &Config,
    db: &DatabaseConnection,
    outside: &Outside,
    signing_secret: &[u8],
) -> anyhow::Result<Providers> {
    let payment = &config.payment;
    let installation = installation::find_or_make(db, outside).await?;
    let mut providers: Vec<Arc<dyn PaymentProvider>> = Vec::new();
    let simulated = match payment.provider == "simulated" || config.environment == Environment::Development {
        true => Some(simulated(config, db, outside, signing_secret).await?),
        false => None,
    };
    providers.extend(simulated.clone().map(|simulated| simulated as Arc<dyn PaymentProvider>));
    if payment.stripe.secret_key.is_some() {
        let stripe = StripeProvider::new(&payment.stripe, installation, outside.clock.clone());
        providers.push(Arc::new(stripe.context("reading `payment.stripe`")?));
    }
    if payment.paypal.is_set_up() {
        let paypal = PayPalProvider::new(&payment.paypal, installation, outside.clock.clone());
        providers.push(Arc::new(paypal.context("reading `payment.paypal`")?));
    }
    if payment.klarna.is_set_up() {
        let (public_url, clock) = (config.public_url(), outside.clock.clone());
        let klarna = KlarnaProvider::new(&payment.klarna, &public_url, installation, clock);
        providers.push(Arc::new(klarna.context("reading `payment.klarna`")?));
    }
    if let Some(transfer) = &payment.bank_transfer {
        providers.push(Arc::new(BankTransferProvider::new(transfer.instructions.clone())));
    }
    if payment.cash_on_delivery.is_some() {
        providers.push(Arc::new(PromisedProvider::cash_on_delivery()));
    }
    if payment.on_account.is_some() {
        providers.push(Arc::new(PromisedProvider::on_account()));
    }
    let wrapped = providers.into_iter().map(|provider| match &outside.wrap_provider {
        Some(wrap) => wrap(provider),
        None => provider,
    });
    Ok(Providers {
        by_name: wrapped.map(|provider| (provider.name(), provider)).collect(),
        simulated,
    })
}

/// How long goods are held for an unpaid order, where that is longer than usual.
pub(super) fn holds(config: &Config) -> BTreeMap<String, TimeDelta> {
    let transfer = config.payment.bank_transfer.as_ref();
    let hold = transfer.map(|transfer| ("bank_transfer".to_owned(), TimeDelta::days(transfer.hold_days.into())));
    hold.into_iter().collect()
}

/// How long after the first reminder of what is late there is a second.
pub(super) fn second_reminder(config: &Config) -> Option<TimeDelta> {
    let days = config.payment.on_account.as_ref()?.second_reminder_days?;
    Some(TimeDelta::days(days.into()))
}

async fn simulated(
    config: &Config,
    db: &DatabaseConnection,
    outside: &Outside,
    signing_secret: &[u8],
) -> anyhow::Result<Arc<SimulatedProvider>> {
    let simulated = &config.payment.simulated;
    let webhook_secret = match &simulated.webhook_secret {
        Some(secret) => secret.expose().as_bytes().to_vec(),
        None => derive(signing_secret, b"the simulated provider's webhooks"),
    };
    let settings = SimulatedSettings {
        public_url: config.public_url(),
        slow: Duration::from_secs(simulated.slow_seconds),
        pending: TimeDelta::seconds(simulated.pending_seconds.into()),
        key_hours: simulated.key_hours,
        webhook_secret,
    };
    let books = database::open_beside(config, db, BOOKS_CONNECTIONS).await?;
    Ok(Arc::new(SimulatedProvider::new(
        books,
        outside.clock.clone(),
        outside.ids.clone(),
        settings,
    )))
}

/// A secret for one purpose, from which the one that it was made of cannot be found.
pub(super) fn derive(secret: &[u8], purpose: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(purpose);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use crate::boot::boot_with;

    use super::*;

    const EVERYONE: &str = "[payment.stripe]\nsecret_key = 'sk_test_1'\n\
        [payment.paypal]\nclient_id = 'a'\nclient_secret = 'b'\n\
        [payment.klarna]\nusername = 'a'\npassword = 'b'\n[payment.cash_on_delivery]\n\
        [payment.bank_transfer]\ninstructions = 'Pay {amount}, naming {number}.'\nhold_days = 9\n";

    const PRODUCTION: &str = "environment = 'production'\n[auth]\n\
        signing_secret = 'a-secret-of-thirty-two-bytes-or-so'\n[payment]\nprovider = 'stripe'\n\
        capture = 'on_dispatch'\n[payment.stripe]\nsecret_key = 'sk_test_1'\n";

    async fn booted(toml: &str, outside: Outside) -> crate::boot::Booted {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::from_toml(toml).unwrap();
        config.database.url = crate::config::Secret::new("sqlite::memory:");
        config.auth.key_file = folder.path().join("signing.key");
        config.mail.folder = folder.path().join("mail");
        boot_with(&config, outside).await.unwrap()
    }

    fn names(booted: &crate::boot::Booted) -> Vec<&'static str> {
        booted.shop.payment_providers.keys().copied().collect()
    }

    #[tokio::test]
    async fn everyone_who_is_set_up_takes_payment() {
        let nothing = booted("", Outside::default()).await;
        assert_eq!(names(&nothing), ["simulated"]);
        let everyone = booted(EVERYONE, Outside::default()).await;
        assert_eq!(
            names(&everyone),
            [
                "bank_transfer",
                "cash_on_delivery",
                "klarna",
                "paypal",
                "simulated",
                "stripe"
            ]
        );
        let settings = &everyone.shop.settings;
        assert_eq!(settings.hold("bank_transfer"), TimeDelta::days(9));
        assert_eq!(settings.hold("stripe"), settings.reservation);
        assert!(!settings.capture_on_dispatch && everyone.simulated.is_some());
    }

    #[tokio::test]
    async fn production_has_no_simulated_provider_beside_a_real_one() {
        let production = booted(PRODUCTION, Outside::default()).await;
        assert_eq!(names(&production), ["stripe"]);
        assert!(production.simulated.is_none() && production.shop.settings.capture_on_dispatch);
    }

    #[tokio::test]
    async fn a_test_can_stand_between() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let noted = seen.clone();
        let outside = Outside {
            wrap_provider: Some(Arc::new(move |provider: Arc<dyn PaymentProvider>| {
                noted.lock().unwrap().push(provider.name());
                Arc::new(PromisedProvider::cash_on_delivery())
            })),
            ..Outside::default()
        };
        let wrapped = booted("", outside).await;
        assert_eq!(names(&wrapped), ["cash_on_delivery"]);
        assert_eq!(*seen.lock().unwrap(), ["simulated"]);
    }
}
