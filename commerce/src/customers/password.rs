//! Passwords: Argon2id with OWASP's parameters, off the async threads, a bounded number at once.

use std::time::Duration;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};
use unicode_normalization::UnicodeNormalization;

use crate::{ErrorCode, Fault, Refusal, Result, Shop};

/// Characters. Longer passwords are refused before anything is computed from them.
pub const LENGTH_MIN: usize = 10;
pub const LENGTH_MAX: usize = 128;

/// 19 MiB, two passes, one lane: the first choice of OWASP's cheat sheet.
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Each takes 19 MiB and a core: many sign-ins at once must not use up the machine.
static HASHES_AT_ONCE: Semaphore = Semaphore::const_new(4);

/// How long a sign-in waits for one of them before it is refused.
const WAIT_MAX: Duration = Duration::from_secs(3);

/// What an unknown address is verified against, so that its answer takes as long as a known
/// one's. No password has this hash.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Checks a new password's length.
pub fn check(field: &[&str], password: &str) -> Result<(), Refusal> {
    if measured(password).is_some_and(|length| length >= LENGTH_MIN) {
        return Ok(());
    }
    let message = format!("A password has {LENGTH_MIN} to {LENGTH_MAX} characters.");
    Err(Refusal::new(ErrorCode::WeakPassword, message).at(field))
}

/// The hash of a password that [`check`] let pass, to be stored.
pub async fn hash(shop: &Shop, password: &str) -> Result<String> {
    let password = normal(password);
    let mut salt = [0; 16];
    shop.ids.fill(&mut salt);
    let hashed = limited(move || argon2()?.hash_password_with_salt(password.as_bytes(), &salt)).await?;
    let hash: PasswordHash = hashed.map_err(|error| Fault::other("hashing a password", error))?;
    Ok(hash.to_string())
}

/// Whether `password` is the one behind `hash`. Takes the same time where there is no hash.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
    if measured(password).is_none() {
        return Ok(false);
    }
    let password = normal(password);
    let known = hash.is_some();
    let hash =
        PasswordHash::new(hash.unwrap_or(NOBODY)).map_err(|error| Fault::other("reading a password's hash", error))?;
    match limited(move || argon2()?.verify_password(password.as_bytes(), &hash)).await? {
        Ok(()) => Ok(known),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(Fault::other("verifying a password", error).into()),
    }
}

/// How many characters, unless it is too long to be looked at.
fn measured(password: &str) -> Option<usize> {
    // Four bytes a character: what is longer is not even counted.
    (password.len() <= 4 * LENGTH_MAX)
        .then(|| password.chars().count())
        .filter(|length| *length <= LENGTH_MAX)
}

/// The same characters, however a keyboard composes them.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn argon2() -> password_hash::Result<Argon2<'static>> {
    let (memory_kib, passes, lanes) = PARAMS;
    let params = Params::new(memory_kib, passes, lanes, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn limited<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let permit = timeout(WAIT_MAX, HASHES_AT_ONCE.acquire()).await;
    let permit = permit.map_err(|_| Fault::Crowded("signing in"))?;
    let permit = permit.map_err(|error| Fault::other("waiting to hash a password", error))?;
    let done = spawn_blocking(move || {
        // Held by the work itself: a caller who goes away does not free a core that is still busy.
        let _permit = permit;
        work()
    });
    Ok(done.await.map_err(|error| Fault::other("hashing a password", error))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        let refused = |password: &str| check(&["password"], password).is_err();
        assert!(refused("") && refused("123456789") && refused("éééééééé\u{301}"));
        assert!(!refused("1234567890") && !refused(&"ü".repeat(LENGTH_MAX)));
        assert!(refused(&"ü".repeat(LENGTH_MAX + 1)) && refused(&"x".repeat(1 << 20)));
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let real: PasswordHash = argon2()
            .unwrap()
            .hash_password_with_salt(b"a long password", &[7; 16])
            .unwrap();
        assert_eq!((nobody.algorithm, nobody.version), (real.algorithm, real.version));
        assert_eq!(nobody.params.to_string(), real.params.to_string());
        assert_eq!(nobody.hash.unwrap().len(), real.hash.unwrap().len());
    }

    #[tokio::test]
    async fn only_the_password_itself_verifies() {
        let hashed: PasswordHash = argon2()
            .unwrap()
            .hash_password_with_salt("zo\u{eb} & friends".as_bytes(), &[7; 16])
            .unwrap();
        let hashed = hashed.to_string();
        assert!(verify("zo\u{eb} & friends", Some(&hashed)).await.unwrap());
        assert!(
            verify("zoe\u{308} & friends", Some(&hashed)).await.unwrap(),
            "composed otherwise, the same"
        );
        for wrong in ["", "Zo\u{eb} & friends", "zo\u{eb} & friends ", &"x".repeat(1 << 20)] {
            assert!(!verify(wrong, Some(&hashed)).await.unwrap());
        }
        assert!(!verify("zo\u{eb} & friends", None).await.unwrap());
        assert!(verify("anything", Some("$argon2id$garbage")).await.is_err());
    }
}
