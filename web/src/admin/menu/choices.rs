//! What a link of a menu may lead to, to be chosen from: not products, of which there are too many.

use serde::Serialize;

use super::row::{ADDRESS, AWAITED, Row};
use crate::{admin::choices, documents::admin_menu::ResponseData};

/// Things of one kind, by their ids.
#[derive(Serialize)]
pub struct Group {
    /// As the side of the dashboard calls them.
    room: &'static str,
    choices: Vec<(String, String)>,
}

/// Those of the shop, but for kinds of which there is none.
pub fn of(data: &ResponseData) -> Vec<Group> {
    let groups = [
        ("categories", choices::branches(&data.categories, "id")),
        ("collections", choices::titled(&data.collections_connection, "id")),
        ("content", choices::titled(&data.pages, "id")),
    ];
    let some = groups.into_iter().filter(|(_, choices)| !choices.is_empty());
    some.map(|(room, choices)| Group { room, choices }).collect()
}

/// The rows, each with what it leads to where that is none of the choices: by its name, or that it is gone.
pub fn others(rows: Vec<Row>, groups: &[Group], now: &[Row], say: impl Fn(&str) -> String) -> Vec<Row> {
    let is_offered = |to: &str| {
        let mut ids = groups.iter().flat_map(|group| &group.choices).map(|(id, _)| id);
        to.is_empty() || to == ADDRESS || ids.any(|id| id == to)
    };
    let called = |to: &str| match to.strip_prefix(AWAITED) {
        Some(slug) => format!("{slug}: {}", say("admin.menu.awaited")),
        None => {
            let known = now.iter().find(|row| row.to == to).and_then(|row| row.called.clone());
            known.unwrap_or_else(|| say("admin.menu.gone"))
        }
    };
    let rows = rows.into_iter().map(|row| Row {
        called: (!is_offered(&row.to)).then(|| called(&row.to)),
        ..row
    });
    rows.collect()
}
