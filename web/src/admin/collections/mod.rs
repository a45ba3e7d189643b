//! `/admin/collections`: collections, by hand and by rule.

use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminCollectionCreate, AdminCollections, admin_collection_create as create_document,
        admin_collections as document,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

const ASKED: [&str; 1] = ["deleted"];

pub async fn show(staff: Staff) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, None).await
}

/// `POST /admin/collections`: one that nobody sees yet; its editor has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let input = create_document::CollectionCreateInput {
        description: None,
        picture: None,
        position: None,
        published: false,
        rule: None,
        seo_description: None,
        seo_title: None,
        slug: None,
        title: form.text("title").to_owned(),
    };
    let data = staff
        .visit
        .ask(AdminCollectionCreate, create_document::Variables { input })
        .await?;
    let answered = data.collection_create.ok_or(Problem::Broken)?;
    if let Some(collection) = answered.collection {
        return Ok(staff.visit.go(&format!("/admin/collections/{}", collection.id)));
    }
    let refused = Refused::of(&staff, "new", &form, &refusals(&answered.user_errors));
    let asked = Asked::of("/admin/collections", "", &ASKED);
    list(staff, &asked, Some(refused)).await
}

async fn list(staff: Staff, asked: &Asked, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminCollections, variables).await?;
    let collections = data.collections_connection.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        collections => value(collections),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/collections/page.html", shown)
}
