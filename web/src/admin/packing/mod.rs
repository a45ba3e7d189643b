//! `/admin/parcels/{id}/packing`: the list that lies in a parcel, to be printed.

use axum::extract::Path;
use minijinja::context;

use super::staff::{Permission, Staff};
use crate::{
    answer::Answer,
    documents::{AdminPacking, admin_packing as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>) -> Answer {
    staff.require(Permission::Orders)?;
    let data = staff.visit.ask(AdminPacking, document::Variables { id }).await?;
    let parcel = data.shipment.as_ref().ok_or(Problem::NotFound)?;
    staff.show("admin/packing/page.html", context! { parcel => value(parcel) })
}
