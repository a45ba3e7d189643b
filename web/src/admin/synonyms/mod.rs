//! `/admin/searches/synonyms`: words that find what other words find.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told, told_at},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminSynonyms, admin_synonyms::Variables},
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/searches/synonyms";

const ASKED: [&str; 1] = ["deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    page(staff, &asked, &told, None).await
}

/// `POST /admin/searches/synonyms/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    let Some(refused) = Refused::any(&staff, &deed, &form, &refusals) else {
        return Ok(staff.visit.go(&told_at(PATH, &deed, &form)));
    };
    let asked = Asked::of(PATH, "", &ASKED);
    page(staff, &asked, &Told::default(), Some(refused)).await
}

async fn page(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let rows = asked.rows();
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminSynonyms, variables).await?;
    let groups = data.synonym_groups.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        groups => value(&groups.nodes),
        locales => value(&data.shop.locales),
        info => value(&groups.page_info),
        done => deed::done(&staff, "admin.synonyms.done", &told.done),
        undo => told.undo.as_str(),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/synonyms/page.html", shown)
}
