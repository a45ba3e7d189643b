//! What is translated, and what is missing or outdated: how much of it by kind and language, and which things.

mod names;
mod progress;
mod table;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::progress::{Progress, progress};
use super::{
    find::{Translatable, beside, known_locale},
    thing::{Kind, Thing},
};
use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::permission::require_or_system,
};

/// Which things of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Those of which a text is missing or outdated.
    ToDo,
    /// Those of which a text is not translated.
    Missing,
    /// Those of which a text has changed since it was translated.
    Outdated,
    All,
}

impl State {
    /// Whether a thing is meant. A slug is nobody's duty.
    fn is_of(self, thing: &Translatable) -> bool {
        let texts = || thing.fields.iter().filter(|field| field.source.field != "slug");
        let missing = || texts().any(|field| field.translation.is_none());
        let outdated = || texts().any(|field| field.is_outdated());
        match self {
            Self::ToDo => missing() || outdated(),
            Self::Missing => missing(),
            Self::Outdated => outdated(),
            Self::All => true,
        }
    }
}

/// Where a thing stands: by its id, or by its name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Position {
    Id { id: Uuid },
    Name { name: String },
}

/// Things of a kind with their texts and translations: those with an id oldest first, others by name.
///
/// # Errors
/// Refuses whoever may not translate them, a language that the shop does not have, and a page out of bounds.
pub async fn report(
    shop: &Shop,
    context: &Context,
    kind: Kind,
    locale: &str,
    state: State,
    request: &PageRequest,
) -> Result<Page<Translatable>> {
    require_or_system(context, kind.permission())?;
    let locale = known_locale(shop, locale)?;
    let window: Window<Position> = request.window()?;
    let things = match table::of(kind) {
        Some(table) => {
            let after = match &window.cursor {
                Some(Position::Id { id }) => *id,
                _ => Uuid::nil(),
            };
            let values = [locale.as_str().into(), after.into(), (window.limit as i64 + 1).into()];
            let ids: Vec<Uuid> = sql::column(&shop.db, &table.page(state), values).await?;
            ids.into_iter().filter_map(|id| table::thing(kind, id)).collect()
        }
        None => {
            let after = match &window.cursor {
                Some(Position::Name { name }) => name.as_str(),
                _ => "",
            };
            names::page(shop, kind, &locale, state, after, window.limit).await?
        }
    };
    let rows = beside(shop, &shop.db, things, &locale).await?;
    Ok(window.page(rows, |row| write_cursor(&position(&row.thing))))
}

fn position(thing: &Thing) -> Position {
    match thing.id() {
        Some(id) if table::of(thing.kind()).is_some() => Position::Id { id },
        _ => Position::Name {
            name: thing.to_string(),
        },
    }
}
