//! The orders that a browser may open: a cookie with their ids and tokens, the newest last.

use super::cookies::{Jar, ORDERS, YEAR};

/// An older one is opened again by the link in its mail.
const KEPT: usize = 10;

/// `id.token`, one behind the other.
fn pairs(jar: &Jar) -> Vec<(String, String)> {
    let pairs = jar.get(ORDERS).unwrap_or_default().split('~');
    let pairs = pairs.filter_map(|pair| pair.split_once('.'));
    pairs.map(|(id, token)| (id.to_owned(), token.to_owned())).collect()
}

pub(super) fn tokens(jar: &Jar) -> Vec<String> {
    pairs(jar).into_iter().map(|(_, token)| token).collect()
}

/// The newest.
pub(super) fn last(jar: &Jar) -> Option<String> {
    pairs(jar).pop().map(|(id, _)| id)
}

pub(super) fn token(jar: &Jar, id: &str) -> Option<String> {
    pairs(jar)
        .into_iter()
        .find(|(known, _)| known == id)
        .map(|(_, token)| token)
}

pub(super) fn remember(jar: &mut Jar, id: &str, token: &str) {
    let is_plain = |text: &str| {
        text.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
    };
    if !is_plain(id) || !is_plain(token) || token.len() > 100 || id.len() > 100 {
        return;
    }
    let mut kept = pairs(jar);
    kept.retain(|(known, _)| known != id);
    kept.push((id.to_owned(), token.to_owned()));
    let newest = kept.iter().skip(kept.len().saturating_sub(KEPT));
    let value: Vec<_> = newest.map(|(id, token)| format!("{id}.{token}")).collect();
    jar.set(ORDERS, &value.join("~"), YEAR);
}
