//! `/admin/products/{id}`: the editor of a product.

mod deeds;
mod list_prices;
mod missing;
mod preview;
mod upload;

use axum::extract::{Path, Query};
use minijinja::context;

pub use preview::preview;
pub use upload::upload;

use super::{
    attributes,
    deed::{self, Refused, Told},
    goods,
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminProduct, admin_product as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    editor(staff, id, &told, None).await
}

/// `POST /admin/products/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let mut copy = None;
    let run = async {
        if deed != "duplicate" {
            return deeds::run(&staff, &id, &deed, &form).await;
        }
        match deeds::duplicate(&staff, id.clone()).await? {
            Ok(made) => copy = Some(made),
            Err(refusals) => return Ok(refusals),
        }
        Ok(Vec::new())
    };
    if let Some(refused) = goods::act(&staff, &deed, &form, &[deeds::GOODS], run).await? {
        return editor(staff, id, &Told::default(), Some(refused)).await;
    }
    let undo = match deed.as_str() {
        "variants-delete" => format!("&undo={}", form.all("variant").join(",")),
        "relations" | "relations-add" => format!("&undo={}", deeds::before(&form)),
        _ => String::new(),
    };
    let id = copy.unwrap_or(id);
    Ok(staff.visit.go(&format!("/admin/products/{id}?done={deed}{undo}")))
}

async fn editor(staff: Staff, id: String, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let data = staff.visit.ask(AdminProduct, document::Variables { id }).await?;
    let product = data.product.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.product.done", &told.done);
    let undo: Vec<_> = told.undo.split(',').filter(|id| !id.is_empty()).collect();
    let shown = context! {
        product => value(product),
        list_prices => value(&list_prices::of(product)),
        tags => product.tags.join(", "),
        categories => value(&data.categories),
        statuses => value(&["ACTIVE", "DRAFT", "ARCHIVED"]),
        missing => value(&missing(product)),
        attributes => value(&attributes::fields(&product.attributes, &data.attribute_definitions)),
        collections => value(&data.collections_connection.as_ref().map(|collections| &collections.nodes)),
        done,
        done_deed => told.done.as_str(),
        undo => value(&undo),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/product/page.html", shown)
}

/// What the variants would be called that the options allow and that are not there.
fn missing(product: &document::AdminProductProduct) -> Vec<String> {
    let values = |pairs: Vec<(String, String)>| pairs.into_iter().map(|(_, value)| value).collect::<Vec<_>>();
    let found = missing::variants(product).into_iter();
    found.map(|pairs| values(pairs).join(" / ")).collect()
}
