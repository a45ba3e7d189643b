//! What members of staff are here for. Of the roles that every shop has, only the second factor is the shop's.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::{ids::StaffRoleId, staff_role};

use super::defaults::is_no;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::messages,
    setup::file::section::Section,
    staff::{
        Permission,
        permission::Permissions,
        roles::{self, NewRole, RoleUpdate},
    },
};

pub(super) struct Roles;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct RoleEntry {
    handle: String,
    /// Not of a role that every shop has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Not of a role that every shop has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    permissions: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "is_no")]
    two_factor_required: bool,
}

#[async_trait]
impl Section for Roles {
    const KEY: &'static str = "roles";
    const PERMISSION: Permission = Permission::Staff;
    type Id = StaffRoleId;
    type Entry = RoleEntry;

    fn name(entry: &RoleEntry) -> String {
        entry.handle.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(StaffRoleId, RoleEntry)>> {
        let entry = |row: staff_role::Model| {
            let is_own = row.built_in.is_none();
            let names = row.permissions.iter().map(|permission| permission.name().to_owned());
            RoleEntry {
                handle: row.handle,
                permissions: is_own.then(|| names.collect()),
                name: Some(row.name).filter(|_| is_own),
                two_factor_required: row.two_factor_required,
            }
        };
        let rows = roles::all_on(tx.db()).await?;
        Ok(rows.into_iter().map(|row| (row.id, entry(row))).collect())
    }

    async fn put(tx: &Tx, current: Option<StaffRoleId>, entry: &RoleEntry, _: bool) -> Result<()> {
        let permissions = entry.permissions.as_deref().map(read).transpose()?;
        if let Some(role) = current {
            let update = RoleUpdate {
                role,
                expected_version: None,
                name: entry.name.clone(),
                handle: None,
                permissions,
                two_factor_required: Some(entry.two_factor_required),
            };
            return roles::update_in(tx, &update).await.map(drop);
        }
        let new = NewRole {
            name: entry.name.clone().unwrap_or_else(|| entry.handle.clone()),
            handle: Some(entry.handle.clone()),
            permissions: permissions.unwrap_or_default(),
            two_factor_required: entry.two_factor_required,
        };
        roles::create_in(tx, &new).await.map(drop)
    }

    /// Those that every shop has stay without a word.
    async fn remove(tx: &Tx, id: StaffRoleId) -> Result<()> {
        let every = [roles::ADMINISTRATOR, roles::FULFILMENT];
        if every.contains(&id) {
            return Ok(());
        }
        roles::delete_in(tx, id, None).await.map(drop)
    }

    /// They stand by their names.
    async fn order(_: &Tx, _: &[StaffRoleId]) -> Result<()> {
        Ok(())
    }
}

fn read(names: &[String]) -> Result<Permissions, Refusal> {
    let one = |name: &String| {
        let known = Permission::ALL
            .iter()
            .find(|known| known.name().eq_ignore_ascii_case(name.trim()));
        known.copied().ok_or_else(|| {
            let all: Vec<_> = Permission::ALL.iter().map(|known| known.name()).collect();
            let message = messages::file_no_permission(name, all.join(", "));
            Refusal::new(ErrorCode::Invalid, message).at(&["permissions"])
        })
    };
    names.iter().map(one).collect()
}
