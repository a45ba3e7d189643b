//! Which languages are looked into for whoever asks.

use std::{iter, sync::Arc};

use crate::{Context, Shop};

/// In which languages texts are looked for, the best first, before the shop's own is shown: none where that is asked for,
/// and none for those who work here, who are shown what stands in the rows that they change.
pub fn languages(shop: &Shop, context: &Context) -> Vec<Arc<str>> {
    if context.viewer.works_here() {
        return Vec::new();
    }
    languages_of(shop, &context.locale)
}

/// As [`languages`], for a language that something keeps: a cart, an order.
pub fn languages_of(shop: &Shop, locale: &str) -> Vec<Arc<str>> {
    let profile = shop.profile();
    match profile.languages.first() {
        Some(own) if &**own == locale => Vec::new(),
        Some(own) => chain(locale, own, &profile.languages),
        None => Vec::new(),
    }
}

/// `de-AT`, then `de`; nothing behind the shop's own, nor what the shop does not have.
fn chain(asked: &str, own: &str, known: &[Arc<str>]) -> Vec<Arc<str>> {
    let tags = iter::successors(Some(asked), |tag| tag.rsplit_once('-').map(|(head, _)| head));
    let before_own = tags.take_while(|tag| *tag != own);
    let of_shop = |tag: &str| known.iter().find(|known| &***known == tag).cloned();
    before_own.filter_map(of_shop).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_falls_back_to_its_root_and_never_behind_the_shops_own() {
        let of = |asked: &str, own: &str, known: &[&str]| {
            let known: Vec<Arc<str>> = known.iter().map(|tag| (*tag).into()).collect();
            let chain = chain(asked, own, &known);
            chain.iter().map(|tag| tag.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of("de-AT", "en", &["en", "de-AT", "de"]), ["de-AT", "de"]);
        assert_eq!(of("de-AT", "de", &["de", "de-AT"]), ["de-AT"]);
        assert_eq!(of("zh-Hant-TW", "en", &["en", "zh"]), ["zh"]);
        assert!(of("fr", "en", &["en", "de"]).is_empty());
        assert!(of("en", "en", &["en", "de"]).is_empty());
    }
}
