#[path = "../../../../src/rest/view/action.rs"]
pub(super) mod action;
