//! The text of a policy under which an order was placed.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, PageVersionId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_policy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub page_version_id: PageVersionId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::page_version::Entity",
        from = "Column::PageVersionId",
        to = "super::page_version::Column::Id"
    )]
    PageVersion,
}

impl Related<super::page_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::PageVersion.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
