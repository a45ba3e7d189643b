//! A customer as a payment provider knows them who keeps cards for them.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, ProviderCustomerId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProviderCustomerId,
    /// `None` once they are erased: then the provider is to delete them, too.
    pub customer_id: Option<CustomerId>,
    pub provider: String,
    /// The provider's own id of them, once it has answered.
    pub reference: Option<String>,
    /// How often the provider's was found to be gone, and the next one was to be made under another key.
    pub renewals: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
