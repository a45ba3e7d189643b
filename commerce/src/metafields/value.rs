//! A metafield's value in its one form: pure.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rust_decimal::Decimal;
use vitrine_entity::metafield::MetafieldKind;

use crate::{
    language::{Message, messages},
    text,
};

const LINE_LENGTH_MAX: usize = 1_000;
/// The most bytes of a value.
const BYTES_MAX: usize = 65_536;

/// The value in its one form.
///
/// # Errors
/// What its kind wants instead, in a sentence.
pub(super) fn normal(kind: MetafieldKind, value: &str) -> Result<String, Message> {
    if value.len() > BYTES_MAX {
        return Err(messages::metafield_bytes_max(BYTES_MAX));
    }
    let text = &*text::normal(value);
    let wanted = |what: &str| Message::from(format!("The value must be {what}."));
    match kind {
        MetafieldKind::Text => line(text),
        // As it was sent but for what nobody sees: blanks at its edges may mean something to the app.
        MetafieldKind::Paragraph => text::paragraph(value).ok_or_else(|| wanted("text without control characters")),
        MetafieldKind::Integer => {
            let number: i64 = text.parse().map_err(|_| wanted("a whole number, like `42`"))?;
            Ok(number.to_string())
        }
        MetafieldKind::Decimal => {
            let number = Decimal::from_str_exact(text).map_err(|_| wanted("a decimal, like `12.5`"))?;
            Ok(number.normalize().to_string())
        }
        MetafieldKind::Boolean => match text {
            "true" | "false" => Ok(text.to_owned()),
            _ => Err(wanted("`true` or `false`")),
        },
        MetafieldKind::Date => {
            let date: NaiveDate = text.parse().map_err(|_| wanted("a date, like `2026-01-31`"))?;
            Ok(date.format("%Y-%m-%d").to_string())
        }
        MetafieldKind::DateTime => {
            let time = DateTime::parse_from_rfc3339(text);
            let time = time.map_err(|_| wanted("a time, like `2026-01-31T12:00:00Z`"))?;
            Ok(time.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
        MetafieldKind::Colour => {
            let colour = text.to_ascii_lowercase();
            let digits = colour.strip_prefix('#').unwrap_or_default();
            match digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                true => Ok(colour),
                false => Err(wanted("a colour, like `#8a6f4d`")),
            }
        }
        MetafieldKind::Url => url(text).ok_or_else(|| wanted("an address that begins with `https://` or `http://`")),
        MetafieldKind::Json => {
            let json: serde_json::Value =
                serde_json::from_str(value.trim_matches(is_around)).map_err(|_| wanted("JSON"))?;
            let written = json.to_string();
            // PostgreSQL takes no NUL in a text, and JSON can hide one in an escape: written, it stays one.
            Ok(written)
        }
    }
}

/// What stands around JSON, whose own texts are an app's and stay as they are.
fn is_around(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

fn line(text: &str) -> Result<String, Message> {
    let line = text::optional_line(&["value"], Some(text), LINE_LENGTH_MAX)
        .ok()
        .flatten();
    line.ok_or_else(|| messages::metafield_line_max(LINE_LENGTH_MAX))
}

fn url(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let plain =
        text.len() <= 2_048 && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"' || c == '<');
    (plain && rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [MetafieldKind; 10] = [
        MetafieldKind::Text,
        MetafieldKind::Paragraph,
        MetafieldKind::Integer,
        MetafieldKind::Decimal,
        MetafieldKind::Boolean,
        MetafieldKind::Date,
        MetafieldKind::DateTime,
        MetafieldKind::Colour,
        MetafieldKind::Url,
        MetafieldKind::Json,
    ];

    #[test]
    fn each_kind_has_one_form() {
        for (kind, given, form) in [
            (MetafieldKind::Text, " a ", "a"),
            (MetafieldKind::Paragraph, "a\nb ", "a\nb "),
            (MetafieldKind::Integer, "+042", "42"),
            (MetafieldKind::Decimal, "1.50", "1.5"),
            (MetafieldKind::Boolean, "true", "true"),
            (MetafieldKind::Date, "2026-01-31", "2026-01-31"),
            (
                MetafieldKind::DateTime,
                "2026-01-31T13:00:00+01:00",
                "2026-01-31T12:00:00Z",
            ),
            (MetafieldKind::Text, "a\r\nb\u{200B}", "a b"),
            (MetafieldKind::Paragraph, " a\r\nb\u{FEFF}", " a\nb"),
            (MetafieldKind::Colour, "#ABCDEF", "#abcdef"),
            (MetafieldKind::Url, "https://a.example/b", "https://a.example/b"),
            (MetafieldKind::Json, "{ \"a\": [1, null] }", "{\"a\":[1,null]}"),
        ] {
            assert_eq!(normal(kind, given).as_deref(), Ok(form), "{kind:?}");
        }
        for (kind, given) in [
            (MetafieldKind::Text, ""),
            (MetafieldKind::Text, "abc\u{202E}cba"),
            (MetafieldKind::Paragraph, "a\0b"),
            (MetafieldKind::Integer, "1.5"),
            (MetafieldKind::Decimal, "1e5"),
            (MetafieldKind::Boolean, "yes"),
            (MetafieldKind::Date, "31.01.2026"),
            (MetafieldKind::DateTime, "2026-01-31"),
            (MetafieldKind::Colour, "red"),
            (MetafieldKind::Url, "javascript:alert(1)"),
            (MetafieldKind::Json, "{"),
        ] {
            assert!(normal(kind, given).is_err(), "{kind:?} {given:?}");
        }
        assert!(normal(MetafieldKind::Paragraph, &"a".repeat(BYTES_MAX + 1)).is_err());
    }

    proptest! {
        #[test]
        fn the_form_is_its_own(text in ".{0,60}") {
            for kind in ALL {
                if let Ok(form) = normal(kind, &text) {
                    prop_assert_eq!(normal(kind, &form), Ok(form.clone()));
                }
            }
        }
    }
}
