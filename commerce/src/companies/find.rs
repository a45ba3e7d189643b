//! Reads companies: staff all, customers those that they buy for.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use vitrine_entity::{
    company::{self, Column},
    company_buyer::{self, BuyerRole},
    company_location, customer,
    ids::{CompanyId, CustomerId},
};

use super::buying::Buying;
use crate::{
    Context, Result, Shop,
    paging::{self, Page, PageRequest},
    sql,
    staff::{Permission, permission},
    trade::NamedFilter,
};

/// A company that somebody buys for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub company: company::Model,
    pub role: BuyerRole,
    /// Whether they buy for it at present.
    pub chosen: bool,
    /// What they buy above this amount, in the shop's own currency, needs a manager's approval.
    pub approval_above_minor: Option<i64>,
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
    filter: &NamedFilter,
    page: &PageRequest,
) -> Result<Page<company::Model>> {
    permission::require_or_system(context, Permission::Customers)?;
    let select = company::Entity::find().filter(filter.condition(&[Column::Name], Column::DeletedAt)?);
    let keys = [Column::Name, Column::Id];
    paging::by_keys(&shop.db, select, keys, Order::Asc, page, |row| {
        (row.name.clone(), row.id)
    })
    .await
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
                approval_above_minor: buyer.approval_above_minor,
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
    let theirs = company_buyer::Entity::find()
        .select_only()
        .column(company_buyer::Column::CustomerId)
        .filter(company_buyer::Column::CompanyId.eq(id));
    let select = customer::Entity::find().filter(customer::Column::Id.in_subquery(theirs.into_query()));
    paging::by_keys(&shop.db, select, [customer::Column::Id], Order::Desc, page, |row| {
        row.id
    })
    .await
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
) -> Result<Option<Buying>> {
    let Some(customer) = customer.filter(|_| shop.profile().trade.has_companies) else {
        return Ok(None);
    };
    let sql = "select c.*, b.approval_above_minor from company c join company_buyer b on b.company_id = c.id \
               where b.customer_id = $1 and b.chosen and c.deleted_at is null";
    Ok(sql::one(db, sql, [customer.into()]).await?)
}
