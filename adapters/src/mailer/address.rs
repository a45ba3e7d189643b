//! Mail addresses as mail servers take them: the domain in ASCII.

use lettre::{Address, message::Mailbox};
use vitrine_commerce::text::ascii_domain;

/// The address with its domain in ASCII. What stands before the `@` stays as it is.
pub(super) fn sent(address: &Address) -> Option<Address> {
    Address::new(address.user(), ascii_domain(address.domain())?).ok()
}

/// Reads a sender, as in `My shop <shop@example.com>`, with its domain in ASCII. Before the `@` every letter must be
/// ASCII: few mail servers would take it.
///
/// # Errors
/// Says what cannot be sent from it.
pub fn sender(text: &str) -> Result<Mailbox, &'static str> {
    let Mailbox { name, email } = text.parse::<Mailbox>().map_err(|_| "it is no mail address")?;
    if !email.user().is_ascii() {
        return Err("before the `@` there may be ASCII letters only, or mail servers do not take it");
    }
    let email = sent(&email).ok_or("what stands behind the `@` is no domain")?;
    Ok(Mailbox { name, email })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_has_an_address_that_every_server_takes() {
        for (text, expected) in [
            ("laden@bücher.example", "laden@xn--bcher-kva.example"),
            ("Bücher Laden <shop@example.com>", "shop@example.com"),
        ] {
            assert_eq!(sender(text).expect(text).email.to_string(), expected);
        }
        for text in ["", "shop", "jörg@example.de", "Shop <shop@>", "a@b, c@d"] {
            assert!(sender(text).is_err(), "{text}");
        }
    }
}
