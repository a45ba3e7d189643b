//! In which country, language and currency somebody is answered: the one place that decides.

use std::sync::{Arc, LazyLock};

use crate::{
    ErrorCode, Locality, Refusal, Shop, address,
    language::{languages, messages},
    money::Currency,
    profile::Profile,
    settings::language::related,
    text,
};

/// What somebody asks for. What they do not say stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// BCP 47, or as enumerations have it: `PT_BR`.
    pub language: Option<&'a str>,
    /// ISO 4217.
    pub currency: Option<&'a str>,
}

/// What is asked for, in the place of what holds else. The currency is the country's, and so is the language, where nobody
/// has asked for another.
///
/// # Errors
/// `INVALID`, at `country`, `language` or `currency`, for what the shop does not know or does not have.
pub fn require(shop: &Shop, from: &Locality, asked: &Asked<'_>) -> Result<Locality, Refusal> {
    let profile = shop.profile();
    let wanted = Wanted {
        country: asked.country.map(country).transpose()?,
        language: asked.language.map(|tag| language(&profile, tag)).transpose()?,
        currency: asked.currency.map(|code| currency(&profile, code)).transpose()?,
    };
    Ok(wanted.decide(&profile, from))
}

/// As [`require`], where what is unknown is as good as not said: a proxy that looks countries up names some that the shop
/// has never heard of.
pub fn prefer(shop: &Shop, from: &Locality, asked: &Asked<'_>) -> Locality {
    let profile = shop.profile();
    let wanted = Wanted {
        country: asked.country.and_then(|code| country(code).ok()),
        language: asked.language.and_then(|tag| language(&profile, tag).ok()),
        currency: asked.currency.and_then(|code| currency(&profile, code).ok()),
    };
    wanted.decide(&profile, from)
}

/// What was asked for and is there.
struct Wanted {
    country: Option<Arc<str>>,
    language: Option<Arc<str>>,
    currency: Option<Currency>,
}

impl Wanted {
    fn decide(self, profile: &Profile, from: &Locality) -> Locality {
        let country = self.country.unwrap_or_else(|| from.country.clone());
        let language = self
            .language
            .or_else(|| from.is_language_asked.then(|| from.language.clone()));
        let currency = self.currency.or(from.is_currency_asked.then_some(from.currency));
        Locality {
            is_language_asked: language.is_some(),
            is_currency_asked: currency.is_some(),
            language: language.unwrap_or_else(|| language_in(profile, &country)),
            currency: currency.unwrap_or_else(|| profile.currency_in(&country)),
            message_language: from.message_language.clone(),
            country,
        }
    }
}

/// In which language the shop speaks there unless somebody asks for another. A market's may have gone since.
fn language_in(profile: &Profile, country: &str) -> Arc<str> {
    let named = profile.market_of(country).and_then(|market| market.language.as_deref());
    let spoken = profile.languages.iter().find(|spoken| Some(&***spoken) == named);
    spoken.cloned().unwrap_or_else(|| profile.language())
}

/// Of what a header `Accept-Language` says (RFC 9110, section 12.5.4), the language that is liked best and that the shop
/// speaks, if there is one.
pub fn accepted(shop: &Shop, header: &str) -> Option<Arc<str>> {
    let languages = &shop.profile().languages;
    let mut ranges: Vec<_> = header.split(',').take(RANGES_MAX).filter_map(range).collect();
    // The sort is stable: of equals the first.
    ranges.sort_by(|(_, some), (_, other)| other.total_cmp(some));
    ranges.into_iter().find_map(|(tag, _)| match tag {
        "*" => languages.first().cloned(),
        tag => related(&["language"], tag, languages).ok().flatten(),
    })
}

/// The language nearest to a tag that the shop has messages in, if there is one, whether its goods are translated to it or not.
pub fn of_messages(tag: &str) -> Option<Arc<str>> {
    static KNOWN: LazyLock<Vec<Arc<str>>> = LazyLock::new(|| languages().map(Arc::from).collect());
    related(&["language"], tag, &KNOWN).ok().flatten()
}

/// Browsers send about five.
const RANGES_MAX: usize = 20;

/// A range and its weight; nothing for one that is refused.
fn range(text: &str) -> Option<(&str, f32)> {
    let (tag, parameters) = text.split_once(';').unwrap_or((text, ""));
    let weight = match parameters.trim().strip_prefix("q=") {
        Some(weight) => weight.trim().parse().ok()?,
        None => 1.0,
    };
    (weight > 0.0 && weight <= 1.0).then_some((tag.trim(), weight))
}

fn country(code: &str) -> Result<Arc<str>, Refusal> {
    address::country(&["country"], code).map(Into::into)
}

fn language(profile: &Profile, tag: &str) -> Result<Arc<str>, Refusal> {
    related(&["language"], tag, &profile.languages)?.ok_or_else(|| {
        let spoken: Vec<_> = profile.languages.iter().map(|tag| &**tag).collect();
        let message = messages::shop_speaks(spoken.join(", "));
        Refusal::new(ErrorCode::Invalid, message).at(&["language"])
    })
}

fn currency(profile: &Profile, code: &str) -> Result<Currency, Refusal> {
    let wanted = text::code(code).to_ascii_uppercase();
    let found = profile.currencies().find(|currency| currency.code() == wanted);
    found.ok_or_else(|| {
        let sold: Vec<_> = profile.currencies().map(Currency::code).collect();
        let message = messages::shop_sells_in(sold.join(", "));
        Refusal::new(ErrorCode::Invalid, message).at(&["currency"])
    })
}

#[cfg(test)]
mod tests {
    use vitrine_entity::{
        ids::MarketId,
        market::{self, Countries, MarketGoods},
        price_list::{self, RateSource, Rounding},
    };

    use super::*;
    use crate::memory;

    async fn shop() -> Shop {
        let shop = memory::fixture().await.shop;
        let profile = Profile {
            languages: ["en", "de", "pt-BR"].map(Arc::from).into(),
            version: shop.profile().version + 1,
            ..(*shop.profile()).clone()
        };
        shop.learn(profile);
        shop
    }

    #[tokio::test]
    async fn the_language_that_is_liked_best_and_spoken_is_taken() {
        let shop = shop().await;
        for (header, expected) in [
            ("de", Some("de")),
            ("de-AT,de;q=0.9,en;q=0.8", Some("de")),
            ("fr-CH, fr;q=0.9, en;q=0.2, de;q=0.7, *;q=0.1", Some("de")),
            ("fr, pt;q=0.5", Some("pt-BR")),
            ("fr, *;q=0.5", Some("en")),
            ("de;q=0, en;q=0.1", Some("en")),
            ("fr", None),
            ("", None),
            ("de;q=x, ;;, de;q=7, <script>", None),
        ] {
            assert_eq!(accepted(&shop, header).as_deref(), expected, "{header}");
        }
    }

    #[tokio::test]
    async fn messages_are_said_in_a_language_that_the_goods_are_not_in() {
        for (tag, expected) in [
            ("fr", Some("fr")),
            ("FR_ca", Some("fr")),
            ("it", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(of_messages(tag).as_deref(), expected, "{tag}");
        }
        let own = Locality::own(&shop().await);
        let said_in = |language: &str, messages: Option<&str>| {
            let there = Locality {
                language: language.into(),
                message_language: messages.map(Arc::from),
                ..own.clone()
            };
            there.message_locale().to_string()
        };
        assert_eq!(said_in("en", Some("fr")), "fr");
        assert_eq!(said_in("de-AT", Some("de")), "de-AT");
        assert_eq!(said_in("de-AT", None), "de-AT");
    }

    #[tokio::test]
    async fn what_the_shop_does_not_have_is_refused_or_passed_over() {
        let shop = shop().await;
        let own = Locality::own(&shop);
        let asked = |country, language, currency| Asked {
            country,
            language,
            currency,
        };
        let there = require(&shop, &own, &asked(Some("at"), Some("PT_BR"), Some("eur"))).expect("all of it is there");
        assert_eq!((&*there.country, &*there.language), ("AT", "pt-BR"));
        for (wrong, field) in [
            (asked(Some("XX"), None, None), "country"),
            (asked(None, Some("fr"), None), "language"),
            (asked(None, Some("<b>"), None), "language"),
            (asked(None, None, Some("USD")), "currency"),
        ] {
            let refusal = require(&shop, &there, &wrong).expect_err("refused");
            assert_eq!(refusal.field, [field]);
            assert_eq!(prefer(&shop, &there, &wrong), there, "{field}");
        }
        assert_eq!(require(&shop, &there, &Asked::default()), Ok(there.clone()));
    }

    #[tokio::test]
    async fn a_country_has_its_markets_currency_and_language() {
        let shop = shop().await;
        let now = shop.now();
        let (usd, jpy): (Currency, Currency) = ("USD".parse().expect("one"), "JPY".parse().expect("one"));
        let list = |currency| price_list::Model {
            currency,
            rate_e8: 1,
            rounding: Rounding::MinorUnit,
            prices_include_tax: false,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            rate_source: RateSource::Manual,
            rate_on: None,
            rate_taken_at: Some(now),
            margin_bp: 0,
            follows_rates: false,
            refused_rate_e8: None,
            refused_at: None,
        };
        let market = |country: &str, currency, language: Option<&str>| market::Model {
            id: MarketId(shop.new_id()),
            name: country.to_owned(),
            countries: Countries(vec![country.to_owned()]),
            currency,
            language: language.map(str::to_owned),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            goods: MarketGoods::default(),
        };
        shop.learn(Profile {
            version: shop.profile().version + 1,
            markets: vec![market("US", usd, None), market("JP", jpy, Some("de"))],
            price_lists: vec![list(usd), list(jpy)],
            ..(*shop.profile()).clone()
        });
        let own = Locality::own(&shop);
        let decided = |from: &Locality, country, language, currency| {
            let asked = Asked {
                country,
                language,
                currency,
            };
            let found = require(&shop, from, &asked).expect("all of it is there");
            (found.country.to_string(), found.language.to_string(), found.currency)
        };
        let is = |country: &str, language: &str, currency| (country.to_owned(), language.to_owned(), currency);
        let eur = Currency::EUR;
        assert_eq!(decided(&own, Some("jp"), None, None), is("JP", "de", jpy));
        assert_eq!(decided(&own, Some("US"), None, None), is("US", "en", usd));
        assert_eq!(decided(&own, Some("FR"), None, None), is("FR", "en", eur));
        assert_eq!(
            decided(&own, Some("JP"), Some("PT"), Some("usd")),
            is("JP", "pt-BR", usd)
        );
        // What headers said holds for what a directive leaves out.
        let headers = Asked {
            country: Some("US"),
            language: None,
            currency: Some("EUR"),
        };
        let there = prefer(&shop, &own, &headers);
        assert_eq!(decided(&there, Some("JP"), None, None), is("JP", "de", eur));
        assert_eq!(decided(&there, None, None, Some("JPY")), is("US", "en", jpy));
    }
}
