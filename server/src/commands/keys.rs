//! `vitrine keys`.

use std::process::ExitCode;

use clap::Subcommand;
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{Context, Shop, customers::keys::Rotation, keyring::Key, staff::signing_keys};

use super::print;

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Lists the keys that sign and verify access tokens, oldest first.
    List,
    /// Makes the next key. It is published at once and signs an hour later; the one before verifies until its last
    /// token has expired. Nobody is signed out. (The shop does this by itself, every `auth.key_days`.)
    Rotate {
        /// For a key that others may know: the next signs at once and all others verify nothing any more. Every
        /// client refreshes its access token; nobody has to sign in again.
        #[arg(long)]
        at_once: bool,
    },
}

impl Keys {
    pub(super) async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let (shop, context) = (&booted.shop, Context::system(&booted.shop, "keys"));
        let keys = match self {
            Self::List => signing_keys::list(shop, &context).await?,
            Self::Rotate { at_once: false } => signing_keys::rotate(shop, &context, Rotation::Announced).await?,
            Self::Rotate { at_once: true } => signing_keys::rotate(shop, &context, Rotation::AtOnce).await?,
        };
        for key in &keys {
            print::line(format_args!(
                "{}  {}  from {}",
                key.id,
                state(shop, key),
                key.active_from
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn state(shop: &Shop, key: &Key) -> &'static str {
    let (keyring, now) = (shop.keyring(), shop.now());
    let lifetime = shop.settings.access_token_lifetime;
    match () {
        () if key.retired_at.is_some() => "withdrawn",
        () if keyring.signing(now).is_some_and(|signing| signing.id == key.id) => "signs    ",
        () if key.active_from > now => "announced",
        () if keyring.verifying(key.id, now, lifetime).is_some() => "verifies ",
        () => "over     ",
    }
}
