//! Staff group synonyms.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::SynonymGroupId, synonym_group};

use super::{
    check::{self, GROUPS_MAX},
    find::terms,
    table::table,
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{access::require_catalog, fields::Refusals},
    error::expect_version,
    jobs::Job,
    language::messages,
    settings,
    staff::audit,
    turn::{self, Turn},
};

/// A group as it should be. What is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct SynonymGroupEdit {
    /// The one term whose search finds the synonyms; `Some(None)` where each of them finds the others.
    pub term: Option<Option<String>>,
    pub synonyms: Option<Vec<String>>,
    /// The one of the shop's languages in whose searches alone they stand for each other; `Some(None)` for all of them.
    pub language: Option<Option<String>>,
}

/// Makes a group.
///
/// # Errors
/// Refuses whoever may not change the catalogue, terms that are wrong, and more than search engines take.
pub async fn create(shop: &Shop, context: &Context, given: SynonymGroupEdit) -> Result<synonym_group::Model> {
    require_catalog(context)?;
    let given = &given;
    shop.transact(context, |tx| async move {
        turn::take(&tx, Turn::Synonyms).await?;
        let live = synonym_group::Entity::find().filter(synonym_group::Column::DeletedAt.is_null());
        if live.count(tx.db()).await? >= GROUPS_MAX {
            let message = messages::synonym_groups_max(GROUPS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["synonyms"]).into());
        }
        let row = synonym_group::Model {
            id: SynonymGroupId(shop.new_id()),
            term: None,
            synonyms: json!([]),
            version: 1,
            created_at: shop.now(),
            updated_at: shop.now(),
            deleted_at: None,
            language: None,
        };
        let row = edited(shop, row, given)?;
        synonym_group::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await?;
        finish(&tx, row, "synonym_group.create").await
    })
    .await
}

/// Changes a group.
///
/// # Errors
/// As [`create`], and refuses a version that is no longer the group's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: SynonymGroupId,
    expected_version: Option<i64>,
    given: SynonymGroupEdit,
) -> Result<synonym_group::Model> {
    require_catalog(context)?;
    let given = &given;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Err(missing().into());
        }
        expect_version("group of synonyms", before.version, expected_version)?;
        let after = edited(shop, before.clone(), given)?;
        if after == before {
            return Ok(before);
        }
        write(&tx, after, "synonym_group.update").await
    })
    .await
}

/// Takes a group away. One that is gone stays so.
///
/// # Errors
/// Refuses whoever may not change the catalogue, and a version that is no longer the group's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: SynonymGroupId,
    expected_version: Option<i64>,
) -> Result<synonym_group::Model> {
    require_catalog(context)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Ok(before);
        }
        expect_version("group of synonyms", before.version, expected_version)?;
        let deleted_at = Some(shop.now());
        write(
            &tx,
            synonym_group::Model { deleted_at, ..before },
            "synonym_group.delete",
        )
        .await
    })
    .await
}

/// Brings a deleted group back. One that is there stays as it is.
///
/// # Errors
/// As [`create`].
pub async fn restore(shop: &Shop, context: &Context, id: SynonymGroupId) -> Result<synonym_group::Model> {
    require_catalog(context)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        let after = synonym_group::Model {
            deleted_at: None,
            ..before
        };
        write(&tx, after, "synonym_group.restore").await
    })
    .await
}

fn edited(shop: &Shop, mut row: synonym_group::Model, given: &SynonymGroupEdit) -> Result<synonym_group::Model> {
    if let Some(language) = &given.language {
        row.language = language
            .as_deref()
            .map(|tag| settings::require_spoken(shop, tag))
            .transpose()?;
    }
    let mut refusals = Refusals::default();
    if let Some(term) = &given.term {
        row.term = term.clone();
    }
    let mut synonyms = match &given.synonyms {
        Some(synonyms) => synonyms.clone(),
        None => terms(&row).map(str::to_owned).collect(),
    };
    if let Some(term) = &mut row.term {
        check::one(&["term"], term, &mut refusals);
    }
    // Beyond the bound of a group, nobody looks at them one by one.
    for (place, synonym) in synonyms.iter_mut().enumerate().take(100) {
        check::one(&["synonyms", &place.to_string()], synonym, &mut refusals);
    }
    refusals.any().map_err(Error::Refused)?;
    let mut refusals = Refusals::default();
    check::synonyms(row.term.as_deref(), &synonyms, &mut refusals);
    refusals.any().map_err(Error::Refused)?;
    row.synonyms = json!(synonyms);
    Ok(row)
}

/// The group, deleted or not, in its turn.
async fn any(tx: &Tx, id: SynonymGroupId) -> Result<synonym_group::Model> {
    turn::take(tx, Turn::Synonyms).await?;
    let row = synonym_group::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(row.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("group of synonyms").at(&["id"])
}

async fn write(tx: &Tx, mut row: synonym_group::Model, action: &str) -> Result<synonym_group::Model> {
    row.version += 1;
    row.updated_at = tx.shop().now();
    synonym_group::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(synonym_group::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    finish(tx, row, action).await
}

/// What follows from every change: search engines must be able to obey it, and are told.
async fn finish(tx: &Tx, row: synonym_group::Model, action: &str) -> Result<synonym_group::Model> {
    if row.deleted_at.is_none() {
        check::table(&table(tx.db()).await?)?;
    }
    if row.language.is_some() || tx.shop().profile().has_language_synonyms {
        settings::note_synonyms(tx).await?;
    }
    tx.enqueue(None, Job::PushSynonyms {});
    let data = json!({ "term": row.term, "synonyms": row.synonyms, "language": row.language });
    audit(tx, action, row.id.to_string(), data).await?;
    Ok(row)
}
