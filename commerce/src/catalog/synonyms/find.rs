//! Reads groups of synonyms, for staff.

use sea_orm::{
    ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use vitrine_entity::{ids::SynonymGroupId, synonym_group};

use crate::{
    Context, Result, Shop,
    catalog::{
        access::require_catalog,
        list::{like, lower, words},
    },
    paging::{Page, PageRequest, Window, write_cursor},
    staff::{Permission, permission},
};

/// Restricts a list of groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SynonymGroupFilter {
    /// What stands anywhere in a term of the group.
    pub text: Option<String>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Position {
    group: SynonymGroupId,
}

/// The synonyms of a group, as staff wrote them.
pub fn terms(group: &synonym_group::Model) -> impl Iterator<Item = &str> {
    let synonyms = group.synonyms.as_array().into_iter().flatten();
    synonyms.filter_map(serde_json::Value::as_str)
}

/// A group, deleted or not, for whoever may see it.
pub async fn by_id(shop: &Shop, context: &Context, id: SynonymGroupId) -> Result<Option<synonym_group::Model>> {
    if !permission::allowed(context, Permission::Catalog) {
        return Ok(None);
    }
    Ok(synonym_group::Entity::find_by_id(id).one(&shop.db).await?)
}

/// A page of the groups, the newest first.
///
/// # Errors
/// Refuses those who may not change the catalogue, a page out of bounds, and a text of more than a thousand
/// characters.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &SynonymGroupFilter,
    page: &PageRequest,
) -> Result<Page<synonym_group::Model>> {
    require_catalog(context)?;
    let window: Window<Position> = page.window()?;
    let mut select = synonym_group::Entity::find().filter(match filter.deleted {
        true => synonym_group::Column::DeletedAt.is_not_null(),
        false => synonym_group::Column::DeletedAt.is_null(),
    });
    for word in words(filter.text.as_deref().unwrap_or_default())? {
        let pattern = || like(&word.to_lowercase());
        let term = lower(synonym_group::Entity, synonym_group::Column::Term);
        let synonyms = Expr::col((synonym_group::Entity, synonym_group::Column::Synonyms)).cast_as("text");
        let synonyms: Expr = sea_orm::sea_query::Func::lower(synonyms).into();
        select = select.filter(term.like(pattern()).or(synonyms.like(pattern())));
    }
    if let Some(place) = window.cursor {
        select = select.filter(match window.backward {
            false => synonym_group::Column::Id.lt(place.group),
            true => synonym_group::Column::Id.gt(place.group),
        });
    }
    let order = if window.backward { Order::Asc } else { Order::Desc };
    let select = select
        .order_by(synonym_group::Column::Id, order)
        .limit(window.limit + 1);
    let rows = select.all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&Position { group: row.id })))
}
