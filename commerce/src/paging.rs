//! Pages of a list: a bounded number of rows after (or before) a cursor.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, IntoValueTuple, Query},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    ErrorCode, Refusal, Result as Outcome,
    language::{Message, messages},
};

/// The most rows that one page holds.
pub const PAGE_MAX: u64 = 100;

/// The most rows that are counted where nothing keeps their number.
pub const COUNT_MAX: u64 = 10_000;

/// How many it holds where nobody says how many.
const PAGE_USUAL: i32 = 20;

/// How many rows a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub rows: u64,
    /// Whether there are no more than that.
    pub is_exact: bool,
}

impl Count {
    pub fn exactly(rows: u64) -> Self {
        Self { rows, is_exact: true }
    }
}

impl Default for Count {
    fn default() -> Self {
        Self::exactly(0)
    }
}

/// Which page of a list: `first` rows after `after`, or `last` rows before `before`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

/// A checked [`PageRequest`], with its cursor read.
#[derive(Debug, Clone, PartialEq)]
pub struct Window<C> {
    pub limit: u64,
    /// The row next to the page, exclusive.
    pub cursor: Option<C>,
    /// Whether the page lies before the cursor and is read from its end.
    pub backward: bool,
}

/// A page, each row with its cursor.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<(String, T)>,
    pub has_next: bool,
    pub has_previous: bool,
}

impl PageRequest {
    /// The first `count` rows.
    pub fn first(count: i32) -> Self {
        Self {
            first: Some(count),
            ..Self::default()
        }
    }

    /// `count` rows after a cursor, or as many as a list has where nobody says how many.
    pub fn of(count: Option<i32>, after: Option<String>) -> Self {
        Self {
            after,
            ..Self::first(count.unwrap_or(PAGE_USUAL))
        }
    }

    /// # Errors
    /// When the count is missing, not within 1 to [`PAGE_MAX`], both directions are asked for, or
    /// a cursor is not one of this list's.
    pub fn window<C: DeserializeOwned>(&self) -> Result<Window<C>, Refusal> {
        let (count, cursor, backward) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(invalid(messages::first_or_last_not_both(), "last")),
            (None, None) => return Err(invalid(messages::first_or_last(), "first")),
            (Some(count), None) if self.before.is_none() => (count, &self.after, false),
            (None, Some(count)) if self.after.is_none() => (count, &self.before, true),
            _ => {
                return Err(invalid(messages::after_with_first(), "after"));
            }
        };
        let field = if backward { "last" } else { "first" };
        let limit = u64::try_from(count).ok().filter(|count| (1..=PAGE_MAX).contains(count));
        let limit = limit.ok_or_else(|| invalid(messages::page_size_range(field, PAGE_MAX), field))?;
        let cursor = cursor.as_deref().map(read_cursor).transpose()?;
        Ok(Window {
            limit,
            cursor,
            backward,
        })
    }
}

impl<T> Page<T> {
    /// After which the page that follows begins, where one does.
    pub fn next_cursor(&self) -> Option<String> {
        let last = self.rows.last().filter(|_| self.has_next);
        last.map(|(cursor, _)| cursor.clone())
    }
}

impl<C> Window<C> {
    /// Makes a page of rows that were read in the window's direction, one more than its limit
    /// where there are more.
    pub fn page<T>(&self, mut rows: Vec<T>, cursor: impl Fn(&T) -> String) -> Page<T> {
        let more = rows.len() as u64 > self.limit;
        rows.truncate(self.limit as usize);
        if self.backward {
            rows.reverse();
        }
        let beyond = self.cursor.is_some();
        let (has_next, has_previous) = if self.backward { (beyond, more) } else { (more, beyond) };
        Page {
            rows: rows.into_iter().map(|row| (cursor(&row), row)).collect(),
            has_next,
            has_previous,
        }
    }
}

/// A page of what `select` finds, in `order` by `keys`, the last of which tells those apart that are equal in the others.
/// `place` gives what a row has of them: a tuple, or the one value.
///
/// # Errors
/// Refuses a page out of bounds, and a cursor of another list.
pub(crate) async fn by_keys<E, P, const N: usize>(
    db: &impl ConnectionTrait,
    select: Select<E>,
    keys: [E::Column; N],
    order: Order,
    request: &PageRequest,
    place: impl Fn(&E::Model) -> P,
) -> Outcome<Page<E::Model>>
where
    E: EntityTrait,
    P: Serialize + DeserializeOwned + IntoValueTuple,
{
    let mut window = request.window::<P>()?;
    let descends = matches!(order, Order::Desc) != window.backward;
    let last = window.cursor.take().map(IntoValueTuple::into_value_tuple);
    let mut select = select;
    if let Some(last) = last.clone() {
        let last = Expr::tuple(last.into_iter().map(Expr::val));
        let columns = Expr::tuple(keys.map(|key| Expr::col(key.as_column_ref())));
        select = select.filter(match descends {
            true => columns.lt(last),
            false => columns.gt(last),
        });
    }
    for key in keys {
        select = match descends {
            true => select.order_by_desc(key),
            false => select.order_by_asc(key),
        };
    }
    let rows = select.limit(window.limit + 1).all(db).await?;
    let window = Window {
        limit: window.limit,
        cursor: last,
        backward: window.backward,
    };
    Ok(window.page(rows, |row| write_cursor(&place(row))))
}

/// How many rows a statement finds, of which no more than [`COUNT_MAX`] are counted.
///
/// # Errors
/// What the database says.
pub(crate) async fn count<E: EntityTrait>(db: &impl ConnectionTrait, rows: Select<E>) -> Outcome<Count> {
    let rows = rows.limit(COUNT_MAX + 1).into_query();
    let counted = Query::select()
        .expr(Expr::val(1).count())
        .from_subquery(rows, Alias::new("counted"))
        .to_owned();
    let counted = db.query_one(&counted).await?;
    let found: i64 = counted
        .map(|row| row.try_get_by_index(0))
        .transpose()?
        .unwrap_or_default();
    let found = u64::try_from(found).unwrap_or_default();
    Ok(Count {
        rows: Ord::min(found, COUNT_MAX),
        is_exact: found <= COUNT_MAX,
    })
}

/// An opaque cursor: what a row is sorted by.
pub fn write_cursor(position: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(position).expect("a cursor's parts serialize"))
}

fn read_cursor<C: DeserializeOwned>(text: &str) -> Result<C, Refusal> {
    Some(text)
        .filter(|text| text.len() <= 512)
        .and_then(|text| URL_SAFE_NO_PAD.decode(text).ok())
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| invalid(messages::cursor_unknown(), "after"))
}

fn invalid(message: Message, field: &str) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(&[field])
}
