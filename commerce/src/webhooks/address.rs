//! What an endpoint's address may be.

use crate::{
    ErrorCode, Refusal, Shop,
    language::{Message, messages},
    ports::webhook_sender::AddressProblem,
    text,
};

const URL_LENGTH_MAX: usize = 1_000;
const DESCRIPTION_LENGTH_MAX: usize = 200;

pub(super) fn url(shop: &Shop, given: &str) -> Result<String, Refusal> {
    let url = text::line(&["url"], given, URL_LENGTH_MAX)?;
    match shop.webhook_sender.check(&url) {
        Ok(()) => Ok(url),
        Err(problem) => Err(Refusal::new(ErrorCode::Invalid, words(problem)).at(&["url"])),
    }
}

pub(super) fn description(given: Option<&str>) -> Result<String, Refusal> {
    let text = text::optional_line(&["description"], given, DESCRIPTION_LENGTH_MAX)?;
    Ok(text.unwrap_or_default())
}

/// Why it is not asked, for staff.
pub(super) fn words(problem: AddressProblem) -> Message {
    match problem {
        AddressProblem::Form => messages::webhook_address_form(),
        AddressProblem::Unencrypted => messages::webhook_address_unencrypted(),
        AddressProblem::Credentials => messages::webhook_address_credentials(),
        AddressProblem::Inside => messages::webhook_address_inside(),
    }
}
