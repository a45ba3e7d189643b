//! What a front end notes of a cart or of a line: bounded, and each key once.

use vitrine_entity::attribute::{Attribute, Attributes};

use crate::{ErrorCode, Refusal, text};

/// The most attributes of a cart, and of a line.
pub const ATTRIBUTES_MAX: usize = 20;

/// In their normal form, in the order given; what is empty is left out.
///
/// # Errors
/// Refuses too many, a key that is there twice, and text that is too long or hides something.
pub(super) fn checked(field: &[&str], given: Vec<Attribute>) -> Result<Attributes, Refusal> {
    if given.len() > ATTRIBUTES_MAX {
        let message = format!("At most {ATTRIBUTES_MAX} attributes may be given.");
        return Err(Refusal::new(ErrorCode::Invalid, message).at(field));
    }
    let mut kept: Vec<Attribute> = Vec::new();
    for (index, attribute) in given.into_iter().enumerate() {
        let index = index.to_string();
        let at = |name| [field, &[&*index, name]].concat();
        let key = text::line(&at("key"), &attribute.key, 100)?;
        if kept.iter().any(|other| other.key == key) {
            return Err(Refusal::new(ErrorCode::Invalid, format!("The key `{key}` is there twice.")).at(&at("key")));
        }
        if let Some(value) = text::optional_paragraph(&at("value"), Some(&attribute.value), 1_000)? {
            kept.push(Attribute { key, value });
        }
    }
    Ok(Attributes(kept))
}
