//! What staff see of the accounts, and customers of their own.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    credit_account::{self, Column, CreditKind},
    credit_entry,
    ids::{CreditAccountId, CustomerId, OrderId},
    order_credit,
};

use super::account::CreditState;
use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::permission::{self, Permission},
    text,
};

/// Which gift cards. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreditFilter {
    /// The last four of a code, or a part of the recipient's address, name or of the note.
    pub query: Option<String>,
    pub state: Option<CreditState>,
}

/// The gift card or store credit `id`, for staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn account(shop: &Shop, context: &Context, id: CreditAccountId) -> Result<Option<credit_account::Model>> {
    permission::require_or_system(context, Permission::Refunds)?;
    Ok(credit_account::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Gift cards, the newest first.
///
/// # Errors
/// Refuses whoever may not, and a page out of bounds.
pub async fn accounts(
    shop: &Shop,
    context: &Context,
    filter: &CreditFilter,
    page: &PageRequest,
) -> Result<Page<credit_account::Model>> {
    permission::require_or_system(context, Permission::Refunds)?;
    let window: Window<CreditAccountId> = page.window()?;
    let beyond = window.cursor.map(|last| match window.backward {
        true => Column::Id.gt(last),
        false => Column::Id.lt(last),
    });
    let query = credit_account::Entity::find()
        .filter(Column::Kind.eq(CreditKind::GiftCard))
        .filter(condition(shop, filter)?.add_option(beyond));
    let query = match window.backward {
        true => query.order_by_asc(Column::Id),
        false => query.order_by_desc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

fn condition(shop: &Shop, filter: &CreditFilter) -> Result<Condition> {
    let query = text::optional_line(&["where", "query"], filter.query.as_deref(), 100)?;
    let alive = || {
        Condition::any()
            .add(Column::ExpiresAt.is_null())
            .add(Column::ExpiresAt.gt(shop.now()))
    };
    let open = || Condition::all().add(Column::DisabledAt.is_null());
    Ok(Condition::all()
        .add_option(filter.state.map(|state| match state {
            CreditState::Disabled => Condition::all().add(Column::DisabledAt.is_not_null()),
            CreditState::Expired => open().add(Column::ExpiresAt.lte(shop.now())),
            CreditState::Empty => open().add(alive()).add(Column::BalanceMinor.eq(0)),
            CreditState::Active => open().add(alive()).add(Column::BalanceMinor.gt(0)),
        }))
        .add_option(query.map(|query| {
            let last: String = query
                .chars()
                .rev()
                .take(4)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            Condition::any()
                .add(Column::LastFour.eq(last.to_ascii_uppercase()))
                .add(sql::contains(Column::RecipientEmail, &query))
                .add(sql::contains(Column::RecipientName, &query))
                .add(sql::contains(Column::Note, &query))
        })))
}

/// What came to an account and went from it, the latest first. For staff, and for the customer whose store credit it is.
///
/// # Errors
/// Refuses whoever may not, and a page out of bounds.
pub async fn entries(
    shop: &Shop,
    context: &Context,
    account: &credit_account::Model,
    page: &PageRequest,
) -> Result<Page<credit_entry::Model>> {
    if account.customer_id.is_none() || account.customer_id != context.viewer.customer() {
        permission::require_or_system(context, Permission::Refunds)?;
    }
    let window: Window<i64> = page.window()?;
    let beyond = window.cursor.map(|last| match window.backward {
        true => credit_entry::Column::Number.gt(last),
        false => credit_entry::Column::Number.lt(last),
    });
    let query = credit_entry::Entity::find()
        .filter(credit_entry::Column::AccountId.eq(account.id))
        .filter(Condition::all().add_option(beyond));
    let query = match window.backward {
        true => query.order_by_asc(credit_entry::Column::Number),
        false => query.order_by_desc(credit_entry::Column::Number),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.number)))
}

/// The store credit of each customer, by currency. Unscoped: whoever shows it asks whose it is.
///
/// # Errors
/// When the database fails.
pub async fn of_customers(
    shop: &Shop,
    customers: &[CustomerId],
) -> Result<HashMap<CustomerId, Vec<credit_account::Model>>> {
    let rows = credit_account::Entity::find()
        .filter(sql::among(&shop.db, Column::CustomerId, customers.iter().copied()))
        .order_by_asc(Column::Currency)
        .all(&shop.db)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(customer) = row.customer_id {
            found.entry(customer).or_default().push(row);
        }
    }
    Ok(found)
}

/// What gift cards and store credit have paid of each order, in the order in which they did. Unscoped.
///
/// # Errors
/// When the database fails.
pub async fn of_orders(
    shop: &Shop,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, Vec<(order_credit::Model, credit_account::Model)>>> {
    let rows = order_credit::Entity::find()
        .filter(sql::among(
            &shop.db,
            order_credit::Column::OrderId,
            orders.iter().copied(),
        ))
        .order_by_asc(order_credit::Column::Position)
        .all(&shop.db)
        .await?;
    let ids = rows.iter().map(|row| row.account_id);
    let accounts = credit_account::Entity::find()
        .filter(sql::among(&shop.db, Column::Id, ids))
        .all(&shop.db)
        .await?;
    let accounts: HashMap<_, _> = accounts.into_iter().map(|account| (account.id, account)).collect();
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(account) = accounts.get(&row.account_id) {
            found.entry(row.order_id).or_default().push((row, account.clone()));
        }
    }
    Ok(found)
}
