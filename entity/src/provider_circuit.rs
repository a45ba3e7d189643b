//! How a payment provider has behaved of late, for all processes alike.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_circuit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider: String,
    /// In a row, since the last success.
    pub failures: i32,
    pub opened_until: Option<DateTimeUtc>,
    /// Whoever probes an open circuit has it until then.
    pub probe_until: Option<DateTimeUtc>,
    /// The provider asked to be left alone until then.
    pub paused_until: Option<DateTimeUtc>,
    pub last_error: Option<String>,
    pub changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
