//! `/admin/menus/{handle}`: the editor of a menu. Its links are lines: what a link says, a bar, and where it leads; each `>` before
//! it stands one deeper.

mod tree;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    content,
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminMenu, AdminMenuCreate, AdminMenuDelete, AdminMenuRestore, AdminMenuSave, admin_menu as document,
        admin_menu_create as create_document, admin_menu_delete as delete_document,
        admin_menu_restore as restore_document, admin_menu_save as save_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    shown::{encoded, value},
    visit::Form,
};

pub async fn show(staff: Staff, Path(handle): Path<String>, Query(told): Query<Told>) -> Answer {
    editor(staff, handle, &told.done, None).await
}

/// `POST /admin/menus`: one without links; its editor has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Content)?;
    let input = create_document::MenuCreateInput {
        handle: None,
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
    let refusals = run(&staff, &deed, &form).await?;
    if !refusals.is_empty() {
        let refused = Refused::of(&staff, &deed, &form, &refusals);
        return match deed.as_str() {
            "restore" => content::show_refused(staff, refused).await,
            _ => editor(staff, handle, "", Some(refused)).await,
        };
    }
    let target = match deed.as_str() {
        "save" => format!("{}?done=save", address(form.text("handle"))),
        _ => format!("/admin/content?done={deed}"),
    };
    Ok(staff.visit.go(&target))
}

fn address(handle: &str) -> String {
    format!("/admin/menus/{}", encoded(handle))
}

async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    let expected_version = form.text("expectedVersion").parse().ok();
    let id = form.some("id").ok_or(Problem::BadForm)?;
    match deed {
        "save" => {
            let Some(items) = tree::read(form.text("links")) else {
                return Ok(vec![Refusal::at("INVALID", "links")]);
            };
            let input = save_document::MenuUpdateInput {
                expected_version,
                handle: form.some("handle"),
                id,
                items: Some(items),
                title: Some(form.text("title").to_owned()),
            };
            deed::run(staff, AdminMenuSave, save_document::Variables { input }).await
        }
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

async fn editor(staff: Staff, handle: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Content)?;
    let data = staff.visit.ask(AdminMenu, document::Variables { handle }).await?;
    let menu = data.menu.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.menu.done", done);
    let shown = context! {
        menu => value(menu),
        links => tree::write(&menu.items),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/menu/page.html", shown)
}
