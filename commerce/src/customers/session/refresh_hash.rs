//! What the database keeps of a refresh token.

use sha2::{Digest, Sha256};

/// The token is 256 random bits: a plain hash cannot be guessed backwards.
pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}
