//! `/admin/content`: pages, policies and menus.

use axum::extract::Query;
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminContent, AdminPageCreate, admin_content as document, admin_content::PageKind,
        admin_page_create as create_document,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

const KINDS: [(&str, PageKind); 6] = [
    ("PAGE", PageKind::Page),
    ("TERMS", PageKind::Terms),
    ("PRIVACY", PageKind::Privacy),
    ("WITHDRAWAL", PageKind::Withdrawal),
    ("SHIPPING", PageKind::Shipping),
    ("IMPRINT", PageKind::Imprint),
];

const ASKED: [&str; 2] = ["kind", "deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, &told, None).await
}

/// `POST /admin/content`: a page that nobody sees yet; its editor has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Content)?;
    let input = create_document::PageCreateInput {
        body_html: String::new(),
        handle: None,
        kind: create_document::PageKind::Other(form.text("kind").to_owned()),
        published: false,
        seo_description: None,
        seo_title: None,
        title: form.text("title").to_owned(),
    };
    let data = staff
        .visit
        .ask(AdminPageCreate, create_document::Variables { input })
        .await?;
    let answered = data.page_create.ok_or(Problem::Broken)?;
    if let Some(page) = answered.page {
        return Ok(staff.visit.go(&format!("/admin/content/{}", page.id)));
    }
    let refused = Refused::of(&staff, "new", &form, &refusals(&answered.user_errors));
    show_refused(staff, refused).await
}

/// The list, with a form of it that was refused elsewhere.
pub async fn show_refused(staff: Staff, refused: Refused) -> Answer {
    let asked = Asked::of("/admin/content", "", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

async fn list(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Content)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::PageWhere {
            deleted: asked.some("deleted").map(|_| true),
            kind: asked.kind("kind", &KINDS),
            published: None,
        }),
    };
    let data = staff.visit.ask(AdminContent, variables).await?;
    let pages = data.pages.as_ref().ok_or(Problem::NotFound)?;
    // What the storefront shows of them, as long as there is none.
    let taken = |handle: &&str| !data.menus.iter().flatten().any(|menu| menu.handle == *handle);
    let places = ["main", "footer"]
        .into_iter()
        .filter(taken)
        .map(|handle| (handle, handle));
    let places = places.chain([("", "own")]);
    let places = places.map(|(handle, name)| (handle, staff.visit.say(&format!("admin.menu.places.{name}"))));
    let shown = context! {
        places => value(&places.collect::<Vec<_>>()),
        pages => value(pages),
        menus => value(&data.menus),
        menus_deleted => value(&data.menus_deleted),
        done => deed::done(&staff, "admin.menu.done", &told.done),
        kinds => value(&KINDS.map(|(name, _)| name)),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/content/page.html", shown)
}
