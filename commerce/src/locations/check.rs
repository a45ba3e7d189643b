//! What may be written of a location.

use crate::{Refusal, text};

pub(super) fn name(name: &str) -> Result<String, Refusal> {
    text::line(&["name"], name, 100)
}

pub(super) fn pickup_instructions(instructions: Option<&str>) -> Result<Option<String>, Refusal> {
    text::optional_paragraph(&["pickupInstructions"], instructions, 1_000)
}

pub(super) fn opening_hours(hours: Option<&str>) -> Result<Option<String>, Refusal> {
    text::optional_paragraph(&["openingHours"], hours, 500)
}
