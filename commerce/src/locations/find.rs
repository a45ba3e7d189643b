//! Reads locations.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;
use vitrine_entity::{ids::LocationId, location};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    staff::{Permission, permission},
};

/// All that are not deleted, in the order in which stock is taken from them.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<location::Model>> {
    Ok(location::Entity::find()
        .filter(location::Column::DeletedAt.is_null())
        .order_by_asc(location::Column::Position)
        .order_by_asc(location::Column::Id)
        .all(db)
        .await?)
}

/// A location for whoever may see it: a deleted one too.
pub async fn by_id(shop: &Shop, context: &Context, id: LocationId) -> Result<Option<location::Model>> {
    if !may_see(context) {
        return Ok(None);
    }
    Ok(location::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Several, whoever asks; deleted ones too.
pub async fn by_ids(shop: &Shop, ids: &[LocationId]) -> Result<HashMap<LocationId, location::Model>> {
    let found = location::Entity::find().filter(location::Column::Id.is_in(ids.iter().copied()));
    let rows = found.all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The locations in the order in which stock is taken from them, for staff; `deleted` ones, or the others.
///
/// # Errors
/// Refuses whoever may neither see stock nor change settings.
pub async fn list(shop: &Shop, context: &Context, deleted: bool, page: &PageRequest) -> Result<Page<location::Model>> {
    if !may_see(context) {
        permission::require(context, Permission::Inventory)?;
    }
    let window = page.window::<(i32, Uuid)>()?;
    let shown = match deleted {
        true => location::Column::DeletedAt.is_not_null(),
        false => location::Column::DeletedAt.is_null(),
    };
    let order = if window.backward { Order::Desc } else { Order::Asc };
    let mut query = location::Entity::find()
        .filter(shown)
        .order_by(location::Column::Position, order.clone())
        .order_by(location::Column::Id, order)
        .limit(window.limit + 1);
    if let Some((position, id)) = window.cursor {
        let (place, cursor) = (
            Expr::tuple([Expr::col(location::Column::Position), Expr::col(location::Column::Id)]),
            Expr::tuple([Expr::value(position), Expr::value(id)]),
        );
        let beyond = if window.backward {
            place.lt(cursor)
        } else {
            place.gt(cursor)
        };
        query = query.filter(Condition::all().add(beyond));
    }
    let rows = query.all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&(row.position, row.id.0))))
}

fn may_see(context: &Context) -> bool {
    permission::allowed(context, Permission::Inventory) || permission::allowed(context, Permission::Settings)
}
