//! Which types of events an endpoint is sent.

use serde_json::{Value as Json, json};
use vitrine_entity::webhook_endpoint;

use crate::{
    Context, ErrorCode, Refusal, Result, Viewer,
    events::{EventKind, Group},
    language::messages,
    staff::Permission,
};

/// The types that an endpoint is sent; all of them where none is named. What a newer version has named is left out.
pub fn types_of(endpoint: &webhook_endpoint::Model) -> Vec<EventKind> {
    let names = endpoint.event_types.as_array().map_or(&[][..], Vec::as_slice);
    names
        .iter()
        .filter_map(|name| EventKind::named(name.as_str()?))
        .collect()
}

/// Whether it is sent events of this type.
pub(super) fn wants(endpoint: &webhook_endpoint::Model, kind: &str) -> bool {
    let names = endpoint.event_types.as_array().map_or(&[][..], Vec::as_slice);
    names.is_empty() || names.iter().any(|name| name.as_str() == Some(kind))
}

/// As they are stored, each once.
pub(super) fn stored(types: &[EventKind]) -> Json {
    let mut names: Vec<_> = types.iter().map(|kind| kind.name()).collect();
    names.sort_unstable();
    names.dedup();
    json!(names)
}

/// Nobody has others told more than they may see.
pub(super) fn require_types(context: &Context, types: &[EventKind]) -> Result<(), Refusal> {
    if context.viewer == Viewer::System {
        return Ok(());
    }
    if types.iter().any(|kind| kind.group() == Group::Ping) {
        return Err(Refusal::new(ErrorCode::Invalid, messages::webhook_ping_is_asked_for()).at(&["eventTypes"]));
    }
    let types = if types.is_empty() { EventKind::ALL } else { types };
    let has = context.viewer.permissions();
    let lacks = types
        .iter()
        .map(|kind| kind.permission())
        .find(|needed| !has.has(*needed));
    match lacks.map(Permission::name) {
        None => Ok(()),
        Some(name) => {
            Err(Refusal::new(ErrorCode::Forbidden, messages::webhook_beyond_own_rights(name)).at(&["eventTypes"]))
        }
    }
}
