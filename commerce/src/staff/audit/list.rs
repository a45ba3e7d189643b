//! The audit log as staff read it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{AppId, StaffAuditId, StaffMemberId},
    staff_audit::{self, Column},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    staff::permission::{self, Permission},
    text,
};

/// Which entries. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    pub staff_member: Option<StaffMemberId>,
    pub app: Option<AppId>,
    /// Noun and verb, as in `order.cancel`; a noun alone stands for all of its verbs.
    pub action: Option<String>,
    /// The public id of what it was done to.
    pub object: Option<String>,
    /// From then on.
    pub since: Option<DateTime<Utc>>,
    /// Before then.
    pub until: Option<DateTime<Utc>>,
}

/// Where an entry stands in the log.
pub(super) type Position = (DateTime<Utc>, StaffAuditId);

/// The audit log, newest first.
///
/// # Errors
/// Refuses whoever may not see who works here.
pub async fn entries(
    shop: &Shop,
    context: &Context,
    filter: &AuditFilter,
    page: &PageRequest,
) -> Result<Page<staff_audit::Model>> {
    permission::require_or_system(context, Permission::Staff)?;
    check(filter)?;
    page_of(shop, filter, page).await
}

/// What was done to one thing, newest first. Unscoped: the caller has asked who may see it.
///
/// # Errors
/// A page out of bounds.
pub(crate) async fn of_object(
    shop: &Shop,
    noun: &str,
    object: &str,
    page: &PageRequest,
) -> Result<Page<staff_audit::Model>> {
    let filter = AuditFilter {
        action: Some(noun.to_owned()),
        object: Some(object.to_owned()),
        ..AuditFilter::default()
    };
    page_of(shop, &filter, page).await
}

async fn page_of(shop: &Shop, filter: &AuditFilter, page: &PageRequest) -> Result<Page<staff_audit::Model>> {
    let window: Window<Position> = page.window()?;
    let oldest_first = window.backward;
    let rows = read(shop, filter, window.cursor, oldest_first, window.limit + 1).await?;
    Ok(window.page(rows, |entry| write_cursor(&(entry.created_at, entry.id))))
}

/// # Errors
/// Texts that no entry has.
pub(super) fn check(filter: &AuditFilter) -> Result<()> {
    for (field, text) in [("action", &filter.action), ("object", &filter.object)] {
        if let Some(text) = text {
            text::line(&["where", field], text, 200)?;
        }
    }
    Ok(())
}

/// At most `limit` entries beyond `after`.
pub(super) async fn read(
    shop: &Shop,
    filter: &AuditFilter,
    after: Option<Position>,
    oldest_first: bool,
    limit: u64,
) -> Result<Vec<staff_audit::Model>> {
    let beyond = after.map(|(at, last)| {
        // The first part lets an index begin at the right place.
        if oldest_first {
            let later = Condition::any().add(Column::CreatedAt.gt(at)).add(Column::Id.gt(last));
            Condition::all().add(Column::CreatedAt.gte(at)).add(later)
        } else {
            let earlier = Condition::any().add(Column::CreatedAt.lt(at)).add(Column::Id.lt(last));
            Condition::all().add(Column::CreatedAt.lte(at)).add(earlier)
        }
    });
    let query = staff_audit::Entity::find().filter(condition(filter).add_option(beyond));
    let query = if oldest_first {
        query.order_by_asc(Column::CreatedAt).order_by_asc(Column::Id)
    } else {
        query.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id)
    };
    Ok(query.limit(limit).all(&shop.db).await?)
}

fn condition(filter: &AuditFilter) -> Condition {
    let of_action = |action: &String| match action.contains('.') {
        true => Condition::all().add(Column::Action.eq(action.trim())),
        // All verbs of the noun, as a range: no character of theirs is a pattern.
        false => Condition::all()
            .add(Column::Action.gte(format!("{}.", action.trim())))
            .add(Column::Action.lt(format!("{}/", action.trim()))),
    };
    Condition::all()
        .add_option(filter.staff_member.map(|id| Column::StaffMemberId.eq(id)))
        .add_option(filter.app.map(|id| Column::AppId.eq(id)))
        .add_option(filter.action.as_ref().map(of_action))
        .add_option(filter.object.as_ref().map(|object| Column::Object.eq(object.trim())))
        .add_option(filter.since.map(|since| Column::CreatedAt.gte(since)))
        .add_option(filter.until.map(|until| Column::CreatedAt.lt(until)))
}
