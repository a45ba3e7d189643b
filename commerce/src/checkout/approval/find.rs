//! Who sees which requests.

use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter};
use vitrine_entity::{
    company_buyer::BuyerRole,
    ids::{CompanyId, PurchaseRequestId},
    purchase_request::{self, Column, PurchaseRequestState},
};

use crate::{
    Context, Result, Shop, companies,
    paging::{self, Page, PageRequest},
    staff::{Permission, permission},
};

/// A request, for whoever may see it: who asked, managers of the company, and staff with the permission `ORDERS`.
pub async fn by_id(shop: &Shop, context: &Context, id: PurchaseRequestId) -> Result<Option<purchase_request::Model>> {
    let found = purchase_request::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = found else { return Ok(None) };
    let is_theirs = context.viewer.customer() == Some(row.customer_id);
    if is_theirs || permission::allowed(context, Permission::Orders) {
        return Ok(Some(row));
    }
    let role = companies::role(shop, context, row.company_id).await?;
    Ok(Some(row).filter(|_| role == Some(BuyerRole::Manager)))
}

/// A page of all requests, the newest first: of one company, or that stand somewhere, where that is asked for. For staff with
/// the permission `ORDERS`.
///
/// # Errors
/// Refuses whoever may not, and a page out of bounds.
pub async fn list(
    shop: &Shop,
    context: &Context,
    company: Option<CompanyId>,
    state: Option<PurchaseRequestState>,
    page: &PageRequest,
) -> Result<Page<purchase_request::Model>> {
    permission::require(context, Permission::Orders)?;
    let wanted = Condition::all()
        .add_option(company.map(|company| Column::CompanyId.eq(company)))
        .add_option(state.map(|state| Column::State.eq(state)));
    let select = purchase_request::Entity::find().filter(wanted);
    paging::by_keys(&shop.db, select, [Column::Id], Order::Desc, page, |row| row.id).await
}

/// A page of a company's requests, the newest first: its managers and staff with the permission `ORDERS` see all of them, its
/// buyers their own, and nobody else any.
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn of_company(
    shop: &Shop,
    context: &Context,
    company: CompanyId,
    state: Option<PurchaseRequestState>,
    page: &PageRequest,
) -> Result<Page<purchase_request::Model>> {
    let all = Condition::all()
        .add(Column::CompanyId.eq(company))
        .add_option(state.map(|state| Column::State.eq(state)));
    let seen = match permission::allowed(context, Permission::Orders) {
        true => all,
        false => match companies::role(shop, context, company).await? {
            Some(BuyerRole::Manager) => all,
            Some(BuyerRole::Buyer) => all.add(Column::CustomerId.eq(context.viewer.customer())),
            None => all.add(Column::CompanyId.is_null()),
        },
    };
    let select = purchase_request::Entity::find().filter(seen);
    paging::by_keys(&shop.db, select, [Column::Id], Order::Desc, page, |row| row.id).await
}
