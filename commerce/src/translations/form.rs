//! What a text may be.

use crate::{ErrorCode, Refusal, language::messages, text};

/// What a text is, and how long it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One line of as many characters.
    Line(usize),
    /// Several lines of as many characters.
    Paragraph(usize),
    /// HTML of as many bytes.
    Html(usize),
    /// What names the thing in an address.
    Slug,
}

impl Form {
    /// The text in its normal form. HTML loses what could harm a browser.
    ///
    /// # Errors
    /// Refuses a text that is empty or too long, or of another form.
    pub fn normal(self, field: &[&str], given: &str) -> Result<String, Refusal> {
        let empty = || {
            let message = messages::translation_empty();
            Refusal::new(ErrorCode::Invalid, message).at(field)
        };
        match self {
            Self::Line(most) => text::optional_line(field, Some(given), most)?.ok_or_else(empty),
            Self::Paragraph(most) => text::optional_paragraph(field, Some(given), most)?.ok_or_else(empty),
            Self::Html(most) => {
                let clean = text::html(field, given, most)?;
                if clean.trim().is_empty() {
                    Err(empty())
                } else {
                    Ok(clean)
                }
            }
            Self::Slug => {
                let slug = text::normal(given).to_lowercase();
                if text::slug::is_slug(&slug) {
                    return Ok(slug);
                }
                let message = messages::slug_form();
                Err(Refusal::new(ErrorCode::Invalid, message).at(field))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_fields_form() {
        let normal = |form: Form, text: &str| form.normal(&["text"], text);
        assert_eq!(normal(Form::Line(10), " Stuhl\n "), Ok("Stuhl".to_owned()));
        assert_eq!(normal(Form::Paragraph(10), "a\r\nb"), Ok("a\nb".to_owned()));
        let html = normal(Form::Html(100), "<p>Eiche</p><script>x</script>");
        assert_eq!(html, Ok("<p>Eiche</p>".to_owned()));
        assert_eq!(normal(Form::Slug, "Eichen-Stuhl"), Ok("eichen-stuhl".to_owned()));
        for (form, text) in [
            (Form::Line(3), "Stuhl"),
            (Form::Line(10), "  "),
            (Form::Html(100), "<script>x</script>"),
            (Form::Slug, "a/b"),
            (Form::Slug, ""),
        ] {
            assert!(normal(form, text).is_err(), "{form:?} {text}");
        }
    }
}
