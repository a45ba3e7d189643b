//! Staff write redirects.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{ids::UrlRedirectId, url_redirect};

use super::{
    check,
    find::{STEPS_MAX, written},
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{access::require_catalog, fields::Refusals},
    error::expect_version,
    language::{Message, messages},
    staff::audit,
    turn::{self, Turn},
};

const REDIRECTS_MAX: u64 = 100_000;

/// A redirect as it should be. What is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct UrlRedirectEdit {
    pub path: Option<String>,
    pub target: Option<String>,
}

/// Writes a redirect.
///
/// # Errors
/// Refuses a path that has one, what is no path or target, and a redirect that would come back to its path.
pub async fn create(shop: &Shop, context: &Context, mut given: UrlRedirectEdit) -> Result<url_redirect::Model> {
    require_catalog(context)?;
    given.path.get_or_insert_default();
    given.target.get_or_insert_default();
    let given = &checked(given)?;
    shop.transact(context, |tx| async move {
        turn::take(&tx, Turn::Redirects).await?;
        let live = url_redirect::Entity::find().filter(url_redirect::Column::DeletedAt.is_null());
        if live.count(tx.db()).await? >= REDIRECTS_MAX {
            let message = messages::redirects_max(REDIRECTS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).into());
        }
        let row = url_redirect::Model {
            id: UrlRedirectId(shop.new_id()),
            path: given.path.clone().unwrap_or_default(),
            target: given.target.clone().unwrap_or_default(),
            version: 1,
            created_at: shop.now(),
            updated_at: shop.now(),
            deleted_at: None,
        };
        require_right(&tx, &row).await?;
        url_redirect::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await?;
        let data = json!({ "path": row.path, "target": row.target });
        audit(&tx, "url_redirect.create", row.id.to_string(), data).await?;
        Ok(row)
    })
    .await
}

/// Changes a redirect.
///
/// # Errors
/// As [`create`], and refuses a version that is no longer the redirect's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: UrlRedirectId,
    expected_version: Option<i64>,
    given: UrlRedirectEdit,
) -> Result<url_redirect::Model> {
    require_catalog(context)?;
    let given = &checked(given)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Err(missing().into());
        }
        expect_version("redirect", before.version, expected_version)?;
        let after = url_redirect::Model {
            path: given.path.clone().unwrap_or_else(|| before.path.clone()),
            target: given.target.clone().unwrap_or_else(|| before.target.clone()),
            ..before.clone()
        };
        if after == before {
            return Ok(before);
        }
        require_right(&tx, &after).await?;
        let data = json!({ "path": after.path, "target": after.target });
        write(&tx, after, "url_redirect.update", data).await
    })
    .await
}

/// Takes a redirect away. One that is gone stays so.
///
/// # Errors
/// Refuses a version that is no longer the redirect's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: UrlRedirectId,
    expected_version: Option<i64>,
) -> Result<url_redirect::Model> {
    require_catalog(context)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Ok(before);
        }
        expect_version("redirect", before.version, expected_version)?;
        let after = url_redirect::Model {
            deleted_at: Some(shop.now()),
            ..before
        };
        let data = json!({ "path": after.path, "target": after.target });
        write(&tx, after, "url_redirect.delete", data).await
    })
    .await
}

/// Brings a redirect back. One that is there stays as it is.
///
/// # Errors
/// As [`create`].
pub async fn restore(shop: &Shop, context: &Context, id: UrlRedirectId) -> Result<url_redirect::Model> {
    require_catalog(context)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        let after = url_redirect::Model {
            deleted_at: None,
            ..before
        };
        require_right(&tx, &after).await?;
        let data = json!({ "path": after.path, "target": after.target });
        write(&tx, after, "url_redirect.restore", data).await
    })
    .await
}

fn checked(mut given: UrlRedirectEdit) -> Result<UrlRedirectEdit> {
    let mut refusals = Refusals::default();
    if let Some(path) = &mut given.path {
        check::path(path, &mut refusals);
    }
    if let Some(target) = &mut given.target {
        check::target(target, &mut refusals);
    }
    refusals.any().map_err(Error::Refused)?;
    Ok(given)
}

/// The redirect, in turn.
/// The redirect, deleted or not, in its turn.
async fn any(tx: &Tx, id: UrlRedirectId) -> Result<url_redirect::Model> {
    turn::take(tx, Turn::Redirects).await?;
    let row = url_redirect::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(row.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("redirect").at(&["id"])
}

/// A path has one redirect, and following it never comes back to it.
async fn require_right(tx: &Tx, row: &url_redirect::Model) -> Result<()> {
    let there = written(tx.db(), &row.path).await?;
    if there.is_some_and(|other| other.id != row.id) {
        let message = messages::path_redirected(&row.path);
        return Err(Refusal::new(ErrorCode::Taken, message).at(&["path"]).into());
    }
    let refused = |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&["target"]);
    let mut next = row.target.clone();
    for _ in 0..STEPS_MAX {
        let path = check::normal(next.split(['?', '#']).next().unwrap_or_default());
        if path == row.path {
            return Err(refused(messages::redirect_circle()).into());
        }
        match written(tx.db(), &path).await? {
            Some(other) if other.id != row.id => next = other.target,
            _ => return Ok(()),
        }
    }
    Err(refused(messages::redirect_chain()).into())
}

async fn write(
    tx: &Tx,
    mut row: url_redirect::Model,
    action: &str,
    data: serde_json::Value,
) -> Result<url_redirect::Model> {
    row.version += 1;
    row.updated_at = tx.shop().now();
    url_redirect::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(url_redirect::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    audit(tx, action, row.id.to_string(), data).await?;
    Ok(row)
}
