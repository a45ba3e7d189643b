//! What a shopper says of a gift card that they buy: for whom it is, from whom, and when it is sent. Kept as attributes of its
//! line, under keys of their own.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use vitrine_entity::attribute::Attribute;

use crate::{ErrorCode, Refusal, language::messages, profile::Profile, text};

/// The longest that a card may wait for its day.
const DAYS_MAX: i64 = 366;

/// When in the day a card is sent.
const SENT_AT: TimeDelta = TimeDelta::hours(8);

/// The key of the day.
pub(crate) const DELIVER_ON: &str = "deliverOn";

/// What is wished for a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// Whoever buys the card, where it is not given.
    pub recipient_email: Option<String>,
    pub recipient_name: Option<String>,
    pub sender_name: Option<String>,
    pub message: Option<String>,
    /// Once it is paid, where it is not given.
    pub deliver_on: Option<NaiveDate>,
}

/// Refuses attributes of a gift card's line that cannot be meant.
///
/// # Errors
/// The attribute that is wrong.
pub(crate) fn check_wish(
    field: &[&str],
    attributes: &[Attribute],
    profile: &Profile,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let wish = read(field, attributes)?;
    let today = profile.date(now);
    let is_odd = |day: &NaiveDate| *day < today || *day > today + TimeDelta::days(DAYS_MAX);
    match wish.deliver_on.filter(is_odd) {
        Some(_) => Said::of(field, attributes, DELIVER_ON).map_or(Ok(()), |said| Err(no_day(&said))),
        None => Ok(()),
    }
}

impl Wish {
    /// What the attributes of a gift card's line say; what no longer holds was checked when it was said.
    pub fn of(attributes: &[Attribute]) -> Self {
        read(&[], attributes).unwrap_or_default()
    }
}

/// When a card is sent that was bought at `now`.
pub(super) fn deliver_at(wish: &Wish, profile: &Profile, now: DateTime<Utc>) -> DateTime<Utc> {
    match wish.deliver_on {
        Some(day) => (profile.day_begins(day) + SENT_AT).max(now),
        None => now,
    }
}

fn read(field: &[&str], attributes: &[Attribute]) -> Result<Wish, Refusal> {
    let said = |key: &'static str| Said::of(field, attributes, key);
    // What is wrong is called by its key: `value` tells a shopper nothing.
    let line = |key| match said(key) {
        Some(said) => text::optional_line(&[key], Some(said.value), 100).map_err(|wrong| wrong.at(&said.path())),
        None => Ok(None),
    };
    let email = said("recipientEmail")
        .map(|said| text::email(&["recipientEmail"], said.value).map_err(|wrong| wrong.at(&said.path())));
    let day = said(DELIVER_ON).map(|said| said.value.parse().map_err(|_| no_day(&said)));
    Ok(Wish {
        recipient_email: email.transpose()?,
        recipient_name: line("recipientName")?,
        sender_name: line("senderName")?,
        message: said("message").map(|said| said.value.to_owned()),
        deliver_on: day.transpose()?,
    })
}

fn no_day(said: &Said<'_>) -> Refusal {
    Refusal::new(ErrorCode::Invalid, messages::gift_card_day()).at(&said.path())
}

/// What stands under a key, and where in the input.
struct Said<'a> {
    field: &'a [&'a str],
    place: String,
    value: &'a str,
}

impl<'a> Said<'a> {
    fn of(field: &'a [&'a str], attributes: &'a [Attribute], key: &str) -> Option<Self> {
        let place = attributes.iter().position(|attribute| attribute.key == key)?;
        Some(Self {
            field,
            place: place.to_string(),
            value: &attributes[place].value,
        })
    }

    fn path(&self) -> Vec<&str> {
        [self.field, &[&self.place, "value"]].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn attribute(key: &str, value: &str) -> Attribute {
        Attribute {
            key: key.to_owned(),
            value: value.to_owned(),
        }
    }

    fn check(key: &str, value: &str) -> Result<(), Vec<String>> {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let profile = Profile::new("Shop", "DE", Currency::EUR, "en");
        check_wish(&["attributes"], &[attribute(key, value)], &profile, now).map_err(|refusal| refusal.field)
    }

    #[test]
    fn a_wish_is_one_mail_address_and_a_day_that_comes_within_a_year() {
        // 1 800 000 000 is 15 January 2027.
        for (key, value) in [
            ("recipientEmail", "bob@example.com"),
            ("deliverOn", "2027-01-15"),
            ("deliverOn", "2028-01-10"),
            ("engraving", "anything"),
        ] {
            assert_eq!(check(key, value), Ok(()), "{key} {value}");
        }
        for (key, value) in [
            ("recipientEmail", "a@x,b@y"),
            ("deliverOn", "2027-01-14"),
            ("deliverOn", "2029-01-01"),
            ("deliverOn", "tomorrow"),
            ("recipientName", &*"x".repeat(101)),
        ] {
            let refused = Err(["attributes", "0", "value"].map(str::to_owned).into());
            assert_eq!(check(key, value), refused, "{key} {value}");
        }
    }
}
