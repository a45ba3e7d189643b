//! A value's one form, and what it means: pure.

use chrono::NaiveDate;
use vitrine_entity::{
    attribute_definition::{AttributeKind, ReferenceKind},
    ids::{CategoryId, CollectionId, ProductId, VariantId},
};

use super::definitions::Definition;
use crate::{
    catalog::measure::{self, Unit},
    language::{Message, messages},
};

/// The most characters of a value.
pub(super) const VALUE_LENGTH_MAX: usize = 255;

/// What a value means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    Text,
    /// In millionths, in the unit of the definition where it has one.
    Number(i64, Option<Unit>),
    Boolean(bool),
    Date(NaiveDate),
    /// `#rrggbb`.
    Colour(String),
    Product(ProductId),
    Variant(VariantId),
    Category(CategoryId),
    Collection(CollectionId),
}

/// A value in its one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalog) struct Normal {
    pub(in crate::catalog) text: String,
    pub(in crate::catalog) typed: Typed,
}

impl Normal {
    /// What ranges are compared by.
    pub(in crate::catalog) fn number_micro(&self) -> Option<i64> {
        match self.typed {
            Typed::Number(micro, _) => Some(micro),
            _ => None,
        }
    }
}

/// What the value means to its definition; nothing where it is not what that wants.
pub fn typed(definition: &Definition, text: &str) -> Option<Typed> {
    read(definition, text).ok().map(|normal| normal.typed)
}

/// The value in its one form with its number, where a definition knows it; else as it is.
pub(in crate::catalog) fn normalised(definition: Option<&Definition>, text: &str) -> (String, Option<i64>) {
    match definition.map(|definition| read(definition, text)) {
        Some(Ok(normal)) => (normal.text.clone(), normal.number_micro()),
        _ => (text.to_owned(), None),
    }
}

/// Reads a value, which is a line within its bounds.
///
/// # Errors
/// What its definition wants instead, in a sentence.
pub(in crate::catalog) fn read(definition: &Definition, text: &str) -> Result<Normal, Message> {
    let normal = read_kind(definition, text.trim())?;
    let is_choice = definition.choices.iter().any(|choice| choice.value == normal.text);
    if !definition.choices.is_empty() && !is_choice {
        let choices: Vec<_> = definition
            .choices
            .iter()
            .take(10)
            .map(|choice| format!("`{}`", choice.value))
            .collect();
        return Err(messages::not_one_of(&normal.text, choices.join(", ")));
    }
    Ok(normal)
}

/// As [`read`], whatever the choices are.
pub(super) fn read_kind(definition: &Definition, text: &str) -> Result<Normal, Message> {
    let name = &definition.row.name;
    let plain = |text: String, typed| Ok(Normal { text, typed });
    match definition.row.kind {
        AttributeKind::Text => plain(text.to_owned(), Typed::Text),
        AttributeKind::Number => {
            let micro = measure::parse(text).ok_or_else(|| messages::is_a_number(name))?;
            plain(measure::decimal(micro), Typed::Number(micro, None))
        }
        AttributeKind::NumberWithUnit => with_unit(definition, text),
        AttributeKind::Boolean => {
            let is = match text.to_lowercase().as_str() {
                "true" | "yes" | "1" => true,
                "false" | "no" | "0" => false,
                _ => return Err(messages::is_true_or_false(name)),
            };
            plain(is.to_string(), Typed::Boolean(is))
        }
        AttributeKind::Date => {
            let date: NaiveDate = text.parse().map_err(|_| messages::is_a_date(name))?;
            plain(date.format("%Y-%m-%d").to_string(), Typed::Date(date))
        }
        AttributeKind::Colour => {
            let colour = text.to_lowercase();
            let digits = colour.strip_prefix('#').unwrap_or_default();
            if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(messages::is_a_colour(name));
            }
            plain(colour.clone(), Typed::Colour(colour))
        }
        AttributeKind::Reference => {
            let typed = reference(definition.row.reference_kind, text);
            let typed =
                typed.ok_or_else(|| format!("`{name}` is the id of {}.", wanted(definition.row.reference_kind)))?;
            plain(text.to_owned(), typed)
        }
    }
}

fn with_unit(definition: &Definition, text: &str) -> Result<Normal, Message> {
    let unit = definition.row.unit.as_deref().and_then(Unit::from_code);
    let Some(unit) = unit else {
        return Err(messages::has_no_unit(&definition.row.name));
    };
    let wrong = || messages::is_a_number_with_unit(&definition.row.name, unit.to_string());
    let end = text
        .find(|c: char| !matches!(c, '0'..='9' | '.' | '-'))
        .unwrap_or(text.len());
    let (number, given) = text.split_at(end);
    let micro = measure::parse(number).ok_or_else(wrong)?;
    let from = match given.trim() {
        "" => unit,
        given => Unit::read(given).ok_or_else(wrong)?,
    };
    let micro = measure::convert(micro, from, unit).ok_or_else(wrong)?;
    Ok(Normal {
        text: format!("{} {unit}", measure::decimal(micro)),
        typed: Typed::Number(micro, Some(unit)),
    })
}

fn reference(kind: Option<ReferenceKind>, text: &str) -> Option<Typed> {
    match kind? {
        ReferenceKind::Product => text.parse().ok().map(Typed::Product),
        ReferenceKind::Variant => text.parse().ok().map(Typed::Variant),
        ReferenceKind::Category => text.parse().ok().map(Typed::Category),
        ReferenceKind::Collection => text.parse().ok().map(Typed::Collection),
    }
}

fn wanted(kind: Option<ReferenceKind>) -> &'static str {
    match kind {
        Some(ReferenceKind::Variant) => "a variant",
        Some(ReferenceKind::Category) => "a category",
        Some(ReferenceKind::Collection) => "a collection",
        _ => "a product",
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;
    use uuid::Uuid;
    use vitrine_entity::{attribute_choice as choice, attribute_definition as definition, ids::AttributeDefinitionId};

    use super::*;

    fn defined(kind: AttributeKind, choices: &[&str]) -> Definition {
        let id = AttributeDefinitionId(Uuid::from_u128(1));
        let choice = |(place, value): (usize, &&str)| choice::Model {
            definition_id: id,
            value: (*value).to_owned(),
            position: place as i32,
            colour: None,
            image_source: None,
        };
        Definition {
            row: definition::Model {
                id,
                key: "thing".into(),
                name: "Thing".into(),
                kind,
                is_list: false,
                unit: Some("KG".into()),
                reference_kind: Some(ReferenceKind::Product),
                filterable: true,
                visible: true,
                position: 0,
                categories: serde_json::json!([]),
                version: 1,
                created_at: DateTime::UNIX_EPOCH,
                updated_at: DateTime::UNIX_EPOCH,
                deleted_at: None,
            },
            choices: choices.iter().enumerate().map(choice).collect(),
        }
    }

    #[test]
    fn each_kind_has_one_form() {
        let product = ProductId(Uuid::from_u128(7)).to_string();
        for (kind, given, form) in [
            (AttributeKind::Text, " Oak ", "Oak"),
            (AttributeKind::Number, "12.50", "12.5"),
            (AttributeKind::NumberWithUnit, "1500 g", "1.5 kg"),
            (AttributeKind::NumberWithUnit, "1500g", "1.5 kg"),
            (AttributeKind::NumberWithUnit, "2", "2 kg"),
            (AttributeKind::Boolean, "Yes", "true"),
            (AttributeKind::Date, "2026-02-28", "2026-02-28"),
            (AttributeKind::Colour, "#ABCDEF", "#abcdef"),
            (AttributeKind::Reference, product.as_str(), product.as_str()),
        ] {
            let normal = read(&defined(kind, &[]), given).expect(given);
            assert_eq!(normal.text, form, "{kind:?}");
            assert_eq!(read(&defined(kind, &[]), form), Ok(normal), "its form is its own");
        }
        for (kind, given) in [
            (AttributeKind::Number, "12,5"),
            (AttributeKind::NumberWithUnit, "2 l"),
            (AttributeKind::NumberWithUnit, "heavy"),
            (AttributeKind::Boolean, "maybe"),
            (AttributeKind::Date, "2026-02-30"),
            (AttributeKind::Colour, "red"),
            (AttributeKind::Reference, "cat_00000000000000000000000007"),
        ] {
            assert!(
                read(&defined(kind, &[]), given)
                    .expect_err("refused")
                    .to_string()
                    .starts_with("`Thing` is"),
                "{given}"
            );
        }
    }

    #[test]
    fn where_choices_are_given_only_they_will_do() {
        let wood = defined(AttributeKind::Text, &["Oak", "Ash"]);
        assert!(read(&wood, "Oak").is_ok());
        let refused = read(&wood, "Elm").expect_err("it is none of them");
        assert_eq!(refused.to_string(), "`Elm` is not one of `Oak`, `Ash`.");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            for kind in [AttributeKind::Number, AttributeKind::NumberWithUnit, AttributeKind::Date, AttributeKind::Colour] {
                if let Ok(normal) = read(&defined(kind, &[]), &text) {
                    prop_assert_eq!(read(&defined(kind, &[]), &normal.text), Ok(normal.clone()));
                }
            }
        }
    }
}
