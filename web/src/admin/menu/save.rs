//! A menu's links, saved.

use super::{links, row::Row};
use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{id, version},
    },
    documents::{AdminMenuSave, admin_menu_save as document},
    refusals::Refusal,
    visit::Form,
};

/// With the title and the handle, where the form has them.
pub async fn save(staff: &Staff, form: &Form, rows: &[Row]) -> Outcome {
    let input = document::MenuUpdateInput {
        expected_version: version(form),
        handle: form.some("handle"),
        id: id(form)?,
        items: Some(links::items(rows)),
        title: form.field("title").map(|title| title.trim().to_owned()),
    };
    let refusals = deed::run(staff, AdminMenuSave, document::Variables { input }).await?;
    Ok(refusals.into_iter().map(|refusal| at_row(refusal, rows)).collect())
}

/// Told at the row that it is about.
fn at_row(refusal: Refusal, rows: &[Row]) -> Refusal {
    let field = match refusal.name() {
        "targetId" => "to".to_owned(),
        name => name.to_owned(),
    };
    match links::row_of(rows, &refusal.places("items")) {
        Some(row) => refusal.told_at(&format!("{row}.{field}")),
        None => refusal,
    }
}
