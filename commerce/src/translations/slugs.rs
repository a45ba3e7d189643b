//! Slugs by language: a thing is found by each that it has, and by those that it had.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;
use vitrine_entity::{slug_redirect, slug_redirect::SlugKind, translation};

use super::{
    find::Translatable,
    thing::{Kind, Thing},
};
use crate::{ErrorCode, Refusal, Result, Tx, language::messages, sql};

/// The most things that are called alike in different languages.
const ALIKE_MAX: usize = 50;

/// The thing that has this slug in a language: in the first of `languages` in which one has it, else in any.
pub async fn of_slug(
    db: &impl ConnectionTrait,
    kind: SlugKind,
    slug: &str,
    languages: &[Arc<str>],
) -> Result<Option<Uuid>> {
    use translation::Column as C;
    let mut rows = translation::Entity::find()
        .filter(C::Kind.eq(kind_of(kind).name()))
        .filter(C::Field.eq("slug"))
        .filter(C::Text.eq(slug))
        .all(db)
        .await?;
    rows.truncate(ALIKE_MAX);
    let rank = |row: &translation::Model| {
        languages
            .iter()
            .position(|tag| **tag == row.locale)
            .unwrap_or(usize::MAX)
    };
    let best = rows.into_iter().min_by_key(|row| (rank(row), row.locale.clone()));
    Ok(best.and_then(|row| row.thing_id))
}

/// The slugs that things have in other languages, by language.
pub async fn slugs_of(db: &impl ConnectionTrait, things: &[Thing]) -> Result<HashMap<Thing, BTreeMap<String, String>>> {
    use translation::Column as C;
    let named: HashMap<String, &Thing> = things.iter().map(|thing| (thing.to_string(), thing)).collect();
    let rows = translation::Entity::find()
        .filter(sql::among(db, C::Thing, named.keys().cloned()))
        .filter(C::Field.eq("slug"))
        .all(db)
        .await?;
    let mut slugs: HashMap<Thing, BTreeMap<String, String>> = HashMap::new();
    for row in rows {
        if let Some(thing) = named.get(&row.thing) {
            slugs.entry((*thing).clone()).or_default().insert(row.locale, row.text);
        }
    }
    Ok(slugs)
}

/// Slugs as they stand in the rows, of what is given so or as one of `languages` has it.
pub async fn own_slugs(
    db: &impl ConnectionTrait,
    languages: &[Arc<str>],
    kind: SlugKind,
    slugs: Vec<String>,
) -> Result<Vec<String>> {
    if languages.is_empty() || slugs.is_empty() {
        return Ok(slugs);
    }
    let sql = format!(
        "select x.text, t.slug from translation x join {} t on t.id = x.thing_id \
            where x.kind = $1 and x.field = 'slug' and x.text {} and x.locale {}",
        table(kind),
        sql::among_parameter::<String>(db, 2),
        sql::among_parameter::<String>(db, 3)
    );
    let values = [
        kind_of(kind).name().into(),
        sql::list(db, slugs.iter().map(|slug| slug.to_lowercase())),
        sql::list(db, languages.iter().map(|tag| tag.to_string())),
    ];
    let mut own = HashMap::new();
    for row in sql::rows(db, &sql, values).await? {
        let (translated, slug): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        own.insert(translated, slug);
    }
    let known = |slug: String| own.get(&slug.to_lowercase()).cloned().unwrap_or(slug);
    Ok(slugs.into_iter().map(known).collect())
}

/// Refuses a slug that another thing has as its own, or has in that language; what it was called before still leads there.
pub(super) async fn settle(tx: &Tx, thing: &Translatable, rows: &[translation::Model]) -> Result<()> {
    let Some(row) = rows.iter().find(|row| row.field == "slug") else {
        return Ok(());
    };
    let Some(kind) = slug_kind(&thing.thing) else {
        return Ok(());
    };
    let table = table(kind);
    let id = thing.thing.id().unwrap_or_default();
    let own = format!("select count(*) from {table} where slug = $1 and id <> $2");
    let own: Vec<i64> = sql::column(tx.db(), &own, [row.text.as_str().into(), id.into()]).await?;
    let others = "select count(*) from translation where kind = $1 and field = 'slug' and text = $2 and locale = $3 \
        and thing <> $4";
    let values = [row.kind.as_str(), &row.text, &row.locale, &row.thing].map(Into::into);
    let others: Vec<i64> = sql::column(tx.db(), others, values).await?;
    if own.into_iter().chain(others).any(|count| count > 0) {
        return Err(taken().into());
    }
    keep_former(tx, thing, Some(&row.text)).await
}

/// Keeps the slug that a thing had in a language as one that leads to it.
pub(super) async fn keep_former(tx: &Tx, thing: &Translatable, now: Option<&str>) -> Result<()> {
    let Some(kind) = slug_kind(&thing.thing) else {
        return Ok(());
    };
    let former = thing.fields.iter().find(|field| field.source.field == "slug");
    let former = former.and_then(|field| field.translation.as_ref());
    let Some(former) = former.filter(|former| Some(&*former.text) != now) else {
        return Ok(());
    };
    let row = slug_redirect::ActiveModel {
        kind: Set(kind),
        slug: Set(former.text.clone()),
        target_id: Set(thing.thing.id().unwrap_or_default()),
        created_at: Set(tx.shop().now()),
    };
    let mut replace = OnConflict::columns([slug_redirect::Column::Kind, slug_redirect::Column::Slug]);
    replace.update_columns([slug_redirect::Column::TargetId, slug_redirect::Column::CreatedAt]);
    slug_redirect::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

pub(super) fn taken() -> Refusal {
    Refusal::new(ErrorCode::Taken, messages::thing_slug_taken()).at(&["fields", "slug"])
}

fn slug_kind(thing: &Thing) -> Option<SlugKind> {
    match thing {
        Thing::Product(_) => Some(SlugKind::Product),
        Thing::Category(_) => Some(SlugKind::Category),
        Thing::Collection(_) => Some(SlugKind::Collection),
        _ => None,
    }
}

fn table(kind: SlugKind) -> &'static str {
    match kind {
        SlugKind::Product => "product",
        SlugKind::Category => "category",
        SlugKind::Collection => "collection",
    }
}

fn kind_of(kind: SlugKind) -> Kind {
    match kind {
        SlugKind::Product => Kind::Product,
        SlugKind::Category => Kind::Category,
        SlugKind::Collection => Kind::Collection,
    }
}
