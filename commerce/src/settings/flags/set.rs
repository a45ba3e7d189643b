//! Staff say for whom a flag is on.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::flag::{self, FlagRule, FlagRules};

use super::{
    check::{self, DESCRIPTION_LENGTH_MAX, FLAGS_MAX},
    row::{said, tell, unsaid},
};
use crate::{
    Context, Result, Shop, Tx,
    error::expect_version,
    flags::Capability,
    language::messages,
    profile::Profile,
    settings::store,
    staff::{Permission, audit, permission},
    text,
};

/// A flag as it should be. What is `None` stays as it is; a new one is off, and meant for everybody.
#[derive(Debug, Clone, Default)]
pub struct FlagEdit {
    pub name: String,
    /// 0 where nobody has said anything of it.
    pub expected_version: Option<i64>,
    /// Of a capability it stays what it is.
    pub description: Option<String>,
    pub is_on: Option<bool>,
    pub percent: Option<i32>,
    /// All of them.
    pub rules: Option<Vec<FlagRule>>,
}

/// Says for whom a flag is on, and makes one of its name where there is none. This process knows it at once, others within a
/// second.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, markets and groups that are not there, one more flag than a shop has, and a
/// version that is no longer the flag's.
pub async fn set(shop: &Shop, context: &Context, edit: FlagEdit) -> Result<flag::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let (name, edit) = (&check::name(&edit.name)?, &edit);
    shop.transact(context, |tx| async move {
        let profile = store::lock(&tx).await?;
        let row = flag::Entity::find_by_id(name.as_str()).one(tx.db()).await?;
        let live = row.as_ref().filter(|row| row.deleted_at.is_none());
        let before = live.cloned().unwrap_or_else(|| unsaid(name, shop.now()));
        expect_version("flag", before.version, edit.expected_version)?;
        if live.is_none() {
            room(&profile, name)?;
        }
        let mut after = edited(&tx, &profile, &before, edit).await?;
        if live.is_some_and(|live| *live == after) {
            return Ok(after);
        }
        // One that comes back goes on counting.
        after.version = row.as_ref().map_or(0, |row| row.version) + 1;
        after.updated_at = shop.now();
        write(&tx, &after, row.is_some()).await?;
        tell(&tx, profile, &after).await?;
        let data = json!({ "before": said(&before), "after": said(&after) });
        audit(&tx, "flag.set", after.name.clone(), data).await?;
        Ok(after)
    })
    .await
}

async fn edited(tx: &Tx, profile: &Profile, before: &flag::Model, edit: &FlagEdit) -> Result<flag::Model> {
    let mut after = before.clone();
    if let Some(description) = &edit.description
        && Capability::named(&before.name).is_none()
    {
        let description = text::optional_line(&["description"], Some(description), DESCRIPTION_LENGTH_MAX)?;
        after.description = description.unwrap_or_default();
    }
    after.is_on = edit.is_on.unwrap_or(before.is_on);
    if let Some(percent) = edit.percent {
        after.percent = check::percent(percent, &["percent"])?;
    }
    if let Some(rules) = &edit.rules {
        after.rules = FlagRules(check::rules(tx, profile, &before.rules.0, rules).await?);
    }
    Ok(after)
}

/// # Errors
/// Refuses one more flag than a shop has.
pub(super) fn room(profile: &Profile, name: &str) -> Result<()> {
    let own = profile
        .flags
        .iter()
        .filter(|flag| Capability::named(&flag.name).is_none());
    if Capability::named(name).is_none() && own.count() >= FLAGS_MAX {
        return Err(check::refusal(messages::flags_max(FLAGS_MAX), &["name"]).into());
    }
    Ok(())
}

/// The settings are locked, and with them all flags.
pub(super) async fn write(tx: &Tx, row: &flag::Model, is_there: bool) -> Result<()> {
    let row = row.clone().into_active_model();
    match is_there {
        true => row.reset_all().update(tx.db()).await.map(drop)?,
        false => row.insert(tx.db()).await.map(drop)?,
    }
    Ok(())
}
