//! The ledger as staff read it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{OrderId, PaymentEntryId, PaymentId},
    payment,
    payment_entry::{self, PaymentEntryKind},
};

use crate::{
    Context, Result, Shop, Viewer,
    paging::{Page, PageRequest, Window, write_cursor},
    staff::permission::{self, Permission},
};

/// Which entries. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryFilter {
    pub order: Option<OrderId>,
    pub payment: Option<PaymentId>,
    pub kind: Option<PaymentEntryKind>,
    /// From then on.
    pub since: Option<DateTime<Utc>>,
    /// Before then.
    pub until: Option<DateTime<Utc>>,
}

/// Where an entry stands in the ledger.
pub(super) type Position = (DateTime<Utc>, PaymentEntryId);

/// In which direction the ledger is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    OldestFirst,
    NewestFirst,
}

/// Entries of the whole ledger, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not read the ledger.
pub async fn entries(
    shop: &Shop,
    context: &Context,
    filter: &EntryFilter,
    page: &PageRequest,
) -> Result<Page<payment_entry::Model>> {
    require(context)?;
    paged(shop, filter, page, Direction::NewestFirst).await
}

/// The entries of one attempt, oldest first. For staff.
///
/// # Errors
/// Refuses whoever may not read the ledger.
pub async fn entries_of(
    shop: &Shop,
    context: &Context,
    payment: PaymentId,
    page: &PageRequest,
) -> Result<Page<payment_entry::Model>> {
    require(context)?;
    let filter = EntryFilter {
        payment: Some(payment),
        ..EntryFilter::default()
    };
    paged(shop, &filter, page, Direction::OldestFirst).await
}

/// The shop itself may, too: it is whoever sits at its command line.
pub(super) fn require(context: &Context) -> Result<()> {
    if context.viewer != Viewer::System {
        permission::require(context, Permission::Payments)?;
    }
    Ok(())
}

async fn paged(
    shop: &Shop,
    filter: &EntryFilter,
    page: &PageRequest,
    direction: Direction,
) -> Result<Page<payment_entry::Model>> {
    let window: Window<Position> = page.window()?;
    let direction = match (direction, window.backward) {
        (direction, false) => direction,
        (Direction::OldestFirst, true) => Direction::NewestFirst,
        (Direction::NewestFirst, true) => Direction::OldestFirst,
    };
    let rows = read(shop, filter, window.cursor, direction, window.limit + 1).await?;
    Ok(window.page(rows, |entry| write_cursor(&(entry.created_at, entry.id))))
}

/// At most `limit` entries beyond `after`.
pub(super) async fn read(
    shop: &Shop,
    filter: &EntryFilter,
    after: Option<Position>,
    direction: Direction,
    limit: u64,
) -> Result<Vec<payment_entry::Model>> {
    let (created_at, id) = (payment_entry::Column::CreatedAt, payment_entry::Column::Id);
    let beyond = after.map(|(at, last)| match direction {
        // The first part lets an index begin at the right place.
        Direction::OldestFirst => {
            let later = Condition::any().add(created_at.gt(at)).add(id.gt(last));
            Condition::all().add(created_at.gte(at)).add(later)
        }
        Direction::NewestFirst => {
            let earlier = Condition::any().add(created_at.lt(at)).add(id.lt(last));
            Condition::all().add(created_at.lte(at)).add(earlier)
        }
    });
    let condition = condition(filter)
        .add_option(payments_of(shop, filter.order).await?)
        .add_option(beyond);
    let query = payment_entry::Entity::find().filter(condition);
    let query = match direction {
        Direction::OldestFirst => query.order_by_asc(created_at).order_by_asc(id),
        Direction::NewestFirst => query.order_by_desc(created_at).order_by_desc(id),
    };
    Ok(query.limit(limit).all(&shop.db).await?)
}

fn condition(filter: &EntryFilter) -> Condition {
    let created_at = payment_entry::Column::CreatedAt;
    Condition::all()
        .add_option(
            filter
                .payment
                .map(|payment| payment_entry::Column::PaymentId.eq(payment)),
        )
        .add_option(filter.kind.map(|kind| payment_entry::Column::Kind.eq(kind)))
        .add_option(filter.since.map(|since| created_at.gte(since)))
        .add_option(filter.until.map(|until| created_at.lt(until)))
}

/// An order's entries are those of its attempts, of which there are few.
async fn payments_of(shop: &Shop, order: Option<OrderId>) -> Result<Option<Condition>> {
    let Some(order) = order else { return Ok(None) };
    let attempts: Vec<PaymentId> = payment::Entity::find()
        .select_only()
        .column(payment::Column::Id)
        .filter(payment::Column::OrderId.eq(order))
        .into_tuple()
        .all(&shop.db)
        .await?;
    Ok(Some(
        Condition::all().add(payment_entry::Column::PaymentId.is_in(attempts)),
    ))
}
