//! What a front end notes of a cart or of a line: bounded, and each key once.

use vitrine_entity::attribute::{Attribute, Attributes};

use crate::{ErrorCode, Refusal, language::messages, text};

/// The most attributes of a cart, and of a line.
pub const ATTRIBUTES_MAX: usize = 20;

/// In their normal form, in the order given; what is empty is left out.
///
/// # Errors
/// Refuses too many, a key that is there twice, and text that is too long or hides something.
pub(super) fn checked(field: &[&str], given: Vec<Attribute>) -> Result<Attributes, Refusal> {
    if given.len() > ATTRIBUTES_MAX {
        let message = messages::cart_attributes_max(ATTRIBUTES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    }
    let mut kept: Vec<Attribute> = Vec::new();
    for (index, attribute) in given.into_iter().enumerate() {
        let index = index.to_string();
        let at = |name| [field, &[&*index, name]].concat();
        let key = text::line(&at("key"), &attribute.key, 100)?;
        if kept.iter().any(|other| other.key == key) {
            return Err(Refusal::new(ErrorCode::Invalid, messages::cart_attribute_twice(&key)).at(&at("key")));
        }
        if let Some(value) = text::optional_paragraph(&at("value"), Some(&attribute.value), 1_000)? {
            kept.push(Attribute { key, value });
        }
    }
    Ok(Attributes(kept))
}
