use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::EncodingKey;
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;
use vitrine_entity::{
    ids::{CustomerId, StaffMemberId},
    signing_key,
};

use super::*;
use crate::keyring::fingerprint;

const SECRET: &[u8] = b"a secret of thirty-two bytes or so";
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// One that is over, the one that signs, and one that is retired.
static KEYS: LazyLock<Keyring> = LazyLock::new(|| keyring(SECRET));

fn keyring(secret: &[u8]) -> Keyring {
    let row = |id, days| signing_key::Model {
        id: SigningKeyId(Uuid::from_u128(id)),
        secret_fingerprint: fingerprint(secret),
        created_at: now() - TimeDelta::days(days),
        active_from: now() - TimeDelta::days(days),
        retired_at: None,
    };
    let retired = signing_key::Model {
        retired_at: Some(now()),
        ..row(3, 0)
    };
    Keyring::new([row(1, 91), row(2, 1), retired], [secret].into_iter()).unwrap()
}

fn key() -> &'static Key {
    KEYS.signing(now()).unwrap()
}

fn read(now: DateTime<Utc>, token: &str) -> Result<Verified, TokenError> {
    super::read(&KEYS, LIFETIME, now, token)
}

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

/// Signed with our key, under any header.
fn signed(header: &Header, claims: &Value) -> String {
    jsonwebtoken::encode(header, claims, &key().encoding).unwrap()
}

fn ours(changes: Value) -> String {
    signed(&header(key()), &with(changes))
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

#[test]
fn ours_is_believed_until_it_expires() {
    let token = ours(json!({}));
    let verified = read(now(), &token).unwrap();
    assert_eq!(verified.holder, Holder::Customer(customer()));
    assert_eq!(verified.expires_at, now() + TimeDelta::seconds(600));
    assert!(read(now() + TimeDelta::seconds(599), &token).is_ok());
    assert!(matches!(
        read(now() + TimeDelta::seconds(600), &token),
        Err(TokenError::Expired)
    ));
    assert!(matches!(
        read(now() + TimeDelta::hours(25), &token),
        Err(TokenError::Expired)
    ));
}

#[test]
fn a_neighbours_clock_may_be_a_little_ahead() {
    let token = ours(json!({}));
    assert!(read(now() - TimeDelta::seconds(5), &token).is_ok());
    assert!(matches!(
        read(now() - TimeDelta::seconds(6), &token),
        Err(TokenError::NotYetValid)
    ));
}

#[test]
fn a_token_of_staff_says_who_they_are() {
    let id = StaffMemberId(Uuid::from_u128(8));
    let token = ours(json!({ "aud": "staff", "sub": id.to_string() }));
    assert_eq!(read(now(), &token).unwrap().holder, Holder::Staff(id));
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
        assert!(matches!(read(now(), &token), Err(TokenError::Foreign(_))), "{changes}");
    }
    let staff = StaffMemberId(Uuid::from_u128(8)).to_string();
    for changes in [
        json!({ "aud": "staff" }),
        json!({ "sub": staff }),
        json!({ "exp": i64::MAX }),
    ] {
        let token = ours(changes.clone());
        assert!(
            matches!(read(now(), &token), Err(TokenError::Inconsistent)),
            "{changes}"
        );
    }
}

/// That a secret is public makes nothing of ours: neither the secret of a link, nor the public key as a secret.
#[test]
fn no_other_algorithm_signs() {
    let secrets = [
        SECRET,
        key().public.as_bytes(),
        &URL_SAFE_NO_PAD.decode(&key().public).unwrap(),
    ];
    for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
        for secret in secrets {
            let header = Header {
                alg: algorithm,
                ..header(key())
            };
            let token = jsonwebtoken::encode(&header, &claims(), &EncodingKey::from_secret(secret)).unwrap();
            assert!(matches!(read(now(), &token), Err(TokenError::Header)), "{algorithm:?}");
        }
    }
    // As the version before signed them.
    let before = jsonwebtoken::encode(&Header::default(), &claims(), &EncodingKey::from_secret(SECRET)).unwrap();
    assert!(matches!(read(now(), &before), Err(TokenError::Header)));
    let token = ours(json!({}));
    let (head, signature) = token.rsplit_once('.').unwrap();
    let (head, body) = head.split_once('.').unwrap();
    let kid = key().id.to_string();
    for alg in [
        "none", "None", "NONE", "RS256", "PS512", "ES256", "ES384", "HS256", "EdDSA ", "eddsa", "",
    ] {
        let header = part(&json!({ "typ": "at+jwt", "alg": alg, "kid": kid }));
        assert!(read(now(), &format!("{header}.{body}.{signature}")).is_err(), "{alg}");
        assert!(read(now(), &format!("{header}.{body}.")).is_err(), "{alg}, unsigned");
    }
    let changed = part(&with(json!({ "exp": i64::MAX })));
    for forged in [
        format!("{head}.{changed}.{signature}"),
        format!("{head}.{body}."),
        format!("{head}.{body}"),
    ] {
        assert!(matches!(read(now(), &forged), Err(TokenError::Foreign(_))), "{forged}");
    }
}

#[test]
fn only_a_key_of_ours_that_is_not_over_verifies() {
    let by = |key: &Key, kid: &str| {
        let header = Header {
            kid: Some(kid.to_owned()),
            ..header(key)
        };
        jsonwebtoken::encode(&header, &claims(), &key.encoding).unwrap()
    };
    let ours = key().id.to_string();
    assert!(read(now(), &by(key(), &ours)).is_ok());
    let others = keyring(b"another secret of many, many bytes");
    let stranger = others.signing(now()).unwrap();
    assert!(
        matches!(read(now(), &by(stranger, &ours)), Err(TokenError::Foreign(_))),
        "of another secret"
    );
    for old in [&KEYS.keys()[0], &KEYS.keys()[2]] {
        assert!(
            matches!(read(now(), &by(old, &old.id.to_string())), Err(TokenError::UnknownKey)),
            "over, withdrawn"
        );
        assert!(
            matches!(read(now(), &by(old, &ours)), Err(TokenError::Foreign(_))),
            "under another's name"
        );
    }
    let long = "k".repeat(1000);
    for kid in [
        "",
        "../../dev/null",
        "' or '1'='1",
        "skey_",
        "SKEY_1",
        "http://evil.example/key",
        "\0",
        &long,
        &ours[1..],
    ] {
        assert!(
            matches!(read(now(), &by(key(), kid)), Err(TokenError::UnknownKey)),
            "{kid}"
        );
    }
    let missing = Header {
        kid: None,
        ..header(key())
    };
    assert!(matches!(
        read(now(), &signed(&missing, &claims())),
        Err(TokenError::Header)
    ));
}

#[test]
fn a_key_that_a_token_brings_along_is_not_looked_at() {
    let others = keyring(b"another secret of many, many bytes");
    let stranger = others.signing(now()).unwrap();
    let jwk = |key: &Key| json!({ "kty": "OKP", "crv": "Ed25519", "x": key.public });
    let forged = |extra: Value| {
        let mut head = json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": key().id.to_string() });
        head.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let head = format!("{}.{}", part(&head), part(&claims()));
        let signature = jsonwebtoken::crypto::sign(head.as_bytes(), &stranger.encoding, Algorithm::EdDSA).unwrap();
        format!("{head}.{signature}")
    };
    for extra in [
        json!({}),
        json!({ "jwk": jwk(stranger) }),
        json!({ "jku": "https://evil.example/jwks.json" }),
        json!({ "x5u": "https://evil.example/key.pem" }),
        json!({ "x5c": ["MIIB"] }),
    ] {
        assert!(
            matches!(read(now(), &forged(extra.clone())), Err(TokenError::Foreign(_))),
            "{extra}"
        );
    }
}

#[test]
fn no_other_type_of_token_is_an_access_token() {
    let typed = |typ: Option<&str>| Header {
        typ: typ.map(str::to_owned),
        ..header(key())
    };
    for typ in [
        None,
        Some("JWT"),
        Some("AT+JWT"),
        Some("id+jwt"),
        Some("application/at+jwt"),
    ] {
        assert!(
            matches!(read(now(), &signed(&typed(typ), &claims())), Err(TokenError::Header)),
            "{typ:?}"
        );
    }
    let critical = Header {
        crit: Some(vec!["exp".to_owned()]),
        ..header(key())
    };
    assert!(matches!(
        read(now(), &signed(&critical, &claims())),
        Err(TokenError::Header)
    ));
}

#[test]
fn garbage_is_refused() {
    for token in ["", ".", "..", "a.b.c", "Bearer x", "\u{0}", "🜁.🜁.🜁"] {
        assert!(matches!(read(now(), token), Err(TokenError::Foreign(_))), "{token:?}");
    }
    assert!(matches!(
        read(now(), &"x".repeat(LENGTH_MAX + 1)),
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
        prop_assert!(read(now(), &changed).is_err());
    }
}
