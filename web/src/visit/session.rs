//! Whoever is signed in: a cookie with the access token and the one that renews it.

use super::cookies::{Jar, SESSION};

/// As long as a token that renews is good, or longer: the API knows.
const SECONDS: u32 = 60 * 24 * 60 * 60;

/// The access token, and the one that renews it.
pub(super) fn tokens(jar: &Jar) -> Option<(String, String)> {
    let (access, refresh) = jar.get(SESSION)?.split_once('~')?;
    Some((access.to_owned(), refresh.to_owned()))
}

pub(super) fn keep(jar: &mut Jar, access: &str, refresh: &str) {
    let is_plain = |text: &str| {
        text.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
    };
    if is_plain(access) && is_plain(refresh) {
        jar.set(SESSION, &format!("{access}~{refresh}"), SECONDS);
    }
}

pub(super) fn end(jar: &mut Jar) {
    jar.set(SESSION, "", 0);
}
