//! What was chosen in `pay.html`: a way to pay, or a card that was saved.

use crate::visit::Posted;

/// What stands before the id of a saved card, in the place of a method's name.
const SAVED: &str = "saved:";

/// As the API takes it.
#[derive(Default)]
pub struct Chosen {
    /// The shop's own where none is named.
    pub method: Option<String>,
    pub token: Option<String>,
    pub saved: Option<String>,
    pub save: Option<bool>,
}

pub fn chosen(posted: &Posted) -> Chosen {
    let method = posted.some("method");
    // A saved card needs neither a token nor to be saved again, whatever the fields beside it hold.
    if let Some(saved) = method.as_deref().and_then(|method| method.strip_prefix(SAVED)) {
        return Chosen {
            saved: Some(saved.to_owned()),
            ..Chosen::default()
        };
    }
    // The box says of which method it is: another may be chosen by now.
    let is_to_be_saved = method.is_some() && posted.some("save") == method;
    Chosen {
        token: posted.some("token"),
        save: is_to_be_saved.then_some(true),
        saved: None,
        method,
    }
}
