//! Where a company's goods go.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    company_location::{self, Column},
    ids::{CompanyId, CompanyLocationId},
};

use super::locked;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    address::{AddressInput, checked},
    error::expect_version,
    language::messages,
    staff::{
        Permission,
        permission::require_or_system,
        removal::{self, Removable},
    },
    text,
};

/// The most places of a company, those that were deleted included.
const LOCATIONS_MAX: u64 = 500;

const NAME_LENGTH_MAX: usize = 100;

/// A place as it should be. What is `None` stays as it is; a new one needs both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocationDraft {
    pub name: Option<String>,
    pub address: Option<AddressInput>,
}

/// Notes a place of a company.
///
/// # Errors
/// Refuses whoever may not, a company that there is not, and fields that are wrong.
pub async fn create(
    shop: &Shop,
    context: &Context,
    company: CompanyId,
    draft: LocationDraft,
) -> Result<company_location::Model> {
    require_or_system(context, Permission::Customers)?;
    let draft = &draft;
    shop.transact(context, |tx| async move {
        locked(&tx, company, "companyId").await?;
        let there = company_location::Entity::find().filter(Column::CompanyId.eq(company));
        if there.count(tx.db()).await? >= LOCATIONS_MAX {
            let message = messages::company_places_max(LOCATIONS_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["companyId"]).into());
        }
        let now = tx.shop().now();
        let row = company_location::Model {
            id: CompanyLocationId(tx.shop().new_id()),
            company_id: company,
            name: text::line(&["name"], draft.name.as_deref().unwrap_or_default(), NAME_LENGTH_MAX)?,
            address: checked(&draft.address.clone().unwrap_or_default(), "address")?,
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

/// Changes a place.
///
/// # Errors
/// As [`create`], and refuses a version that is no longer the place's.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: CompanyLocationId,
    expected_version: Option<i64>,
    draft: LocationDraft,
) -> Result<company_location::Model> {
    require_or_system(context, Permission::Customers)?;
    let draft = &draft;
    shop.transact(context, |tx| async move {
        let before = removal::live::<company_location::Entity>(&tx, id).await?;
        expect_version("place of a company", before.version, expected_version)?;
        let mut after = before.clone();
        if let Some(name) = &draft.name {
            after.name = text::line(&["name"], name, NAME_LENGTH_MAX)?;
        }
        if let Some(address) = &draft.address {
            after.address = checked(address, "address")?;
        }
        match after == before {
            true => Ok(before),
            false => removal::write::<company_location::Entity>(&tx, after, "update").await,
        }
    })
    .await
}

/// Takes a place away. One that is gone stays so.
///
/// # Errors
/// Refuses whoever may not, and a version that is no longer the place's.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: CompanyLocationId,
    expected_version: Option<i64>,
) -> Result<company_location::Model> {
    removal::delete::<company_location::Entity>(shop, context, Permission::Customers, id, expected_version).await
}

/// Brings a place back. One that is there stays as it is.
///
/// # Errors
/// Refuses whoever may not.
pub async fn restore(shop: &Shop, context: &Context, id: CompanyLocationId) -> Result<company_location::Model> {
    removal::restore::<company_location::Entity>(shop, context, Permission::Customers, id).await
}

impl Removable for company_location::Model {
    const CALLED: &'static str = "place of a company";
    const NOUN: &'static str = "company_location";

    removal::life!();

    fn told(&self) -> (String, serde_json::Value) {
        (
            self.id.to_string(),
            json!({ "name": self.name, "company": self.company_id }),
        )
    }
}
