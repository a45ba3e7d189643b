//! Finds documents: for staff all of them, for a shopper those of an order that they may see.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select, sea_query::ExprTrait};
use vitrine_entity::{
    document::{self, Column as C, DocumentKind},
    ids::{DocumentId, OrderId},
};

use crate::{
    Context, Result, Shop,
    orders::number,
    paging::{self, Page, PageRequest},
    sql,
    staff::{Permission, permission},
    text,
};

/// Which documents are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    pub kind: Option<DocumentKind>,
    /// The beginning of a document's number, or an order's number.
    pub number: Option<String>,
    /// The first day and the last one on which they were issued.
    pub issued_from: Option<NaiveDate>,
    pub issued_to: Option<NaiveDate>,
}

/// A page of documents, the newest first.
///
/// # Errors
/// Refuses whoever may not see orders, and a page out of bounds.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &DocumentFilter,
    page: &PageRequest,
) -> Result<Page<document::Model>> {
    permission::require_or_system(context, Permission::Orders)?;
    paging::by_keys(&shop.db, filtered(filter), [C::Id], Order::Desc, page, |row| row.id).await
}

pub(super) fn filtered(filter: &DocumentFilter) -> Select<document::Entity> {
    let mut query = document::Entity::find();
    if let Some(kind) = filter.kind {
        query = query.filter(C::Kind.eq(kind));
    }
    let typed = filter.number.as_deref().map(text::code).filter(|text| !text.is_empty());
    if let Some(typed) = typed {
        let of_order = C::OrderNumber.eq(number::typed(&typed));
        query = query.filter(C::Number.starts_with(&*typed).or(of_order));
    }
    if let Some(day) = filter.issued_from {
        query = query.filter(C::IssuedOn.gte(day));
    }
    if let Some(day) = filter.issued_to {
        query = query.filter(C::IssuedOn.lte(day));
    }
    query
}

/// A document, for staff.
///
/// # Errors
/// Refuses whoever may not see orders.
pub async fn find(shop: &Shop, context: &Context, id: DocumentId) -> Result<Option<document::Model>> {
    permission::require_or_system(context, Permission::Orders)?;
    by_id(shop, id).await
}

/// Unscoped.
pub(crate) async fn by_id(shop: &Shop, id: DocumentId) -> Result<Option<document::Model>> {
    Ok(document::Entity::find_by_id(id).one(&shop.db).await?)
}

/// The documents of each order, oldest first. Unscoped: whoever shows them has asked for the order.
pub async fn of_orders(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<document::Model>>> {
    let query = document::Entity::find().filter(sql::among(&shop.db, C::OrderId, orders.iter().copied()));
    Ok(sql::grouped(query.order_by_asc(C::Id).all(&shop.db).await?, |row| {
        row.order_id
    }))
}
