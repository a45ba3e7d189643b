//! In which way a page writes: its language's, and of it the country's whose visitor reads.

use std::sync::Arc;

use minijinja::{State, Value};
use vitrine_locale::{FALLBACK, Formats, of_country, primary};

/// The tag for a page in `language`, of what stands around it: the storefront's frame knows where its visitor is, the
/// dashboard's where the shop is. Of one language the form that the goods are in is taken, `de-AT` rather than `de`, as mails
/// do.
pub fn formats_tag(language: &str, frame: &Value) -> String {
    let of = |value: &Value, name: &str| value.get_attr(name).ok().filter(|found| !found.is_undefined());
    let text = |value: Option<Value>| value.and_then(|value| value.as_str().map(str::to_owned));
    let shop = of(frame, "shop");
    let shop = shop.as_ref();
    let context = shop.and_then(|shop| of(shop, "context"));
    let (country, own) = match &context {
        Some(context) => (text(of(context, "country")), text(of(context, "language"))),
        None => {
            let locales = shop.and_then(|shop| of(shop, "locales"));
            let first = locales.and_then(|locales| locales.get_item_by_index(0).ok());
            (text(shop.and_then(|shop| of(shop, "countryCode"))), text(first))
        }
    };
    let own = own.filter(|own| primary(own) == primary(language));
    of_country(own.as_deref().unwrap_or(language), &country.unwrap_or_default())
}

/// The page's language.
pub(super) fn language(state: &State) -> String {
    text(state, "language").unwrap_or_else(|| FALLBACK.to_owned())
}

/// What the page writes by; where nothing stands around it, as its language does.
pub(super) fn formats(state: &State) -> Arc<Formats> {
    let tag = text(state, "formats").unwrap_or_else(|| of_country(&language(state), ""));
    Formats::of(&tag)
}

fn text(state: &State, name: &str) -> Option<String> {
    state.lookup(name).and_then(|value| value.as_str().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    #[test]
    fn a_page_writes_as_its_visitor_does() {
        let shop = |country: &str, language: &str| {
            context! { shop => context! {
                countryCode => "AT", locales => vec!["de-AT"], context => context! { country, language },
            } }
        };
        for (language, frame, tag) in [
            ("de", shop("AT", "de-AT"), "de-AT"),
            ("en", shop("US", "de-AT"), "en-US"),
            ("en", shop("AT", "de-AT"), "en-GB"),
            ("fr", shop("AT", "de-AT"), "fr"),
            // The dashboard's.
            (
                "de",
                context! { shop => context! { countryCode => "AT", locales => vec!["de-AT", "en"] } },
                "de-AT",
            ),
            (
                "en",
                context! { shop => context! { countryCode => "US", locales => vec!["de"] } },
                "en-US",
            ),
            ("en", context! {}, "en-GB"),
        ] {
            assert_eq!(formats_tag(language, &frame), tag, "{language}: {frame}");
        }
    }
}
