//! Customers, page by page.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use vitrine_entity::{
    customer::{self, Column},
    customer_group_member,
    ids::{CustomerGroupId, CustomerId},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::permission::{self, Permission},
    text,
};

/// Which customers. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// A part of the name or the mail address.
    pub query: Option<String>,
    pub disabled: Option<bool>,
    /// Whether they agree to marketing by mail as of now.
    pub accepts_mail: Option<bool>,
    /// Those in a group.
    pub group: Option<CustomerGroupId>,
}

/// Customers, the newest first, or the oldest.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `INVALID` for a page out of bounds.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &CustomerFilter,
    oldest_first: bool,
    page: &PageRequest,
) -> Result<Page<customer::Model>> {
    permission::require_or_system(context, Permission::Customers)?;
    let window: Window<CustomerId> = page.window()?;
    let ascending = oldest_first != window.backward;
    let beyond = window.cursor.map(|last| match ascending {
        true => Column::Id.gt(last),
        false => Column::Id.lt(last),
    });
    let query = customer::Entity::find().filter(condition(filter)?.add_option(beyond));
    let query = match ascending {
        true => query.order_by_asc(Column::Id),
        false => query.order_by_desc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

fn condition(filter: &CustomerFilter) -> Result<Condition> {
    let query = text::optional_line(&["where", "query"], filter.query.as_deref(), 100)?;
    let agrees = "exists (select 1 from customer_consent said where said.customer_id = customer.id \
                  and said.channel = 'EMAIL' and said.granted and not exists (select 1 from customer_consent newer \
                  where newer.customer_id = said.customer_id and newer.channel = said.channel and newer.id > said.id))";
    Ok(Condition::all()
        .add_option(filter.group.map(|group| Column::Id.in_subquery(members(group))))
        .add_option(filter.accepts_mail.map(|accepts| match accepts {
            true => Expr::cust(agrees),
            false => Expr::cust(format!("not {agrees}")),
        }))
        .add_option(filter.disabled.map(|disabled| match disabled {
            true => Column::DisabledAt.is_not_null(),
            false => Column::DisabledAt.is_null(),
        }))
        .add_option(query.map(|query| {
            Condition::any()
                .add(sql::contains(Column::Name, &query))
                .add(sql::contains(Column::Email, &query))
        })))
}

fn members(group: CustomerGroupId) -> SelectStatement {
    customer_group_member::Entity::find()
        .select_only()
        .column(customer_group_member::Column::CustomerId)
        .filter(customer_group_member::Column::GroupId.eq(group))
        .into_query()
}
