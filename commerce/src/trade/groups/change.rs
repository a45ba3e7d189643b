//! Staff make groups of customers, change them, and take them away.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    customer_group::{self, Column},
    ids::CustomerGroupId,
};

use super::{locked, missing};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    staff::{Permission, audit, permission::require_or_system},
    trade::named,
};

/// The most groups of a shop that are there.
const GROUPS_MAX: u64 = 500;

/// A group to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerGroupDraft {
    pub name: String,
    /// Made of the name where there is none.
    pub code: Option<String>,
    /// For staff alone.
    pub note: Option<String>,
}

/// A change of a group; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerGroupChange {
    pub name: Option<String>,
    pub code: Option<String>,
    /// `Some(None)` takes it away.
    pub note: Option<Option<String>>,
}

/// Makes a group, of nobody yet.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, and a code that another group has.
pub async fn create(shop: &Shop, context: &Context, draft: CustomerGroupDraft) -> Result<customer_group::Model> {
    require_or_system(context, Permission::Customers)?;
    let draft = &draft;
    shop.transact(context, |tx| async move {
        let live = customer_group::Entity::find().filter(Column::DeletedAt.is_null());
        if live.count(tx.db()).await? >= GROUPS_MAX {
            let message = format!("A shop has at most {GROUPS_MAX} groups of customers.");
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["name"]).into());
        }
        let name = named::name(&draft.name)?;
        let code = named::code(draft.code.as_deref(), &name)?;
        refuse_taken(&tx, &code, None).await?;
        let now = tx.shop().now();
        let row = customer_group::Model {
            id: CustomerGroupId(tx.shop().new_id()),
            name,
            code,
            note: named::note(draft.note.as_deref())?,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        tell(&tx, &row, "customer_group.create").await?;
        Ok(row)
    })
    .await
}

/// Changes what a group is called.
///
/// # Errors
/// As [`create`], and refuses a version that is no longer the group's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: CustomerGroupId,
    expected_version: Option<i64>,
    change: CustomerGroupChange,
) -> Result<customer_group::Model> {
    require_or_system(context, Permission::Customers)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        let before = locked(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Err(missing().into());
        }
        expect_version("group of customers", before.version, expected_version)?;
        let mut after = before.clone();
        if let Some(name) = &change.name {
            after.name = named::name(name)?;
        }
        if let Some(code) = &change.code {
            after.code = named::code(Some(code), "")?;
            refuse_taken(&tx, &after.code, Some(id)).await?;
        }
        if let Some(note) = &change.note {
            after.note = named::note(note.as_deref())?;
        }
        match after == before {
            true => Ok(before),
            false => write(&tx, after, "customer_group.update").await,
        }
    })
    .await
}

/// Takes a group away: nothing goes by it any more. Who was in it is known for when it is restored. One that is gone stays
/// so.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the group's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: CustomerGroupId,
    expected_version: Option<i64>,
) -> Result<customer_group::Model> {
    require_or_system(context, Permission::Customers)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        if row.deleted_at.is_some() {
            return Ok(row);
        }
        expect_version("group of customers", row.version, expected_version)?;
        row.deleted_at = Some(tx.shop().now());
        write(&tx, row, "customer_group.delete").await
    })
    .await
}

/// Brings a group back, with those who are in it. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not, and where another group has its code by now.
pub async fn restore(shop: &Shop, context: &Context, id: CustomerGroupId) -> Result<customer_group::Model> {
    require_or_system(context, Permission::Customers)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        refuse_taken(&tx, &row.code, Some(id)).await?;
        write(&tx, row, "customer_group.restore").await
    })
    .await
}

async fn refuse_taken(tx: &Tx, code: &str, except: Option<CustomerGroupId>) -> Result<()> {
    let other = customer_group::Entity::find()
        .filter(Column::Code.eq(code))
        .filter(Column::DeletedAt.is_null())
        .one(tx.db())
        .await?;
    if other.is_some_and(|other| Some(other.id) != except) {
        let message = format!("Another group of customers has the code `{code}`: choose another.");
        return Err(Refusal::new(ErrorCode::Taken, message).at(&["code"]).into());
    }
    Ok(())
}

/// Writes a locked row at its next version.
async fn write(tx: &Tx, row: customer_group::Model, action: &str) -> Result<customer_group::Model> {
    let row = customer_group::Model {
        version: row.version + 1,
        updated_at: tx.shop().now(),
        ..row
    };
    let row = row.into_active_model().reset_all().update(tx.db()).await?;
    tell(tx, &row, action).await?;
    Ok(row)
}

async fn tell(tx: &Tx, row: &customer_group::Model, action: &str) -> Result<()> {
    audit(
        tx,
        action,
        row.id.to_string(),
        json!({ "name": row.name, "code": row.code }),
    )
    .await
}
