//! What became of a line of a bulk operation.

use sea_orm::entity::prelude::*;

use crate::ids::BulkOperationId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk_result")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub bulk_operation_id: BulkOperationId,
    /// As editors count, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i64,
    pub ok: bool,
    /// A JSON object.
    pub result: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
