//! A language as somebody reads it.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use vitrine_locale::{FALLBACK, Formats, direction, of_country, primary};

use super::{
    bundle::{Bundle, languages},
    message::{Message, Value},
};
use crate::money::Money;

/// How many are kept: of more, the rest is made anew each time.
const KEPT_MAX: usize = 200;

static KEPT: LazyLock<RwLock<HashMap<String, Arc<Language>>>> = LazyLock::new(RwLock::default);

/// A language of a country, with the words of it that we have.
pub struct Language {
    tag: String,
    bundle: Bundle,
    formats: Arc<Formats>,
}

impl Language {
    /// The nearest to a tag of BCP 47 whose words there are. `country` tells American English from British, where the tag
    /// does not.
    pub fn of(tag: &str, country: &str) -> Arc<Self> {
        let tag = resolved(tag, country);
        let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner).get(&tag).cloned();
        kept.unwrap_or_else(|| {
            let language = Arc::new(Self::new(tag.clone()));
            let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT_MAX {
                kept.insert(tag, language.clone());
            }
            language
        })
    }

    /// As logs and the command line speak.
    pub fn english() -> Arc<Self> {
        Self::of(FALLBACK, "")
    }

    fn new(tag: String) -> Self {
        Self {
            bundle: Bundle::new(&tag, primary(&tag)),
            formats: Formats::of(&tag),
            tag,
        }
    }

    /// BCP 47, as an HTML document names its language.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// `rtl` or `ltr`.
    pub fn direction(&self) -> &'static str {
        direction(&self.tag)
    }

    /// Whether there is a message of this name.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.bundle.knows(id)
    }

    /// Puts a message into words.
    pub fn say(&self, message: &Message) -> String {
        message.said(
            |id, values| self.bundle.say(id, values, |value| self.write(value)),
            |text| text.to_owned(),
        )
    }

    fn write(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => self.number(*number),
            Value::Money(money) => self.money(*money),
            Value::Day(day) => self.day(*day),
            Value::Moment(at, zone) => self.moment(*at, *zone),
            Value::List(parts) => self.list(parts),
            Value::Called(thing) => thing.name_in(&self.tag),
            Value::Message(message) => self.say(message),
            Value::Messages(messages) => self.list(&messages.iter().map(|part| self.say(part)).collect::<Vec<_>>()),
        }
    }

    /// `red, green and blue`.
    pub fn list(&self, parts: &[String]) -> String {
        self.formats.list(parts)
    }

    /// `1,249`.
    pub fn number(&self, number: i64) -> String {
        self.formats.number(number)
    }

    /// `€1,249.00`.
    pub fn money(&self, money: Money) -> String {
        self.formats.money(&money.decimal(), money.currency.code())
    }

    /// `7.7%`, of hundredths of a percent.
    pub fn percent(&self, basis_points: i32) -> String {
        self.formats.percent(i64::from(basis_points))
    }

    /// `20 November 2026`.
    pub fn day(&self, day: NaiveDate) -> String {
        self.formats.day(day)
    }

    /// `20 November 2026 at 14:35 CET`, by the clock of `zone`.
    pub fn moment(&self, at: DateTime<Utc>, zone: Tz) -> String {
        self.formats.moment(at, zone)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.tag).finish()
    }
}

/// In English, as logs and the command line have it.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::english().say(self))
    }
}

/// The tag whose words and formats are taken: English words come with English dates.
fn resolved(tag: &str, country: &str) -> String {
    let is_known = languages().any(|known| known.eq_ignore_ascii_case(primary(tag)));
    of_country(if is_known { tag } else { FALLBACK }, country)
}
