//! Reads companies: staff all, customers those that they buy for.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    company::{self, Column},
    company_buyer::{self, BuyerRole},
    company_location, customer,
    ids::{CompanyId, CustomerId},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{Permission, permission},
    text,
};

/// Restricts a list of companies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompanyFilter {
    /// A part of the name.
    pub query: Option<String>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

/// A company that somebody buys for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub company: company::Model,
    pub role: BuyerRole,
    /// Whether they buy for it at present.
    pub chosen: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Position {
    name: String,
    id: CompanyId,
}

/// A company, for whoever may see it: staff any, deleted or not, and those who buy for it.
pub async fn by_id(shop: &Shop, context: &Context, id: CompanyId) -> Result<Option<company::Model>> {
    let found = company::Entity::find_by_id(id).one(&shop.db).await?;
    if permission::allowed(context, Permission::Customers) {
        return Ok(found);
    }
    let Some(customer) = context.viewer.customer() else {
        return Ok(None);
    };
    let found = found.filter(|company| company.deleted_at.is_none());
    match is_buyer(shop, id, customer).await? {
        true => Ok(found),
        false => Ok(None),
    }
}

/// Whether a customer buys for a company.
pub async fn is_buyer(shop: &Shop, id: CompanyId, customer: CustomerId) -> Result<bool> {
    let row = company_buyer::Entity::find_by_id((id, customer)).one(&shop.db).await?;
    Ok(row.is_some())
}

/// A page of the companies, by their names.
///
/// # Errors
/// Refuses whoever may not see customers, a page out of bounds, and a query that is too long.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &CompanyFilter,
    page: &PageRequest,
) -> Result<Page<company::Model>> {
    permission::require_or_system(context, Permission::Customers)?;
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
    let select = company::Entity::find().filter(condition);
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

/// Those of `ids` that exist. Unscoped: whoever shows them has asked who may see them.
pub async fn companies(shop: &Shop, ids: &[CompanyId]) -> Result<HashMap<CompanyId, company::Model>> {
    let wanted = company::Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    let rows = wanted.all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The places of each company that are there. Unscoped, as [`companies`].
pub async fn locations_of(shop: &Shop, ids: &[CompanyId]) -> Result<HashMap<CompanyId, Vec<company_location::Model>>> {
    let rows = company_location::Entity::find()
        .filter(company_location::Column::CompanyId.is_in(ids.iter().copied()))
        .filter(company_location::Column::DeletedAt.is_null())
        .order_by_asc(company_location::Column::Id)
        .all(&shop.db)
        .await?;
    let mut of: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        of.entry(row.company_id).or_default().push(row);
    }
    Ok(of)
}

/// The companies that each customer buys for, by their names. Unscoped, as [`companies`].
pub async fn memberships_of(shop: &Shop, ids: &[CustomerId]) -> Result<HashMap<CustomerId, Vec<Membership>>> {
    let buyers = company_buyer::Entity::find()
        .filter(company_buyer::Column::CustomerId.is_in(ids.iter().copied()))
        .all(&shop.db)
        .await?;
    let companies = company::Entity::find()
        .filter(Column::Id.is_in(buyers.iter().map(|buyer| buyer.company_id)))
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(&shop.db)
        .await?;
    let mut of: HashMap<_, Vec<_>> = HashMap::new();
    for company in companies {
        for buyer in buyers.iter().filter(|buyer| buyer.company_id == company.id) {
            of.entry(buyer.customer_id).or_default().push(Membership {
                company: company.clone(),
                role: buyer.role,
                chosen: buyer.chosen,
            });
        }
    }
    Ok(of)
}

/// A page of those who buy for a company, whose accounts are the newest first.
///
/// # Errors
/// Refuses whoever may not see customers, and a page out of bounds.
pub async fn buyers(
    shop: &Shop,
    context: &Context,
    id: CompanyId,
    page: &PageRequest,
) -> Result<Page<customer::Model>> {
    permission::require_or_system(context, Permission::Customers)?;
    let window: Window<CustomerId> = page.window()?;
    let theirs = company_buyer::Entity::find()
        .select_only()
        .column(company_buyer::Column::CustomerId)
        .filter(company_buyer::Column::CompanyId.eq(id));
    let beyond = window.cursor.map(|last| match window.backward {
        false => customer::Column::Id.lt(last),
        true => customer::Column::Id.gt(last),
    });
    let select = customer::Entity::find()
        .filter(customer::Column::Id.in_subquery(theirs.into_query()))
        .filter(Condition::all().add_option(beyond));
    let select = match window.backward {
        false => select.order_by_desc(customer::Column::Id),
        true => select.order_by_asc(customer::Column::Id),
    };
    let rows = select.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// How many customers buy for each company. Unscoped, as [`companies`].
pub async fn buyers_of(shop: &Shop, ids: &[CompanyId]) -> Result<HashMap<CompanyId, usize>> {
    let rows = company_buyer::Entity::find()
        .filter(company_buyer::Column::CompanyId.is_in(ids.iter().copied()))
        .all(&shop.db)
        .await?;
    let mut counts: HashMap<CompanyId, usize> = HashMap::new();
    for row in rows {
        *counts.entry(row.company_id).or_default() += 1;
    }
    Ok(counts)
}

/// What role customers have in companies. Unscoped, as [`companies`].
pub async fn roles_of(
    shop: &Shop,
    pairs: &[(CompanyId, CustomerId)],
) -> Result<HashMap<(CompanyId, CustomerId), BuyerRole>> {
    let rows = company_buyer::Entity::find()
        .filter(company_buyer::Column::CompanyId.is_in(pairs.iter().map(|pair| pair.0)))
        .filter(company_buyer::Column::CustomerId.is_in(pairs.iter().map(|pair| pair.1)))
        .all(&shop.db)
        .await?;
    let keyed = rows
        .into_iter()
        .map(|row| ((row.company_id, row.customer_id), row.role));
    Ok(keyed.collect())
}

/// The company that a customer buys for at present. Nothing is asked of a shop that has no companies.
pub(crate) async fn chosen_of(
    shop: &Shop,
    db: &impl ConnectionTrait,
    customer: Option<CustomerId>,
) -> Result<Option<company::Model>> {
    let Some(customer) = customer.filter(|_| shop.profile().trade.has_companies) else {
        return Ok(None);
    };
    let sql = "select c.* from company c join company_buyer b on b.company_id = c.id \
               where b.customer_id = $1 and b.chosen and c.deleted_at is null";
    Ok(sql::one(db, sql, [customer.into()]).await?)
}
