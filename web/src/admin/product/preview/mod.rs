//! `/admin/products/{id}/preview`: the storefront's page of a product as it would be, asked for as staff, who see drafts.

use axum::extract::Path;

use crate::{
    admin::staff::{Permission, Staff},
    answer::Answer,
    documents::{AdminProductPreview, admin_product_preview as document},
    problem::Problem,
    storefront,
};

pub async fn preview(staff: Staff, Path(id): Path<String>) -> Answer {
    staff.require(Permission::Catalog)?;
    let editor = format!("/admin/products/{id}");
    let data = staff.visit.ask(AdminProductPreview, document::Variables { id }).await?;
    let product = data.product.filter(|product| product.deleted_at.is_none());
    let slug = product.ok_or(Problem::NotFound)?.slug;
    storefront::preview(staff.visit, slug, &editor).await
}
