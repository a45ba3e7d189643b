//! `/admin/categories`: the tree of categories.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Refused, Told, told_at},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminCategories, admin_categories as document},
    shown::value,
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told, None).await
}

/// `POST /admin/categories/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, &Told::default(), Some(refused)).await,
        None => Ok(staff.visit.go(&told_at("/admin/categories", &deed, &form))),
    }
}

async fn page(staff: Staff, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let data = staff.visit.ask(AdminCategories, document::Variables {}).await?;
    let done = deed::done(&staff, "admin.categories.done", &told.done);
    let shown = context! {
        roots => value(&data.categories),
        deleted => value(&data.deleted),
        categories => value(&data.choices),
        done,
        undo => told.undo.as_str(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/categories/page.html", shown)
}
