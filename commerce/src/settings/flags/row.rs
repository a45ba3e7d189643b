//! A flag's row: as it is before anybody has said anything, as the audit log has it, and how every process learns of it.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use vitrine_entity::flag::{self, FlagRules};

use crate::{Result, Tx, flags::Capability, profile::Profile, settings::update};

/// A flag as it is where nobody has said anything of it: at version 0.
pub(super) fn unsaid(name: &str, now: DateTime<Utc>) -> flag::Model {
    let capability = Capability::named(name);
    flag::Model {
        name: name.to_owned(),
        // A capability's is said in its reader's language.
        description: String::new(),
        is_on: capability.is_some_and(Capability::is_on_by_default),
        percent: 100,
        rules: FlagRules::default(),
        version: 0,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    }
}

/// What counts of a flag, for the audit log.
pub(super) fn said(row: &flag::Model) -> Value {
    json!({
        "description": row.description,
        "isOn": row.is_on,
        "percent": row.percent,
        "rules": row.rules,
        "deleted": row.deleted_at.is_some(),
    })
}

/// Has every process know the flag as it is now. The settings are locked.
pub(super) async fn tell(tx: &Tx, mut profile: Profile, row: &flag::Model) -> Result<()> {
    profile.flags.retain(|flag| flag.name != row.name);
    if row.deleted_at.is_none() {
        let place = profile.flags.partition_point(|flag| flag.name < row.name);
        profile.flags.insert(place, row.clone());
    }
    update::write(tx, profile).await.map(drop)
}
