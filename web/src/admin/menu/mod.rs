//! `/admin/menus/{handle}`: the editor of a menu. Each link is a row, which is moved and nested by buttons, and by a script where it is
//! dropped; what it leads to is chosen.

mod arrange;
mod choices;
mod links;
mod row;
mod save;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Deserialize;

use self::row::Row;
use super::{
    content,
    deed::{self, Outcome, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminMenu, AdminMenuCreate, AdminMenuDelete, AdminMenuRestore, admin_menu as document,
        admin_menu_create as create_document, admin_menu_delete as delete_document,
        admin_menu_restore as restore_document,
    },
    problem::Problem,
    refusals::refusals,
    shown::{encoded, value},
    visit::Form,
};

/// Longer words find nothing more.
const WORDS_LETTERS_MAX: usize = 200;

/// What an address says of the editor.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    done: String,
    /// Words in the title of a product that a link shall lead to.
    #[serde(default)]
    find: String,
}

pub async fn show(staff: Staff, Path(handle): Path<String>, Query(told): Query<Told>) -> Answer {
    editor(staff, handle, told, None).await
}

/// `POST /admin/menus`: one without links; its editor has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Content)?;
    let input = create_document::MenuCreateInput {
        handle: form.some("handle"),
        items: Vec::new(),
        title: form.text("title").to_owned(),
    };
    let data = staff
        .visit
        .ask(AdminMenuCreate, create_document::Variables { input })
        .await?;
    let answered = data.menu_create.ok_or(Problem::Broken)?;
    if let Some(menu) = answered.menu {
        return Ok(staff.visit.go(&address(&menu.handle)));
    }
    let refused = Refused::of(&staff, "new-menu", &form, &refusals(&answered.user_errors));
    content::show_refused(staff, refused).await
}

/// `POST /admin/menus/{handle}/{deed}`. What is gone has no editor: it stands with the pages, to be brought back.
pub async fn act(Path((handle, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Content)?;
    if deed == "save" || deed == "add" {
        return arrange_and_save(staff, handle, &deed, &form).await;
    }
    let refusals = run(&staff, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) if deed == "restore" => content::show_refused(staff, refused).await,
        Some(refused) => editor(staff, handle, Told::default(), Some((refused, None))).await,
        None => Ok(staff.visit.go(&format!("/admin/content?done={deed}"))),
    }
}

/// The form with all links, or a product that was found: what is refused is shown again in the order in which it was sent.
async fn arrange_and_save(staff: Staff, handle: String, deed: &str, form: &Form) -> Answer {
    let (rows, place) = match deed {
        "add" => {
            let data = ask(&staff, &handle, "").await?;
            let rows = data
                .menu
                .as_ref()
                .map(|menu| links::of(&menu.items))
                .unwrap_or_default();
            let last = rows.len();
            (rows, Some(last))
        }
        _ => links::read(form)?,
    };
    let rows: Vec<_> = rows.into_iter().chain(links::added(form)).collect();
    let refusals = save::save(&staff, form, &rows).await?;
    if refusals.is_empty() {
        let at = place.map(|place| format!("#link-{place}")).unwrap_or_default();
        let handle = form.some("handle").unwrap_or(handle);
        return Ok(staff.visit.go(&format!("{}?done=save{at}", address(&handle))));
    }
    let mut typed = links::fields(&rows);
    typed.extend(["title", "handle"].map(|name| (name.to_owned(), form.text(name).to_owned())));
    typed.retain(|(name, _)| form.field(name).is_some() || name.contains('.'));
    let refused = Refused::of(&staff, "save", &Form::from(typed), &refusals);
    editor(staff, handle, Told::default(), Some((refused, Some(rows)))).await
}

async fn ask(staff: &Staff, handle: &str, words: &str) -> Result<document::ResponseData, Problem> {
    let variables = document::Variables {
        handle: handle.to_owned(),
        find: !words.is_empty(),
        words: Some(words.to_owned()).filter(|words| !words.is_empty()),
    };
    let data = staff.visit.ask(AdminMenu, variables).await?;
    match data.menu {
        Some(_) => Ok(data),
        None => Err(Problem::NotFound),
    }
}

fn address(handle: &str) -> String {
    format!("/admin/menus/{}", encoded(handle))
}

async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    let expected_version = form.text("expectedVersion").parse().ok();
    let id = form.some("id").ok_or(Problem::BadForm)?;
    match deed {
        "delete" => {
            let input = delete_document::MenuDeleteInput { expected_version, id };
            deed::run(staff, AdminMenuDelete, delete_document::Variables { input }).await
        }
        "restore" => {
            let input = restore_document::MenuRestoreInput { id };
            deed::run(staff, AdminMenuRestore, restore_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// `refused`: what was sent, and its rows, where it was the form that has them.
async fn editor(staff: Staff, handle: String, told: Told, refused: Option<(Refused, Option<Vec<Row>>)>) -> Answer {
    staff.require(Permission::Content)?;
    let words: String = told.find.trim().chars().take(WORDS_LETTERS_MAX).collect();
    let data = ask(&staff, &handle, &words).await?;
    let menu = data.menu.as_ref().ok_or(Problem::NotFound)?;
    let now = links::of(&menu.items);
    let (refused, sent) = refused.unzip();
    let choices = choices::of(&data);
    let rows = choices::others(sent.flatten().unwrap_or_else(|| now.clone()), &choices, &now, |name| {
        staff.visit.say(name)
    });
    let shown = context! {
        menu => value(menu),
        rows => value(&arrange::with_ways(rows)),
        now => value(&now),
        choices => value(&choices),
        found => value(&data.found),
        words,
        done => deed::done(&staff, "admin.menu.done", &told.done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/menu/page.html", shown)
}
