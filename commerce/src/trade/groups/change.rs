//! Staff make groups of customers, change them, and take them away.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    customer_group::{self, Column},
    ids::CustomerGroupId,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    staff::{
        Permission,
        permission::require_or_system,
        removal::{self, Removable},
    },
    trade::named,
    turn::{self, Turn},
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
        turn::take(&tx, Turn::CustomerGroups).await?;
        let live = customer_group::Entity::find().filter(Column::DeletedAt.is_null());
        if live.count(tx.db()).await? >= GROUPS_MAX {
            let message = messages::customer_groups_max(GROUPS_MAX);
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
        removal::note(&tx, &row, "create").await?;
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
        let before = removal::live::<customer_group::Entity>(&tx, id).await?;
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
            false => removal::write::<customer_group::Entity>(&tx, after, "update").await,
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
    removal::delete::<customer_group::Entity>(shop, context, Permission::Customers, id, expected_version).await
}

/// Brings a group back, with those who are in it. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not, and where another group has its code by now.
pub async fn restore(shop: &Shop, context: &Context, id: CustomerGroupId) -> Result<customer_group::Model> {
    removal::restore::<customer_group::Entity>(shop, context, Permission::Customers, id).await
}

impl Removable for customer_group::Model {
    const CALLED: &'static str = "group of customers";
    const NOUN: &'static str = "customer_group";

    removal::life!();

    fn told(&self) -> (String, serde_json::Value) {
        (self.id.to_string(), json!({ "name": self.name, "code": self.code }))
    }

    async fn may_return(&self, tx: &Tx) -> Result<()> {
        refuse_taken(tx, &self.code, Some(self.id)).await
    }
}

async fn refuse_taken(tx: &Tx, code: &str, except: Option<CustomerGroupId>) -> Result<()> {
    let other = customer_group::Entity::find()
        .filter(Column::Code.eq(code))
        .filter(Column::DeletedAt.is_null())
        .one(tx.db())
        .await?;
    if other.is_some_and(|other| Some(other.id) != except) {
        let message = messages::customer_group_code_taken(code);
        return Err(Refusal::new(ErrorCode::Taken, message).at(&["code"]).into());
    }
    Ok(())
}
