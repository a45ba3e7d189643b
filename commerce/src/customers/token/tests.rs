use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;
use vitrine_entity::ids::{CustomerId, StaffMemberId};

use super::*;

const SECRET: &[u8] = b"a secret of thirty-two bytes or so";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn customer() -> CustomerId {
    CustomerId(Uuid::from_u128(7))
}

fn claims() -> Value {
    let at = now().timestamp();
    let session = SessionId(Uuid::from_u128(9)).to_string();
    json!({ "iss": "vitrine", "aud": "shop", "sub": customer().to_string(), "sid": session, "iat": at, "nbf": at, "exp": at + 600 })
}

/// The claims of a customer's token, some of them replaced; `null` takes one away.
fn with(changes: Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.clone(), value.clone()),
        };
    }
    claims
}

fn signed(algorithm: Algorithm, secret: &[u8], claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret)).unwrap()
}

fn ours(changes: Value) -> String {
    signed(Algorithm::HS256, SECRET, &with(changes))
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn ours_is_believed_until_it_expires() {
    let token = ours(json!({}));
    let verified = read(SECRET, now(), &token).unwrap();
    assert_eq!(verified.holder, Holder::Customer(customer()));
    assert_eq!(verified.expires_at, now() + TimeDelta::seconds(600));
    assert!(read(SECRET, now() + TimeDelta::seconds(599), &token).is_ok());
    assert!(matches!(
        read(SECRET, now() + TimeDelta::seconds(600), &token),
        Err(TokenError::Expired)
    ));
    assert!(matches!(
        read(SECRET, now() + TimeDelta::hours(25), &token),
        Err(TokenError::Expired)
    ));
}

#[test]
fn a_neighbours_clock_may_be_a_little_ahead() {
    let token = ours(json!({}));
    assert!(read(SECRET, now() - TimeDelta::seconds(5), &token).is_ok());
    assert!(matches!(
        read(SECRET, now() - TimeDelta::seconds(6), &token),
        Err(TokenError::NotYetValid)
    ));
}

#[test]
fn a_token_of_staff_says_who_they_are() {
    let id = StaffMemberId(Uuid::from_u128(8));
    let staff = |role: Value| ours(json!({ "aud": "staff", "sub": id.to_string(), "role": role }));
    let verified = read(SECRET, now(), &staff(json!("FULFILMENT"))).unwrap();
    assert_eq!(verified.holder, Holder::Staff(id));
    assert!(matches!(
        read(SECRET, now(), &staff(Value::Null)),
        Err(TokenError::Inconsistent)
    ));
}

#[test]
fn another_audience_or_issuer_is_foreign() {
    for changes in [
        json!({ "aud": "bank" }),
        json!({ "aud": null }),
        json!({ "iss": "someone" }),
        json!({ "iss": null }),
        json!({ "sub": null }),
        json!({ "exp": null }),
        json!({ "nbf": null }),
        json!({ "exp": "never" }),
        json!({ "sid": "ses_x" }),
    ] {
        let token = ours(changes.clone());
        assert!(
            matches!(read(SECRET, now(), &token), Err(TokenError::Foreign(_))),
            "{changes}"
        );
    }
    let staff = StaffMemberId(Uuid::from_u128(8)).to_string();
    for changes in [
        json!({ "aud": "staff" }),
        json!({ "role": "ADMINISTRATOR" }),
        json!({ "sub": staff }),
        json!({ "aud": "staff", "role": "ADMINISTRATOR" }),
        json!({ "exp": i64::MAX }),
    ] {
        let token = ours(changes.clone());
        assert!(
            matches!(read(SECRET, now(), &token), Err(TokenError::Inconsistent)),
            "{changes}"
        );
    }
}

#[test]
fn only_our_key_and_our_algorithm_sign() {
    let foreign = |token: &str| matches!(read(SECRET, now(), token), Err(TokenError::Foreign(_)));
    assert!(foreign(&signed(
        Algorithm::HS256,
        b"another secret of many bytes",
        &claims()
    )));
    assert!(
        foreign(&signed(Algorithm::HS512, SECRET, &claims())),
        "a stronger one is another one"
    );
    let token = ours(json!({}));
    let (head, signature) = token.rsplit_once('.').unwrap();
    let (header, body) = head.split_once('.').unwrap();
    assert!(
        foreign(&format!(
            "{header}.{}.{signature}",
            part(&with(json!({ "exp": i64::MAX })))
        )),
        "a changed body"
    );
    for alg in ["none", "None", "RS256", "ES256", "HS384", ""] {
        let header = part(&json!({ "typ": "JWT", "alg": alg }));
        assert!(foreign(&format!("{header}.{body}.{signature}")), "{alg}");
        assert!(foreign(&format!("{header}.{body}.")), "{alg}, unsigned");
    }
    assert!(foreign(&format!("{header}.{body}.")) && foreign(&format!("{header}.{body}")));
}

#[test]
fn garbage_is_refused() {
    for token in ["", ".", "..", "a.b.c", "Bearer x", "\u{0}", "🜁.🜁.🜁"] {
        assert!(
            matches!(read(SECRET, now(), token), Err(TokenError::Foreign(_))),
            "{token:?}"
        );
    }
    assert!(matches!(
        read(SECRET, now(), &"x".repeat(LENGTH_MAX + 1)),
        Err(TokenError::TooLong)
    ));
}

proptest! {
    #[test]
    fn no_other_bytes_verify(place in 0usize..400, letter in "[A-Za-z0-9_.-]") {
        let token = ours(json!({}));
        let place = place % token.len();
        let mut changed = token.clone();
        changed.replace_range(place..=place, &letter);
        // The last letter of a part may carry bits that mean nothing.
        let same_bytes = |a: &str, b: &str| a.split('.').zip(b.split('.')).all(|(a, b)| {
            URL_SAFE_NO_PAD.decode(a).ok() == URL_SAFE_NO_PAD.decode(b).ok()
        });
        prop_assume!(!same_bytes(&token, &changed));
        prop_assert!(read(SECRET, now(), &changed).is_err());
    }
}
