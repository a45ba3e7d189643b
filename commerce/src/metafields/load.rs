//! Reads the metafields of many things at once.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use vitrine_entity::metafield;

use super::owner::Owner;
use crate::{
    Context, Refusal, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    staff::permission,
};

/// All metafields of each thing, by namespace and key. It does not ask who is asking: [`page`] does.
pub async fn of_owners(shop: &Shop, owners: &[Owner]) -> Result<HashMap<Owner, Vec<metafield::Model>>> {
    let named: HashMap<String, Owner> = owners.iter().map(|owner| (owner.to_string(), *owner)).collect();
    let rows = metafield::Entity::find()
        .filter(metafield::Column::Owner.is_in(named.keys().cloned()))
        .order_by_asc(metafield::Column::Namespace)
        .order_by_asc(metafield::Column::Key)
        .all(&shop.db)
        .await?;
    let mut fields: HashMap<_, Vec<metafield::Model>> = HashMap::new();
    for row in rows {
        if let Some(owner) = named.get(&row.owner) {
            fields.entry(*owner).or_default().push(row);
        }
    }
    // A database's collation need not be the order that cursors know.
    for rows in fields.values_mut() {
        rows.sort_by(|a, b| (&a.namespace, &a.key).cmp(&(&b.namespace, &b.key)));
    }
    Ok(fields)
}

/// A page of the rows that the caller may see: shoppers see public ones.
///
/// # Errors
/// Refuses a page out of bounds.
pub fn page(
    context: &Context,
    owner: Owner,
    mut rows: Vec<metafield::Model>,
    namespace: Option<&str>,
    request: &PageRequest,
) -> Result<Page<metafield::Model>, Refusal> {
    let window: Window<Position> = request.window()?;
    let all = permission::allowed(context, owner.permission());
    rows.retain(|row| (all || row.public) && namespace.is_none_or(|namespace| row.namespace == namespace));
    let position = |row: &metafield::Model| Position {
        namespace: row.namespace.clone(),
        key: row.key.clone(),
    };
    if let Some(cursor) = &window.cursor {
        rows.retain(|row| match window.backward {
            false => position(row) > *cursor,
            true => position(row) < *cursor,
        });
    }
    if window.backward {
        rows.reverse();
    }
    rows.truncate(usize::try_from(window.limit).unwrap_or(usize::MAX).saturating_add(1));
    Ok(window.page(rows, |row| write_cursor(&position(row))))
}

/// Where a metafield stands among those of its owner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Position {
    namespace: String,
    key: String,
}
