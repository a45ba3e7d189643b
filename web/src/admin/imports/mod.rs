//! `/admin/imports`: files of products that were sent, and a form to send one.

mod upload;

use minijinja::context;

pub use upload::upload;

use super::{
    asked::Asked,
    deed::{self, Refused},
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminImports, admin_imports as document},
    shown::value,
};

pub async fn show(staff: Staff) -> Answer {
    page(staff, None).await
}

async fn page(staff: Staff, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let asked = Asked::read(&staff.visit, &[]);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminImports, variables).await?;
    let shown = context! {
        imports => value(&data.product_imports),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/imports/page.html", shown)
}
