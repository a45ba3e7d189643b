//! `t("order.title", number=order.number)|whole(order.number)`: a number within a sentence, which no line breaks in two.

use minijinja::{HtmlEscape, Value};

/// The sentence as HTML, with the number in one piece.
pub(super) fn whole(sentence: &str, number: &str) -> Value {
    let (sentence, number) = (HtmlEscape(sentence).to_string(), HtmlEscape(number).to_string());
    if number.is_empty() {
        return Value::from_safe_string(sentence);
    }
    let marked = format!("<span class=\"number\">{number}</span>");
    Value::from_safe_string(sentence.replacen(&number, &marked, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_whole_and_nothing_else_becomes_html() {
        let said = |sentence, number| whole(sentence, number).to_string();
        assert_eq!(
            said("Order V-1 of <Ada>", "V-1"),
            "Order <span class=\"number\">V-1</span> of &lt;Ada&gt;"
        );
        assert_eq!(
            said("Order <b>", "<b>"),
            "Order <span class=\"number\">&lt;b&gt;</span>"
        );
        assert_eq!(said("Order V-1", "V-2"), "Order V-1");
        assert_eq!(said("Order", ""), "Order");
        assert!(whole("Order", "").is_safe());
    }
}
