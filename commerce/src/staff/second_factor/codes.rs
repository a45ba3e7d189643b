//! The codes that an authenticator app shows.

use totp_rs::{Builder, Totp};
use vitrine_entity::{ids::StaffMemberId, staff_second_factor};

use crate::{Fault, Result, Shop, customers::link::derive};

/// Bytes of a secret, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;

/// What a member's app makes codes of: SHA-1, six digits, thirty seconds, as every app knows it. One step of
/// another clock's is borne with.
///
/// One for each of the shop's secrets, the current one first: a factor that was set up under a secret before goes on
/// with it for as long as that is listed.
pub(super) fn generators(shop: &Shop, row: &staff_second_factor::Model) -> impl Iterator<Item = Result<Totp>> {
    let secrets = shop.settings.signing_secrets();
    secrets.map(|secret| build(shop, secret, row.staff_member_id, &row.nonce, "staff"))
}

/// What the app is told of it: the secret in base 32, and all of it as a link.
pub(super) fn shown(shop: &Shop, row: &staff_second_factor::Model, email: &str) -> Result<(String, String)> {
    let secret = &shop.settings.signing_secret;
    let totp = build(shop, secret, row.staff_member_id, &row.nonce, email)?;
    let url = totp.to_url();
    let url = url.map_err(|error| Fault::Other(format!("writing an otpauth link: {error:?}"), None))?;
    Ok((totp.secret().to_base32(), url))
}

fn build(shop: &Shop, secret: &[u8], member: StaffMemberId, nonce: &[u8], account: &str) -> Result<Totp> {
    let secret = derive(secret, "staff-second-factor:", &[member.0.as_bytes(), nonce]);
    // A colon would part issuer and account.
    let plain = |text: &str| text.replace(':', " ");
    let totp = Builder::new()
        .with_secret(secret[..SECRET_BYTES].to_vec())
        .with_account_name(plain(account))
        .with_issuer(Some(plain(&shop.profile().name)))
        .build();
    Ok(totp.map_err(|error| Fault::Other(format!("making a code's generator: {error:?}"), None))?)
}
