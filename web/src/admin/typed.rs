//! What is typed into a form's fields, read as inputs take it.

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use crate::{
    problem::Problem,
    refusals::Refusal,
    visit::{Form, amount},
};

/// A form that is read field by field; what cannot be read is told at its field.
pub struct Typed<'a> {
    form: &'a Form,
    wrong: Vec<Refusal>,
}

impl<'a> Typed<'a> {
    pub fn of(form: &'a Form) -> Self {
        Self {
            form,
            wrong: Vec::new(),
        }
    }

    /// What could not be read; to be asked before anything is sent.
    pub fn wrong(self) -> Vec<Refusal> {
        self.wrong
    }

    /// A whole number, or nothing where nothing was typed.
    pub fn number(&mut self, name: &str) -> Option<i64> {
        let text = self.form.some(name)?;
        self.whole(name, &text)
    }

    /// A part of a field, as a whole number.
    pub fn whole(&mut self, name: &str, text: &str) -> Option<i64> {
        self.known(name, text.parse().ok())
    }

    /// Hundredths of a percent: `19`, `7.7` and `8,25` are rates.
    pub fn rate(&mut self, name: &str) -> Option<i64> {
        let read = basis_points(self.form.text(name));
        self.known(name, read)
    }

    /// A time as a browser's field has it, `2026-12-01T10:00`, by a clock that stands there. Where clocks are put back it is the
    /// first of the two.
    pub fn time(&mut self, name: &str, zone: Tz) -> Option<String> {
        let read = NaiveDateTime::parse_from_str(self.form.text(name), "%Y-%m-%dT%H:%M");
        let there = read.ok().and_then(|time| time.and_local_timezone(zone).earliest());
        self.known(name, there.map(|time| time.to_utc().to_rfc3339()))
    }

    /// Each line as its words.
    pub fn lines(&self, name: &str) -> Vec<Vec<String>> {
        let lines = self.form.text(name).lines().map(words);
        lines.filter(|words| !words.is_empty()).collect()
    }

    /// Each line as a bound and a price: `*` is no bound. Of commas, those behind a word part it from the next.
    pub fn steps(&mut self, name: &str) -> Vec<(Option<String>, String)> {
        let mut steps = Vec::new();
        let lines = self.form.text(name).lines();
        let lines: Vec<Vec<&str>> = lines
            .map(|line| line.split(|letter: char| letter == ';' || letter.is_whitespace()))
            .map(|words| {
                words
                    .map(|word| word.trim_end_matches(','))
                    .filter(|word| !word.is_empty())
                    .collect()
            })
            .collect();
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            let read = match line.as_slice() {
                [bound, price] => Some((Some(amount(bound)).filter(|bound| bound != "*"), amount(price))),
                _ => None,
            };
            steps.extend(self.known(name, read));
        }
        steps
    }

    fn known<Read>(&mut self, name: &str, read: Option<Read>) -> Option<Read> {
        if read.is_none() && self.wrong.iter().all(|refusal| refusal.name() != name) {
            self.wrong.push(Refusal::at("INVALID", name));
        }
        read
    }
}

/// Words with commas, space or lines between.
pub fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| matches!(letter, ',' | ';') || letter.is_whitespace());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Countries by their letters, or by their names with commas or lines between, as `named` has those of the page's language.
pub fn countries(text: &str, named: &[(String, String)]) -> Vec<String> {
    let code = |name: &str| {
        let same = |(_, known): &&(String, String)| known.to_lowercase() == name.to_lowercase();
        named.iter().find(same).map(|(code, _)| code.clone())
    };
    let parts = text
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let read = parts.flat_map(|part| match code(part) {
        Some(code) => vec![code],
        None => words(&part.to_uppercase()),
    });
    read.collect()
}

/// Of texts that have space in them: with commas between.
pub fn texts(text: &str) -> Vec<String> {
    let texts = text.split(',').map(str::trim);
    texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// The pointers of those that are taken away by leaving their field empty.
pub fn nulls(form: &Form, names: &[&str]) -> Vec<String> {
    let empty = names.iter().filter(|name| form.text(name).is_empty());
    empty.map(|name| format!("/input/{name}")).collect()
}

/// What the form is about.
///
/// # Errors
/// `BadForm` for one that does not say it.
pub fn id(form: &Form) -> Result<String, Problem> {
    form.some("id").ok_or(Problem::BadForm)
}

/// The version that a form was shown with.
pub fn version(form: &Form) -> Option<i64> {
    form.text("expectedVersion").parse().ok()
}

fn basis_points(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || rest.len() > 2 || !is_number(whole) || !is_number(rest) {
        return None;
    }
    format!("{whole}{rest:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_people_type_them() {
        for (text, rate) in [
            ("19", Some(1900)),
            ("7,7 %", Some(770)),
            ("8.25", Some(825)),
            ("0", Some(0)),
            ("", None),
            ("1.234", None),
            ("-3", None),
            ("ten", None),
        ] {
            assert_eq!(basis_points(text), rate, "{text}");
        }
        let form = Form::from("steps=1000, 4,90%0A* 9.90&bad=1000&days=two&none=");
        let mut typed = Typed::of(&form);
        let steps = [(Some("1000".to_owned()), "4.90".to_owned()), (None, "9.90".to_owned())];
        assert_eq!(typed.steps("steps"), steps);
        assert_eq!((typed.number("none"), typed.number("days")), (None, None));
        assert!(typed.steps("bad").is_empty());
        let wrong: Vec<_> = typed.wrong().iter().map(|refusal| refusal.name().to_owned()).collect();
        assert_eq!(wrong, ["days", "bad"]);
        assert_eq!(words("DE, AT;CH\nLI"), ["DE", "AT", "CH", "LI"]);
        let named = [("GB", "United Kingdom"), ("DE", "Germany")];
        let named = named.map(|(code, name)| (code.to_owned(), name.to_owned()));
        let read = countries("germany, United kingdom\nat CH; *, Atlantis", &named);
        assert_eq!(read, ["DE", "GB", "AT", "CH", "*", "ATLANTIS"]);
        let form = Form::from("at=2026-07-01T10:30&none=2026-03-29T02:30&bad=tomorrow");
        let mut typed = Typed::of(&form);
        let mut read = |name| typed.time(name, Tz::Europe__Berlin);
        assert_eq!(read("at").as_deref(), Some("2026-07-01T08:30:00+00:00"));
        assert_eq!((read("none"), read("bad")), (None, None));
    }
}
