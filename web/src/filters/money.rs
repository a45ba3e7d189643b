//! Amounts, as each language writes them.

use minijinja::{Error, ErrorKind, Value};
use vitrine_locale::Formats;

/// Of what the API calls `Money`: `€1,249.00`, `1.249,00 €`.
pub(super) fn write(formats: &Formats, money: &Value) -> Result<String, Error> {
    let part = |name: &str| {
        money
            .get_attr(name)
            .ok()
            .and_then(|part| part.as_str().map(str::to_owned))
    };
    match (part("amount"), part("currencyCode")) {
        (Some(amount), Some(currency)) => Ok(formats.money(&amount, &currency)),
        _ => Err(Error::new(
            ErrorKind::InvalidOperation,
            "`money` takes an amount and its currencyCode",
        )),
    }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    #[test]
    fn money_is_what_the_api_calls_so() {
        let formats = Formats::of("de");
        let price = context! { amount => "1249.00", currencyCode => "EUR" };
        assert_eq!(write(&formats, &price).ok().as_deref(), Some("1.249,00\u{a0}€"));
        assert!(write(&formats, &context! { amount => "1249.00" }).is_err());
    }
}
