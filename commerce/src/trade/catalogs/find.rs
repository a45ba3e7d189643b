//! Reads catalogs, for staff.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use vitrine_entity::{
    catalog::{self, Column},
    catalog_company, catalog_group, catalog_price, catalog_product, catalog_quantity, company, customer_group,
    ids::CatalogId,
};

use crate::{
    Context, Result, Shop,
    paging::{self, Page, PageRequest},
    staff::{Permission, permission},
    trade::NamedFilter,
};

/// A catalog, deleted or not, for whoever may see it.
pub async fn by_id(shop: &Shop, context: &Context, id: CatalogId) -> Result<Option<catalog::Model>> {
    match permission::allowed(context, Permission::Catalog) {
        true => Ok(catalog::Entity::find_by_id(id).one(&shop.db).await?),
        false => Ok(None),
    }
}

/// A page of the catalogs, by their names.
///
/// # Errors
/// Refuses whoever may not, a page out of bounds, and a query that is too long.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &NamedFilter,
    page: &PageRequest,
) -> Result<Page<catalog::Model>> {
    permission::require_or_system(context, Permission::Catalog)?;
    let select = catalog::Entity::find().filter(filter.condition(&[Column::Name], Column::DeletedAt)?);
    let keys = [Column::Name, Column::Id];
    paging::by_keys(&shop.db, select, keys, Order::Asc, page, |row| {
        (row.name.clone(), row.id)
    })
    .await
}

/// The groups of each catalog that are there. Unscoped: whoever shows them has asked for the catalog.
pub async fn groups_of(shop: &Shop, ids: &[CatalogId]) -> Result<HashMap<CatalogId, Vec<customer_group::Model>>> {
    use catalog_group::Column;
    let pairs = catalog_group::Entity::find()
        .filter(Column::CatalogId.is_in(ids.iter().copied()))
        .all(&shop.db)
        .await?;
    let groups = customer_group::Entity::find()
        .filter(customer_group::Column::Id.is_in(pairs.iter().map(|pair| pair.group_id)))
        .filter(customer_group::Column::DeletedAt.is_null())
        .order_by_asc(customer_group::Column::Name)
        .all(&shop.db)
        .await?;
    let mut of: HashMap<_, Vec<_>> = HashMap::new();
    for group in groups {
        let theirs = pairs.iter().filter(|pair| pair.group_id == group.id);
        theirs.for_each(|pair| of.entry(pair.catalog_id).or_default().push(group.clone()));
    }
    Ok(of)
}

/// The companies of each catalog that are there. Unscoped, as [`groups_of`].
pub async fn companies_of(shop: &Shop, ids: &[CatalogId]) -> Result<HashMap<CatalogId, Vec<company::Model>>> {
    use catalog_company::Column;
    let pairs = catalog_company::Entity::find()
        .filter(Column::CatalogId.is_in(ids.iter().copied()))
        .all(&shop.db)
        .await?;
    let companies = company::Entity::find()
        .filter(company::Column::Id.is_in(pairs.iter().map(|pair| pair.company_id)))
        .filter(company::Column::DeletedAt.is_null())
        .order_by_asc(company::Column::Name)
        .all(&shop.db)
        .await?;
    let mut of: HashMap<_, Vec<_>> = HashMap::new();
    for company in companies {
        let theirs = pairs.iter().filter(|pair| pair.company_id == company.id);
        theirs.for_each(|pair| of.entry(pair.catalog_id).or_default().push(company.clone()));
    }
    Ok(of)
}

/// A page of what a catalog fixes: by variant, currency and quantity. Unscoped, as [`groups_of`].
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn prices(shop: &Shop, id: CatalogId, page: &PageRequest) -> Result<Page<catalog_price::Model>> {
    use catalog_price::Column;
    let select = catalog_price::Entity::find().filter(Column::CatalogId.eq(id));
    let keys = [Column::VariantId, Column::Currency, Column::FromQuantity];
    let place = |row: &catalog_price::Model| (row.variant_id, row.currency.code().to_owned(), row.from_quantity);
    paging::by_keys(&shop.db, select, keys, Order::Asc, page, place).await
}

/// A page of the quantities in which a catalog sells. Unscoped, as [`groups_of`].
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn rules(shop: &Shop, id: CatalogId, page: &PageRequest) -> Result<Page<catalog_quantity::Model>> {
    use catalog_quantity::Column;
    let select = catalog_quantity::Entity::find().filter(Column::CatalogId.eq(id));
    paging::by_keys(&shop.db, select, [Column::VariantId], Order::Asc, page, |row| {
        row.variant_id
    })
    .await
}

/// A page of the products that stand in a catalog. Unscoped, as [`groups_of`].
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn products(shop: &Shop, id: CatalogId, page: &PageRequest) -> Result<Page<catalog_product::Model>> {
    use catalog_product::Column;
    let select = catalog_product::Entity::find().filter(Column::CatalogId.eq(id));
    paging::by_keys(&shop.db, select, [Column::ProductId], Order::Asc, page, |row| {
        row.product_id
    })
    .await
}
