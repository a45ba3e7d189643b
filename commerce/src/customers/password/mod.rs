//! Passwords: which ones will do (`strength`), and Argon2id with OWASP's parameters, off the async threads, a bounded
//! number at once and of one address.

mod blocks;
mod strength;
mod turns;

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use subtle::ConstantTimeEq;
use tokio::task::spawn_blocking;
use unicode_normalization::UnicodeNormalization;

pub use strength::{LENGTH_MAX, LENGTH_MIN, LENGTH_MIN_STRONG, check};

use crate::{Context, Fault, Result, Shop};

/// 19 MiB, two passes, one lane: the first choice of OWASP's cheat sheet.
const PARAMS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// What an unknown address is verified against, so that its answer takes as long as a known
/// one's, and what an account has that was opened without a password. No password has this hash.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hash of a password that [`check`] let pass, to be stored.
pub async fn hash(shop: &Shop, context: &Context, password: &str) -> Result<String> {
    let password = normal(password);
    let mut salt = [0; 16];
    shop.ids.fill(&mut salt);
    let hashed = limited(context, move |blocks| hash_in(blocks, password.as_bytes(), &salt)).await?;
    let hash = hashed.map_err(|error| Fault::other("hashing a password", error))?;
    Ok(hash.to_string())
}

/// Whether `password` is the one behind `hash`. Takes the same time where there is no hash.
pub async fn verify(context: &Context, password: &str, hash: Option<&str>) -> Result<bool> {
    if strength::measured(password).is_none() {
        return Ok(false);
    }
    let password = normal(password);
    let known = hash.is_some();
    let hash =
        PasswordHash::new(hash.unwrap_or(NOBODY)).map_err(|error| Fault::other("reading a password's hash", error))?;
    let verified = limited(context, move |blocks| verify_in(blocks, password.as_bytes(), &hash)).await?;
    let right = verified.map_err(|error| Fault::other("verifying a password", error))?;
    Ok(right && known)
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

/// As `Argon2::hash_password_with_salt`, which takes memory of its own each time.
fn hash_in(blocks: &mut Vec<Block>, password: &[u8], salt: &[u8]) -> password_hash::Result<PasswordHash> {
    let argon2 = argon2()?;
    let salt = Salt::new(salt)?;
    let mut bytes = [0; Params::DEFAULT_OUTPUT_LEN];
    fill(&argon2, blocks, password, &salt, &mut bytes)?;
    Ok(PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params())?,
        salt: Some(salt),
        hash: Some(Output::new(&bytes)?),
    })
}

/// As `Argon2::verify_password`, with the parameters that the hash was made with.
fn verify_in(blocks: &mut Vec<Block>, password: &[u8], hash: &PasswordHash) -> password_hash::Result<bool> {
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else {
        return Err(password_hash::Error::EncodingInvalid);
    };
    let algorithm = Algorithm::try_from(hash.algorithm.as_str())?;
    let version = hash.version.map_or(Ok(Version::default()), Version::try_from)?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(hash)?);
    let mut bytes = vec![0; expected.len()];
    fill(&argon2, blocks, password, &salt, &mut bytes)?;
    Ok(bytes.ct_eq(expected.as_bytes()).into())
}

fn fill(
    argon2: &Argon2<'_>,
    blocks: &mut Vec<Block>,
    password: &[u8],
    salt: &[u8],
    bytes: &mut [u8],
) -> password_hash::Result<()> {
    let needed = argon2.params().block_count();
    if blocks.len() < needed {
        blocks.resize(needed, Block::new());
    }
    Ok(argon2.hash_password_into_with_memory(password, salt, bytes, &mut blocks[..needed])?)
}

async fn limited<T: Send + 'static>(
    context: &Context,
    work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static,
) -> Result<T> {
    let turn = turns::wait(context.client_address).await?;
    let done = spawn_blocking(move || {
        // Held by the work itself: a caller who goes away does not free a core that is still busy.
        let _turn = turn;
        blocks::with(work)
    });
    Ok(done.await.map_err(|error| Fault::other("hashing a password", error))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashed(password: &str) -> PasswordHash {
        hash_in(&mut Vec::new(), password.as_bytes(), &[7; 16]).unwrap()
    }

    async fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
        let context = crate::memory::context(crate::Viewer::Guest);
        super::verify(&context, password, hash).await
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let real = hashed("a long password");
        assert_eq!((nobody.algorithm, nobody.version), (real.algorithm, real.version));
        assert_eq!(nobody.params.to_string(), real.params.to_string());
        assert_eq!(nobody.hash.unwrap().len(), real.hash.unwrap().len());
    }

    #[test]
    fn is_what_argon2_itself_makes() {
        use argon2::{PasswordHasher, PasswordVerifier};

        let ours = hashed("a long password");
        let theirs: PasswordHash = argon2()
            .unwrap()
            .hash_password_with_salt(b"a long password", &[7; 16])
            .unwrap();
        assert_eq!(ours.to_string(), theirs.to_string());
        assert!(argon2().unwrap().verify_password(b"a long password", &ours).is_ok());
        // Made with less, by an older version or another shop: its own parameters count.
        let small = Params::new(64, 3, 1, None).unwrap();
        let small = Argon2::from(small)
            .hash_password_with_salt(b"a long password", &[7; 16])
            .unwrap();
        let mut blocks = Vec::new();
        assert!(verify_in(&mut blocks, b"a long password", &small).unwrap());
        assert!(!verify_in(&mut blocks, b"another password", &small).unwrap());
    }

    #[tokio::test]
    async fn only_the_password_itself_verifies() {
        let hashed = hashed("zo\u{eb} & friends").to_string();
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
