//! Where a company's goods go.

use sea_orm::entity::prelude::*;

use crate::{
    address::Address,
    ids::{CompanyId, CompanyLocationId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company_location")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CompanyLocationId,
    pub company_id: CompanyId,
    pub name: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub address: Address,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
