//! Halves of surrogate pairs in JSON: `"\ud800"` may be written (RFC 8259, section 8.2), and is no text.

/// What stands for one.
pub(super) const REPLACEMENT: char = '\u{fffd}';

/// The JSON with another character for each half that stands alone, or `None` where there is none.
pub(super) fn replaced(json: &str) -> Option<String> {
    let mut text = String::with_capacity(json.len());
    let (mut rest, mut any) = (json, false);
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        text.push_str(before);
        let (length, is_half) = match unit(escape) {
            Some(0xd800..0xdc00)
                if escape
                    .get(6..)
                    .and_then(unit)
                    .is_some_and(|low| (0xdc00..0xe000).contains(&low)) =>
            {
                (12, false)
            }
            Some(0xd800..0xe000) => (6, true),
            Some(_) => (6, false),
            // The character behind it, which may be a backslash or stand for more bytes than one.
            None => (1 + escape[1..].chars().next().map_or(0, char::len_utf8), false),
        };
        match is_half {
            true => text.push(REPLACEMENT),
            false => text.push_str(&escape[..length]),
        }
        any |= is_half;
        rest = &escape[length..];
    }
    text.push_str(rest);
    any.then_some(text)
}

/// The number of an escape, at whose beginning the text is.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_replaced_and_everything_else_is_kept() {
        for whole in [
            r#""plain""#,
            r#""\ud83d\ude00 \u00e9 \\ud800 \n""#,
            r#""é\"#,
            r#""\u12"#,
            r#""\é""#,
        ] {
            assert_eq!(replaced(whole), None, "{whole}");
        }
        for (json, expected) in [
            (r#""\ud800""#, "\u{fffd}"),
            (r#""a\udc00\ud83d\ude00\\b""#, "a\u{fffd}\u{1f600}\\b"),
            (r#""\ud800\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ud800\u0041""#, "\u{fffd}A"),
        ] {
            let replaced = replaced(json).expect("there is one");
            assert_eq!(
                serde_json::from_str::<String>(&replaced).expect("JSON"),
                expected,
                "{json}"
            );
        }
    }
}
