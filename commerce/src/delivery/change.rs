//! What every change of a zone, a method or a rate has in common.

use crate::{Error, ErrorCode, Refusal, Result, language::messages};

/// Refuses an order that is not exactly that of the rows there are.
pub(super) fn expect_all<Id: PartialEq + Copy>(field: &str, given: &[Id], present: &[Id]) -> Result<()> {
    let is_whole = given.len() == present.len() && present.iter().all(|id| given.contains(id));
    if is_whole {
        return Ok(());
    }
    let message = messages::name_each_once(present.len());
    Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into())
}

/// The same refusals, of something that is a part of the input.
pub(super) fn beneath(error: Error, path: &[&str]) -> Error {
    let Error::Refused(mut refusals) = error else {
        return error;
    };
    for refusal in &mut refusals {
        let whole = path.iter().map(|part| (*part).to_owned());
        refusal.field = whole.chain(std::mem::take(&mut refusal.field)).collect();
    }
    Error::Refused(refusals)
}
