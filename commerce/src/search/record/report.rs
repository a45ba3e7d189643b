//! What shoppers search for, and what they do not find, for staff.

use chrono::{Days, NaiveDate};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{Permission, permission},
};

/// How far back a report goes, and how long searches are remembered.
pub const DAYS_MAX: u64 = 180;

/// Which terms a report tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// Those that found nothing, by how often they did not.
    Nothing,
    /// Those that found nothing or little, by how often.
    Little,
    /// All, by how often they were searched for.
    Any,
}

/// How often a term was searched for, and with what success.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SearchTerm {
    pub term: String,
    pub searches: i64,
    pub found_nothing: i64,
    pub found_little: i64,
    pub last_day: NaiveDate,
    /// By which it is sorted.
    pub place: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Position {
    found: Found,
    place: i64,
    term: String,
}

/// A page of what was searched for within the last `days`, today among them, the most frequent first.
///
/// # Errors
/// Refuses those who may not change the catalogue, days out of bounds, and a page out of bounds.
pub async fn report(
    shop: &Shop,
    context: &Context,
    days: i32,
    found: Found,
    page: &PageRequest,
) -> Result<Page<SearchTerm>> {
    permission::require_or_system(context, Permission::Catalog)?;
    let since = first_day(shop, days)?;
    let window: Window<Position> = page.window()?;
    // PostgreSQL sums bigints to a numeric.
    let place = match found {
        Found::Nothing => "cast(sum(found_nothing) as bigint)",
        Found::Little => "cast(sum(found_nothing) + sum(found_little) as bigint)",
        Found::Any => "cast(sum(searches) as bigint)",
    };
    let (beyond, order) = match window.backward {
        false => ("<", "desc, term asc"),
        true => (">", "asc, term desc"),
    };
    let after = if window.backward { "<" } else { ">" };
    let mut values = vec![since.into()];
    let mut having = format!("{place} > 0");
    if let Some(cursor) = &window.cursor {
        if cursor.found != found {
            let message = messages::cursor_unknown();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["after"]).into());
        }
        having = format!("{having} and ({place} {beyond} $2 or ({place} = $2 and term {after} $3))");
        values.extend([cursor.place.into(), cursor.term.as_str().into()]);
    }
    let sql = format!(
        "select term, cast(sum(searches) as bigint) as searches, cast(sum(found_nothing) as bigint) as found_nothing, \
           cast(sum(found_little) as bigint) as found_little, max(day) as last_day, {place} as place \
         from search_term_day where day >= $1 group by term having {having} order by {place} {order} limit {}",
        window.limit + 1
    );
    let rows: Vec<SearchTerm> = sql::all(&shop.db, &sql, values).await?;
    Ok(window.page(rows, |row| {
        write_cursor(&Position {
            found,
            place: row.place,
            term: row.term.clone(),
        })
    }))
}

fn first_day(shop: &Shop, days: i32) -> Result<NaiveDate, Refusal> {
    let refuse = || {
        let message = messages::days_range(DAYS_MAX);
        Refusal::new(ErrorCode::Invalid, message).at(&["days"])
    };
    let days = u64::try_from(days).ok().filter(|days| (1..=DAYS_MAX).contains(days));
    let days = days.ok_or_else(refuse)?;
    let today = shop.profile().date(shop.now());
    today.checked_sub_days(Days::new(days - 1)).ok_or_else(refuse)
}
