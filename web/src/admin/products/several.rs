//! Several products of the list, changed alike.

use super::{ASKED, list};
use crate::{
    admin::{
        asked::Asked,
        deed::{self, Refused},
        staff::{Permission, Sent, Staff},
        typed::texts,
    },
    answer::Answer,
    documents::{AdminStatusChange, admin_status_change as document},
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// No list shows more.
const PRODUCTS_MAX: usize = 100;

/// `POST /admin/products/several`: those that are ticked, each as it was shown; back to the same list. Whichever are refused are
/// named, and the others are changed.
pub async fn change(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let query = form.text("list").to_owned();
    let ids: Vec<_> = form.all("product").into_iter().take(PRODUCTS_MAX).collect();
    let wanted = ["status", "categoryId", "tags"];
    let mut refusals = Vec::new();
    if ids.is_empty() || wanted.iter().all(|name| form.text(name).is_empty()) {
        refusals.push(Refusal::said(staff.visit.say("admin.products.several.nothing"), ""));
    }
    for id in ids
        .iter()
        .take_while(|_| wanted.iter().any(|name| !form.text(name).is_empty()))
    {
        let refused = one(&staff, id, &form).await?;
        let title = form.text(&format!("{id}.title"));
        let told = refused
            .iter()
            .map(|refusal| format!("{title}: {}", deed::words(&staff, refusal)));
        refusals.extend(told.map(|text| Refusal::said(text, id)));
    }
    if refusals.is_empty() {
        let joint = if query.is_empty() { "" } else { "&" };
        let target = format!("/admin/products?{query}{joint}done=several");
        return Ok(staff.visit.go(&target));
    }
    let refused = Refused::of(&staff, "several", &form, &refusals);
    let asked = Asked::of("/admin/products", &query, &ASKED);
    list(staff, &asked, "", Some(refused)).await
}

async fn one(staff: &Staff, id: &str, form: &Form) -> Result<Vec<Refusal>, Problem> {
    let more = texts(form.text("tags"));
    let tags = (!more.is_empty()).then(|| {
        let mut tags = texts(form.text(&format!("{id}.tags")));
        tags.extend(more);
        tags
    });
    let input = document::ProductUpdateInput {
        category_id: form.some("categoryId"),
        description_html: None,
        expected_version: form.text(&format!("{id}.version")).parse().ok(),
        id: id.to_owned(),
        seo_description: None,
        seo_title: None,
        slug: None,
        status: form.some("status").map(document::ProductStatus::Other),
        tags,
        title: None,
        vendor: None,
    };
    deed::run(staff, AdminStatusChange, document::Variables { input }).await
}
