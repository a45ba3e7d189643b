//! One line of any text.

/// Makes one line of any text: what was typed as one is one already, what comes from a file or
/// another system may not be, and in a subject a second line would be another header.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() && !is_no_break(c) || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Between a number and what belongs to it.
fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_keeps_a_second_line() {
        assert_eq!(one_line(" a\r\nBcc: b@x.y\0\u{2028}c\td "), "a Bcc: b@x.y c d");
        assert_eq!(one_line("CHF\u{a0}5"), "CHF\u{a0}5");
        assert_eq!(one_line("1\u{202f}249"), "1\u{202f}249");
    }
}
