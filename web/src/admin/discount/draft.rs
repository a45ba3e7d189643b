//! A discount as its form says it.

use chrono_tz::Tz;

use crate::{
    admin::{
        goods,
        typed::{Typed, texts, words},
    },
    refusals::Refusal,
    visit::{Form, amount},
};

/// What the API takes as a discount, in our own words: each document has its own types for it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Draft {
    pub title: String,
    pub method: String,
    pub kind: String,
    pub value: Option<Off>,
    pub tiers: Vec<Tier>,
    pub goods: Names,
    pub buy: Names,
    pub buy_quantity: Option<i64>,
    pub buy_spend: Vec<Amount>,
    pub get_quantity: Option<i64>,
    pub times_max: Option<i64>,
    pub price_max: Vec<Amount>,
    pub countries: Vec<String>,
    pub minimum_quantity: Option<i64>,
    pub minimum_spend: Vec<Amount>,
    pub first_order: bool,
    pub groups: Vec<String>,
    pub markets: Vec<String>,
    pub currencies: Vec<String>,
    pub combines_with: Vec<String>,
    pub priority: i64,
    pub starts_at: Option<String>,
    pub ends_at: Option<String>,
    pub usage_limit: Option<i64>,
    pub usage_limit_per_customer: Option<i64>,
    pub usage_limit_per_code: Option<i64>,
}

/// What is taken off: one of the three.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Off {
    pub percentage: Option<String>,
    pub amounts: Vec<Amount>,
    pub once: bool,
    pub fixed_prices: Vec<Amount>,
}

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tier {
    pub quantity: Option<i64>,
    pub spend: Vec<Amount>,
    pub value: Off,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    pub amount: String,
    pub currency: String,
}

/// Goods by what people call them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Names {
    pub products: Vec<String>,
    pub variants: Vec<String>,
    pub categories: Vec<String>,
    pub collections: Vec<String>,
    pub without_reduced: bool,
}

impl Names {
    fn of(form: &Form, begins: &str) -> Self {
        let named = |list: &str| {
            texts(
                &form
                    .all(&format!("{begins}{list}"))
                    .join(",")
                    .replace(['\n', '\r', ';'], ","),
            )
        };
        Self {
            products: goods::names(form, &format!("{begins}Products")),
            variants: goods::names(form, &format!("{begins}Variants")),
            categories: named("Categories"),
            collections: named("Collections"),
            without_reduced: form.some(&format!("{begins}WithoutReduced")).is_some(),
        }
    }
}

impl Draft {
    /// Amounts without a currency are in `own`, times are by a clock that stands in `zone`.
    ///
    /// # Errors
    /// What cannot be read, at its field.
    pub fn read(form: &Form, own: &str, zone: Tz) -> Result<Self, Vec<Refusal>> {
        let mut typed = Typed::of(form);
        let mut wrong = Vec::new();
        let off = form.text("off").to_owned();
        let mut amounts = |name: &str| {
            amounts(form.text(name), own).unwrap_or_else(|| {
                wrong.push(Refusal::at("INVALID_AMOUNT", name));
                Vec::new()
            })
        };
        let (buy_spend, price_max, minimum_spend) = (amounts("buySpend"), amounts("priceMax"), amounts("minimumSpend"));
        let value = form.some("value").map(|text| read_off(&off, &text, own));
        let value = match value {
            Some(None) => {
                wrong.push(Refusal::at("INVALID_AMOUNT", "value"));
                None
            }
            read => read.flatten(),
        };
        let by_spend = form.text("tiersBy") == "SPEND";
        let lines = form
            .text("tiers")
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        let tiers: Option<Vec<Tier>> = lines.map(|line| read_tier(line, by_spend, &off, own)).collect();
        let tiers = tiers.unwrap_or_else(|| {
            wrong.push(Refusal::at("INVALID", "tiers"));
            Vec::new()
        });
        let draft = Self {
            title: form.text("title").to_owned(),
            method: form.text("method").to_owned(),
            kind: form.text("kind").to_owned(),
            value,
            tiers,
            goods: Names::of(form, "goods"),
            buy: Names::of(form, "buy"),
            buy_quantity: typed.number("buyQuantity"),
            buy_spend,
            get_quantity: typed.number("getQuantity"),
            times_max: typed.number("timesMax"),
            price_max,
            countries: capitals(&form.all("countries").join(",")),
            minimum_quantity: typed.number("minimumQuantity"),
            minimum_spend,
            first_order: form.some("firstOrder").is_some(),
            groups: ticked(form, "group."),
            markets: ticked(form, "market."),
            currencies: capitals(form.text("currencies")),
            combines_with: ticked(form, "class."),
            priority: typed.number("priority").unwrap_or(0),
            starts_at: form.some("startsAt").and_then(|_| typed.time("startsAt", zone)),
            ends_at: form.some("endsAt").and_then(|_| typed.time("endsAt", zone)),
            usage_limit: typed.number("usageLimit"),
            usage_limit_per_customer: typed.number("usageLimitPerCustomer"),
            usage_limit_per_code: typed.number("usageLimitPerCode"),
        };
        wrong.extend(typed.wrong());
        match wrong.is_empty() {
            true => Ok(draft),
            false => Err(wrong),
        }
    }
}

/// Of boxes whose names begin alike, what follows in the names of those that are ticked.
fn ticked(form: &Form, begins: &str) -> Vec<String> {
    let names = form.pairs().filter_map(|(name, _)| name.strip_prefix(begins));
    names.map(str::to_owned).collect()
}

fn capitals(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.to_uppercase()).collect()
}

/// Amounts with space between, each with its currency before it, or in `own`: `5.00 USD 6.00` are two.
fn amounts(text: &str, own: &str) -> Option<Vec<Amount>> {
    let is_currency = |word: &str| word.len() == 3 && word.chars().all(|letter| letter.is_ascii_alphabetic());
    let parts = text.split(|letter: char| letter == ';' || letter.is_whitespace());
    let parts = parts.map(|word| word.trim_end_matches(','));
    let mut read: Vec<Amount> = Vec::new();
    let mut named: Option<String> = None;
    for word in parts.filter(|word| !word.is_empty()) {
        match (is_currency(word), named.take()) {
            (true, None) => named = Some(word.to_uppercase()),
            (true, Some(_)) => return None,
            (false, before) => read.push(Amount {
                amount: amount(word),
                currency: before.unwrap_or_else(|| own.to_owned()),
            }),
        }
    }
    match (named, read.last_mut()) {
        // As people write a single one: `5.00 EUR`.
        (Some(currency), Some(last)) if read_alone(text) => last.currency = currency,
        (Some(_), _) => return None,
        (None, _) => {}
    }
    Some(read)
}

/// Whether there is one amount, with its currency behind it.
fn read_alone(text: &str) -> bool {
    text.split_whitespace().count() == 2
}

/// In the way that the form chose.
fn read_off(off: &str, text: &str, own: &str) -> Option<Off> {
    if off == "PERCENTAGE" {
        let percentage = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
        return Some(Off {
            percentage: Some(percentage),
            ..Off::default()
        });
    }
    let read = amounts(text, own).filter(|read| !read.is_empty())?;
    Some(match off {
        "FIXED_PRICE" => Off {
            fixed_prices: read,
            ..Off::default()
        },
        _ => Off {
            amounts: read,
            once: off == "AMOUNT_ONCE",
            ..Off::default()
        },
    })
}

fn read_tier(line: &str, by_spend: bool, off: &str, own: &str) -> Option<Tier> {
    let (from, value) = line.split_once(':')?;
    let value = read_off(off, value, own)?;
    Some(match by_spend {
        true => Tier {
            spend: amounts(from, own).filter(|spend| !spend.is_empty())?,
            quantity: None,
            value,
        },
        false => Tier {
            spend: Vec::new(),
            quantity: Some(from.trim().parse().ok()?),
            value,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(amounts: Option<Vec<Amount>>) -> Option<String> {
        let told = |amount: &Amount| format!("{} {}", amount.currency, amount.amount);
        amounts.map(|amounts| amounts.iter().map(told).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, expected) in [
            ("5,00", Some("EUR 5.00")),
            ("5.00 EUR", Some("EUR 5.00")),
            ("5.00 USD 6.00; JPY 900", Some("EUR 5.00, USD 6.00, JPY 900")),
            ("", Some("")),
            ("USD EUR 5", None),
            ("5 USD 6 CHF", None),
        ] {
            assert_eq!(told(amounts(text, "EUR")).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_form_says_what_is_taken_off() {
        let form =
            Form::from("title=Spring&off=PERCENTAGE&value=12,5+%25&goodsProducts=mug%0Alamp&endsAt=2026-11-30T08:00");
        let draft = Draft::read(&form, "EUR", Tz::Europe__Berlin).expect("a draft");
        assert_eq!(draft.value.and_then(|value| value.percentage).as_deref(), Some("12.5"));
        assert_eq!(draft.goods.products, ["mug", "lamp"]);
        assert_eq!(draft.ends_at.as_deref(), Some("2026-11-30T07:00:00+00:00"));
        let form = Form::from("off=AMOUNT&tiersBy=SPEND&tiers=50:5%0A100,00:12.50");
        let tiers = Draft::read(&form, "EUR", Tz::Europe__Berlin).expect("a draft").tiers;
        assert_eq!(told(Some(tiers[1].spend.clone())).as_deref(), Some("EUR 100.00"));
        assert_eq!(told(Some(tiers[1].value.amounts.clone())).as_deref(), Some("EUR 12.50"));
        let form = Form::from("tiers=three&off=AMOUNT&value=USD&usageLimit=x&startsAt=soon");
        let wrong = Draft::read(&form, "EUR", Tz::Europe__Berlin).expect_err("wrong");
        let names: Vec<_> = wrong.iter().map(Refusal::name).collect();
        assert_eq!(names, ["value", "tiers", "startsAt", "usageLimit"]);
    }
}
