//! Whoever is signed in: a cookie with the access token and the one that renews it. Customers and members of staff have one
//! each, so that a browser may have both.

use super::cookies::{Jar, SESSION, STAFF};

/// As long as a token that renews is good, or longer: the API knows.
const SECONDS: u32 = 60 * 24 * 60 * 60;

/// The one that counts at a path.
pub(super) fn cookie(path: &str) -> &'static str {
    match is_admin(path) {
        true => STAFF,
        false => SESSION,
    }
}

pub(super) fn is_admin(path: &str) -> bool {
    path == "/admin" || path.starts_with("/admin/")
}

/// The access token, and the one that renews it.
pub(super) fn tokens(jar: &Jar, cookie: &str) -> Option<(String, String)> {
    let (access, refresh) = jar.get(cookie)?.split_once('~')?;
    Some((access.to_owned(), refresh.to_owned()))
}

pub(super) fn keep(jar: &mut Jar, cookie: &'static str, access: &str, refresh: &str) {
    let is_plain = |text: &str| {
        text.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter))
    };
    if is_plain(access) && is_plain(refresh) {
        jar.set(cookie, &format!("{access}~{refresh}"), SECONDS);
    }
}

pub(super) fn end(jar: &mut Jar, cookie: &'static str) {
    jar.set(cookie, "", 0);
}
