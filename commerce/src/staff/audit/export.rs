//! The audit log as a table: CSV (RFC 4180), oldest first, page by page.

use std::collections::HashMap;

use async_stream::try_stream;
use chrono::{SecondsFormat, TimeDelta};
use futures::Stream;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    app,
    ids::{AppId, StaffMemberId},
    staff_audit, staff_member,
};

use super::list::{self, AuditFilter};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    staff::permission::{self, Permission},
    table::csv,
};

/// Entries that are read and written at a time.
const BATCH: u64 = 500;

/// The first row.
const COLUMNS: [&str; 7] = ["time", "entry", "who", "name", "action", "object", "data"];

/// The entries that `filter` asks for, as pieces of one CSV file in UTF-8. However many they are, a piece is
/// small; nothing of the database is held while a piece is on its way.
///
/// # Errors
/// Refuses whoever may not see who works here, and a period that ends before it begins.
pub fn export(
    shop: Shop,
    context: &Context,
    filter: AuditFilter,
) -> Result<impl Stream<Item = Result<Vec<u8>>> + Send + 'static> {
    permission::require_or_system(context, Permission::Staff)?;
    list::check(&filter)?;
    if let (Some(since), Some(until)) = (filter.since, filter.until)
        && since >= until
    {
        let message = messages::period_ends_first();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["until"]).into());
    }
    let filter = AuditFilter {
        // What is written while this goes on belongs to the next export, or it might never end.
        until: Some(filter.until.unwrap_or_else(|| shop.now() + TimeDelta::microseconds(1))),
        ..filter
    };
    Ok(try_stream! {
        yield csv([COLUMNS.map(str::to_owned)])?;
        let mut last = None;
        loop {
            let entries = list::read(&shop, &filter, last, true, BATCH).await?;
            let Some(newest) = entries.last() else { break };
            last = Some((newest.created_at, newest.id));
            let names = Names::of(&shop, &entries).await?;
            yield csv(entries.iter().map(|entry| names.row(entry)))?;
        }
    })
}

/// What people and apps are called.
struct Names {
    staff: HashMap<StaffMemberId, String>,
    apps: HashMap<AppId, String>,
}

impl Names {
    async fn of(shop: &Shop, entries: &[staff_audit::Model]) -> Result<Self> {
        let members = distinct(entries.iter().filter_map(|entry| entry.staff_member_id));
        let members = staff_member::Entity::find()
            .filter(staff_member::Column::Id.is_in(members))
            .all(&shop.db);
        let apps = distinct(entries.iter().filter_map(|entry| entry.app_id));
        let apps = app::Entity::find().filter(app::Column::Id.is_in(apps)).all(&shop.db);
        Ok(Self {
            staff: members.await?.into_iter().map(|row| (row.id, row.name)).collect(),
            apps: apps.await?.into_iter().map(|row| (row.id, row.name)).collect(),
        })
    }

    fn row(&self, entry: &staff_audit::Model) -> [String; COLUMNS.len()] {
        let (who, name) = match (entry.staff_member_id, entry.app_id) {
            (Some(id), _) => (id.to_string(), self.staff.get(&id).cloned()),
            (None, Some(id)) => (id.to_string(), self.apps.get(&id).cloned()),
            (None, None) => ("system".to_owned(), None),
        };
        [
            entry.created_at.to_rfc3339_opts(SecondsFormat::Millis, true),
            entry.id.to_string(),
            who,
            name.unwrap_or_default(),
            entry.action.clone(),
            entry.object.clone(),
            entry.data.to_string(),
        ]
    }
}

fn distinct<Id: Ord>(ids: impl Iterator<Item = Id>) -> Vec<Id> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
