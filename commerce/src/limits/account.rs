//! What is counted by the account that it is about, whether or not there is such an account.
//!
//! A flood of passwords on one account does not keep its owner out: the first tries of an address at an account are
//! looked at whatever others do, and a right password forgets the wrong ones before it.

use std::net::IpAddr;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::{
    address::{network, site},
    policy::{
        ACCOUNT, ACCOUNT_FREE_FROM_SITE, ACCOUNT_FROM_ADDRESS, ACCOUNT_TRIES_FREE, Kind, MAILS_FROM_SITE,
        MAILS_OF_ACCOUNT, rule_of,
    },
    take::{scaled, take_one},
};
use crate::{Context, Refusal, Shop};

/// A password that is tried at an account.
pub struct Attempt {
    /// What counts the tries of this address at this account.
    key: Option<String>,
}

/// Counts a password that is tried at the account of `email`, before it is looked at.
///
/// # Errors
/// `RATE_LIMITED`.
pub async fn attempt(shop: &Shop, context: &Context, email: &str) -> Result<Attempt, Refusal> {
    let account = named(shop, email);
    let Some(address) = context.client_address else {
        take_one(shop, format!("account:{account}"), ACCOUNT).await?;
        return Ok(Attempt { key: None });
    };
    let key = format!("account:{account}:{}", network(address));
    let standing = take_one(shop, key.clone(), ACCOUNT_FROM_ADDRESS).await?;
    let free_until = scaled(shop, ACCOUNT_FROM_ADDRESS)
        .burst
        .saturating_sub(ACCOUNT_TRIES_FREE);
    let is_free = standing.is_some_and(|standing| standing.remaining >= free_until);
    if !is_free || !is_free_from_site(shop, &account, address).await {
        take_one(shop, format!("account:{account}"), ACCOUNT).await?;
    }
    Ok(Attempt { key: Some(key) })
}

/// Whoever has a great many addresses has a few free tries all the same.
async fn is_free_from_site(shop: &Shop, account: &str, address: IpAddr) -> bool {
    let site = site(address);
    if site.is_ipv4() {
        return true;
    }
    let key = format!("account:{account}:site:{site}");
    take_one(shop, key, ACCOUNT_FREE_FROM_SITE).await.is_ok()
}

impl Attempt {
    /// The password was right.
    pub async fn succeeded(self, shop: &Shop) {
        if let Some(key) = self.key {
            shop.rate_limiter.forget(&[key]).await;
        }
    }
}

/// Counts a mail of a kind that somebody asks the shop to send to `email`.
///
/// # Errors
/// `RATE_LIMITED`.
pub async fn mail(shop: &Shop, kind: Kind, email: &str) -> Result<(), Refusal> {
    let key = format!("mail:{}:{}", rule_of(kind).name, named(shop, email));
    take_one(shop, key, MAILS_OF_ACCOUNT).await.map(drop)
}

/// Whether whoever asks may have one more mail of a kind sent to `email`. Each counts by themselves: a stranger who uses
/// up what is theirs does not keep its owner from asking. How many it is sent in all is the caller's to bound.
pub async fn may_ask_for_mail(shop: &Shop, context: &Context, kind: Kind, email: &str) -> bool {
    let from = context
        .client_address
        .map_or_else(|| "unknown".to_owned(), |address| site(address).to_string());
    let key = format!("mail:{}:{}:{from}", rule_of(kind).name, named(shop, email));
    take_one(shop, key, MAILS_FROM_SITE).await.is_ok()
}

/// An address as it stands in a key: nobody reads it there.
fn named(shop: &Shop, email: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&shop.settings.signing_secret).expect("HMAC takes a key of any length");
    mac.update(b"limits:");
    mac.update(email.trim().to_lowercase().as_bytes());
    let bytes = mac.finalize().into_bytes();
    bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
