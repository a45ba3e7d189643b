//! Reads catalogs, for staff.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    catalog::{self, Column},
    catalog_company, catalog_group, catalog_price, catalog_product, catalog_quantity, company, customer_group,
    ids::{CatalogId, ProductId, VariantId},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{Permission, permission},
    text,
};

/// Restricts a list of catalogs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogFilter {
    /// A part of the name.
    pub query: Option<String>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Position {
    name: String,
    id: CatalogId,
}

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
    filter: &CatalogFilter,
    page: &PageRequest,
) -> Result<Page<catalog::Model>> {
    permission::require_or_system(context, Permission::Catalog)?;
    let window: Window<Position> = page.window()?;
    let query = text::optional_line(&["query"], filter.query.as_deref(), 100)?;
    let there = match filter.deleted {
        true => Column::DeletedAt.is_not_null(),
        false => Column::DeletedAt.is_null(),
    };
    let condition = Condition::all()
        .add(there)
        .add_option(query.map(|query| sql::contains(Column::Name, &query)))
        .add_option(window.cursor.as_ref().map(|last| beyond(last, window.backward)));
    let select = catalog::Entity::find().filter(condition);
    let select = match window.backward {
        false => select.order_by_asc(Column::Name).order_by_asc(Column::Id),
        true => select.order_by_desc(Column::Name).order_by_desc(Column::Id),
    };
    let rows = select.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| {
        write_cursor(&Position {
            name: row.name.clone(),
            id: row.id,
        })
    }))
}

fn beyond(last: &Position, backward: bool) -> Condition {
    let name = last.name.as_str();
    let (further, next) = match backward {
        false => (Column::Name.gt(name), Column::Id.gt(last.id)),
        true => (Column::Name.lt(name), Column::Id.lt(last.id)),
    };
    let same = Condition::all().add(Column::Name.eq(name)).add(next);
    Condition::any().add(further).add(same)
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
    type Place = (VariantId, String, i32);
    let window: Window<Place> = page.window()?;
    let keys = [Column::VariantId, Column::Currency, Column::FromQuantity];
    let beyond = window.cursor.as_ref().map(|(variant, currency, from)| {
        let further = |column: Column, value: sea_orm::Value| match window.backward {
            false => column.gt(value),
            true => column.lt(value),
        };
        let of_variant = Column::VariantId.eq(*variant);
        let of_currency = Condition::all()
            .add(Column::Currency.eq(currency.as_str()))
            .add(further(Column::FromQuantity, (*from).into()));
        let within = Condition::any()
            .add(further(Column::Currency, currency.as_str().into()))
            .add(of_currency);
        Condition::any()
            .add(further(Column::VariantId, (*variant).into()))
            .add(Condition::all().add(of_variant).add(within))
    });
    let mut select = catalog_price::Entity::find()
        .filter(Column::CatalogId.eq(id))
        .filter(Condition::all().add_option(beyond));
    for key in keys {
        select = match window.backward {
            false => select.order_by_asc(key),
            true => select.order_by_desc(key),
        };
    }
    let rows = select.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| {
        write_cursor(&(row.variant_id, row.currency.code(), row.from_quantity))
    }))
}

/// A page of the quantities in which a catalog sells. Unscoped, as [`groups_of`].
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn rules(shop: &Shop, id: CatalogId, page: &PageRequest) -> Result<Page<catalog_quantity::Model>> {
    use catalog_quantity::Column;
    let window: Window<VariantId> = page.window()?;
    let beyond = window.cursor.map(|last| match window.backward {
        false => Column::VariantId.gt(last),
        true => Column::VariantId.lt(last),
    });
    let select = catalog_quantity::Entity::find()
        .filter(Column::CatalogId.eq(id))
        .filter(Condition::all().add_option(beyond));
    let select = match window.backward {
        false => select.order_by_asc(Column::VariantId),
        true => select.order_by_desc(Column::VariantId),
    };
    let rows = select.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.variant_id)))
}

/// A page of the products that stand in a catalog. Unscoped, as [`groups_of`].
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn products(shop: &Shop, id: CatalogId, page: &PageRequest) -> Result<Page<catalog_product::Model>> {
    use catalog_product::Column;
    let window: Window<ProductId> = page.window()?;
    let beyond = window.cursor.map(|last| match window.backward {
        false => Column::ProductId.gt(last),
        true => Column::ProductId.lt(last),
    });
    let select = catalog_product::Entity::find()
        .filter(Column::CatalogId.eq(id))
        .filter(Condition::all().add_option(beyond));
    let select = match window.backward {
        false => select.order_by_asc(Column::ProductId),
        true => select.order_by_desc(Column::ProductId),
    };
    let rows = select.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.product_id)))
}
