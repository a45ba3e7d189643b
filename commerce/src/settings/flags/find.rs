//! Staff read flags.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{flag, staff_audit};

use super::row::unsaid;
use crate::{
    Context, Result, Shop,
    flags::Capability,
    paging::{Page, PageRequest},
    staff::{self, Permission, permission},
};

/// All flags: the shop's capabilities, then those that its front ends ask for, each by name; with `deleted` those that were
/// taken away and nothing else. A capability of which nobody has said anything is at version 0.
///
/// # Errors
/// Refuses whoever may not.
pub async fn list(shop: &Shop, context: &Context, deleted: bool) -> Result<Vec<flag::Model>> {
    permission::require_or_system(context, Permission::Settings)?;
    let select = match deleted {
        true => flag::Entity::find().filter(flag::Column::DeletedAt.is_not_null()),
        false => flag::Entity::find().filter(flag::Column::DeletedAt.is_null()),
    };
    let mut rows = select.all(&shop.db).await?;
    if !deleted {
        let unsaid = Capability::all().filter(|known| rows.iter().all(|row| row.name != known.name()));
        let unsaid: Vec<_> = unsaid.map(|known| unsaid_of(shop, known)).collect();
        rows.extend(unsaid);
    }
    rows.sort_by(|a, b| place(a).cmp(&place(b)));
    Ok(rows)
}

/// Where a flag stands among all.
fn place(row: &flag::Model) -> (bool, &str) {
    (Capability::named(&row.name).is_none(), &row.name)
}

fn unsaid_of(shop: &Shop, capability: Capability) -> flag::Model {
    unsaid(capability.name(), shop.now())
}

/// A flag by its name, taken away or not; a capability as it counts. `None` where there is none, and for whoever may not.
///
/// # Errors
/// When the database fails.
pub async fn find(shop: &Shop, context: &Context, name: &str) -> Result<Option<flag::Model>> {
    if !permission::allowed(context, Permission::Settings) {
        return Ok(None);
    }
    let row = flag::Entity::find_by_id(name).one(&shop.db).await?;
    Ok(match Capability::named(name) {
        // What was said of it and taken back counts no more.
        Some(known) => row
            .filter(|row| row.deleted_at.is_none())
            .or_else(|| Some(unsaid_of(shop, known))),
        None => row,
    })
}

/// What was done to a flag, newest first.
///
/// # Errors
/// Refuses whoever may not.
pub async fn history(
    shop: &Shop,
    context: &Context,
    name: &str,
    page: &PageRequest,
) -> Result<Page<staff_audit::Model>> {
    permission::require_or_system(context, Permission::Settings)?;
    staff::audit_of_object(shop, "flag", name, page).await
}
