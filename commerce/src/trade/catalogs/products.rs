//! Which products stand in a catalog.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    catalog, catalog_product,
    ids::{CatalogId, ProductId},
    product,
};

use super::{bounded, change::touch, locked};
use crate::{
    Context, Refusal, Result, Shop, sql,
    staff::{Permission, permission::require_or_system},
};

/// Puts products into a catalog. What is `exclusive` is sold by it although it is a draft to everybody else; what stands in
/// it already becomes so, or ceases to be.
///
/// # Errors
/// Refuses whoever may not, more than a hundred products, and those that there are not.
pub async fn add(
    shop: &Shop,
    context: &Context,
    id: CatalogId,
    products: &[ProductId],
    exclusive: bool,
) -> Result<catalog::Model> {
    require_or_system(context, Permission::Catalog)?;
    bounded(products.len(), "productIds")?;
    let products = &products.iter().copied().collect::<BTreeSet<_>>();
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        let known = product::Entity::find()
            .filter(sql::among(tx.db(), product::Column::Id, products.iter().copied()))
            .filter(product::Column::DeletedAt.is_null());
        if usize::try_from(known.count(tx.db()).await?) != Ok(products.len()) {
            return Err(Refusal::not_found("product").at(&["productIds"]).into());
        }
        let among = sql::among_parameter::<ProductId>(tx.db(), 3);
        let insert = format!(
            "insert into catalog_product (catalog_id, product_id, exclusive) select $1, id, $2 from product \
             where id {among} on conflict (catalog_id, product_id) do update set exclusive = excluded.exclusive \
             where catalog_product.exclusive <> excluded.exclusive"
        );
        let named = sql::list(tx.db(), products.iter().copied());
        match sql::execute(tx.db(), &insert, [id.into(), exclusive.into(), named]).await? {
            0 => Ok(row),
            _ => touch(&tx, row, "products_add").await,
        }
    })
    .await
}

/// Takes products out of a catalog. Those that do not stand in it stay out.
///
/// # Errors
/// Refuses whoever may not, and more than a hundred products.
pub async fn remove(shop: &Shop, context: &Context, id: CatalogId, products: &[ProductId]) -> Result<catalog::Model> {
    require_or_system(context, Permission::Catalog)?;
    bounded(products.len(), "productIds")?;
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        let removed = catalog_product::Entity::delete_many()
            .filter(catalog_product::Column::CatalogId.eq(id))
            .filter(catalog_product::Column::ProductId.is_in(products.iter().copied()))
            .exec(tx.db())
            .await?;
        match removed.rows_affected {
            0 => Ok(row),
            _ => touch(&tx, row, "products_remove").await,
        }
    })
    .await
}
