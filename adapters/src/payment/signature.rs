//! How webhooks are signed, by Stripe, by the simulated provider and by carriers in the shop's own form alike: HMAC-SHA-256 over the time
//! and the raw body, in a header `t=<unix seconds>,v1=<hex>`.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use vitrine_commerce::ports::payment::WebhookError;

/// How old a signature may be, and how far in the future, when clocks differ.
const AGE_MAX: TimeDelta = TimeDelta::seconds(300);
const AHEAD_MAX: TimeDelta = TimeDelta::seconds(60);

/// Accepts a signature by any of `secrets`: there are several while one is replaced.
///
/// # Errors
/// When there is none, or it was made too long ago, or in the future.
pub(crate) fn verify<'secrets>(
    secrets: impl Iterator<Item = &'secrets [u8]> + Clone,
    headers: &HashMap<String, String>,
    header: &str,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(), WebhookError> {
    let header = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(header))
        .map(|(_, value)| value.as_str())
        .ok_or(WebhookError::Signature)?;
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let (_, time) = parts().find(|(name, _)| *name == "t").ok_or(WebhookError::Signature)?;
    let signatures = parts()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, text)| unhex(text));
    // `verify_slice` takes the same time for every wrong signature.
    let is_signed = |signature: Vec<u8>| {
        let by = |secret: &[u8]| mac(secret, time, body).verify_slice(&signature).is_ok();
        secrets.clone().any(by)
    };
    if !signatures.into_iter().any(is_signed) {
        return Err(WebhookError::Signature);
    }
    let sent_at = time.parse().ok().and_then(|time| DateTime::from_timestamp(time, 0));
    let sent_at = sent_at.ok_or(WebhookError::Timestamp)?;
    match now - sent_at > AGE_MAX || sent_at - now > AHEAD_MAX {
        true => Err(WebhookError::Timestamp),
        false => Ok(()),
    }
}

/// The header's value for a body that is sent now.
pub(crate) fn sign(secret: &[u8], body: &[u8], now: DateTime<Utc>) -> String {
    let time = now.timestamp();
    let signature = mac(secret, &time.to_string(), body).finalize().into_bytes();
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={time},v1={hex}")
}

fn mac(secret: &[u8], time: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    mac
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    bytes
        .chunks(2)
        .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_790_000_000;
    const BODY: &[u8] = br#"{"id": "evt_1", "name": "caf\u00e9"}"#;

    fn sign(secret: &str, time: i64, body: &[u8]) -> String {
        let header = super::sign(secret.as_bytes(), body, DateTime::from_timestamp(time, 0).unwrap());
        header.rsplit('=').next().unwrap().to_owned()
    }

    fn check(header: &str, body: &[u8]) -> Result<(), WebhookError> {
        let secrets = [b"whsec_new".as_slice(), b"whsec_old"];
        let headers = HashMap::from([("Stripe-Signature".to_owned(), header.to_owned())]);
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        verify(secrets.into_iter(), &headers, "stripe-signature", body, now)
    }

    fn header(secret: &str, time: i64) -> String {
        format!("t={time},v1={}", sign(secret, time, BODY))
    }

    /// Made by Stripe's own library, `stripe.WebhookSignature`, for this secret, time and body.
    #[test]
    fn it_is_the_signature_that_stripe_makes() {
        assert_eq!(sign("whsec_new", NOW, BODY), RECORDED);
    }

    #[test]
    fn any_of_the_secrets_may_have_signed() {
        assert!(check(&header("whsec_new", NOW), BODY).is_ok());
        assert!(check(&header("whsec_old", NOW), BODY).is_ok());
        assert!(matches!(
            check(&header("whsec_other", NOW), BODY),
            Err(WebhookError::Signature)
        ));
        let both = format!(
            "t={NOW},v1={},v1={},v0=00",
            sign("x", NOW, BODY),
            sign("whsec_old", NOW, BODY)
        );
        assert!(check(&both, BODY).is_ok());
    }

    #[test]
    fn nothing_that_was_signed_may_be_changed() {
        let good = header("whsec_new", NOW);
        let later = good.replace(&format!("t={NOW}"), &format!("t={}", NOW + 1));
        let other_scheme = good.replace("v1=", "v0=");
        let shorter = &good[..good.len() - 2];
        for tampered in [
            later.as_str(),
            &other_scheme,
            shorter,
            "",
            "t=,v1=",
            "v1=00",
            &format!("t={NOW}"),
            "t=1,v1=é",
        ] {
            assert!(
                matches!(check(tampered, BODY), Err(WebhookError::Signature)),
                "{tampered}"
            );
        }
        let mut body = BODY.to_vec();
        body.push(b' ');
        assert!(matches!(check(&good, &body), Err(WebhookError::Signature)));
    }

    #[test]
    fn an_old_signature_is_a_replay_and_a_future_one_a_forgery() {
        for (time, is_accepted) in [
            (NOW - 300, true),
            (NOW - 301, false),
            (NOW + 60, true),
            (NOW + 61, false),
        ] {
            let checked = check(&header("whsec_new", time), BODY);
            assert_eq!(checked.is_ok(), is_accepted, "{time}");
            assert!(is_accepted || matches!(checked, Err(WebhookError::Timestamp)));
        }
        let no_time = format!("t=soon,v1={}", {
            let bytes = mac(b"whsec_new", "soon", BODY).finalize().into_bytes();
            bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        });
        assert!(matches!(check(&no_time, BODY), Err(WebhookError::Timestamp)));
    }

    #[test]
    fn without_a_secret_nothing_is_believed() {
        let headers = HashMap::from([("stripe-signature".to_owned(), header("", NOW))]);
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let unsigned = verify(std::iter::empty(), &headers, "stripe-signature", BODY, now);
        assert!(matches!(unsigned, Err(WebhookError::Signature)));
        let nothing = HashMap::new();
        let unsigned = verify(std::iter::empty(), &nothing, "stripe-signature", BODY, now);
        assert!(matches!(unsigned, Err(WebhookError::Signature)));
    }

    const RECORDED: &str = "37130c90b5f0f2f91e05e63367e65fb328357ec3d23338ee11325f2420b82f56";
}
