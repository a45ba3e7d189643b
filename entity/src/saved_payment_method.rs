//! A card that a payment provider keeps for a customer. Its number is nowhere here.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, ProviderCustomerId, SavedPaymentMethodId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_payment_method")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SavedPaymentMethodId,
    pub customer_id: CustomerId,
    pub provider_customer_id: ProviderCustomerId,
    pub provider: String,
    /// The provider's own id of it.
    pub reference: String,
    /// In the provider's word: `visa`.
    pub brand: String,
    pub last_four: String,
    /// 1 to 12.
    pub expiry_month: i32,
    pub expiry_year: i32,
    pub is_default: bool,
    pub created_at: DateTimeUtc,
    /// Since when the customer does not want it any more.
    pub removed_at: Option<DateTimeUtc>,
    /// Since when the provider has it no more, either.
    pub detached_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
