//! The pictures of the shop, for staff.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, SimpleExpr},
};
use vitrine_entity::{ids::MediaId, media};

use super::rules::require;
use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    text,
};

/// The longest text that is searched for.
const QUERY_MAX: usize = 100;

/// All pictures that are not deleted, newest first; those whose file name or text holds `query`.
///
/// # Errors
/// Refuses those without the right.
pub async fn list(
    shop: &Shop,
    context: &Context,
    query: Option<&str>,
    page: &PageRequest,
) -> Result<Page<media::Model>> {
    require(context)?;
    let words = text::optional_line(&["query"], query, QUERY_MAX)?;
    let window = page.window::<MediaId>()?;
    let id = media::Column::Id;
    let mut rows = media::Entity::find().filter(media::Column::DeletedAt.is_null());
    if let Some(words) = words {
        rows = rows.filter(holds(media::Column::OriginalName, &words).or(holds(media::Column::Alt, &words)));
    }
    let rows = match (window.cursor, window.backward) {
        (None, _) => rows,
        (Some(cursor), false) => rows.filter(id.lt(cursor)),
        (Some(cursor), true) => rows.filter(id.gt(cursor)),
    };
    let rows = if window.backward {
        rows.order_by_asc(id)
    } else {
        rows.order_by_desc(id)
    };
    let rows = rows.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// A picture, deleted or not. For staff: null answers whoever may not.
pub async fn one(shop: &Shop, context: &Context, id: MediaId) -> Result<Option<media::Model>> {
    if require(context).is_err() {
        return Ok(None);
    }
    Ok(media::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Whether a column holds a text, whatever its case; what LIKE would read otherwise stands for itself.
fn holds(column: media::Column, words: &str) -> SimpleExpr {
    let mut literal = words.to_lowercase();
    for special in ['!', '%', '_'] {
        literal = literal.replace(special, &format!("!{special}"));
    }
    Func::lower(Expr::col(column)).like(LikeExpr::new(format!("%{literal}%")).escape('!'))
}
