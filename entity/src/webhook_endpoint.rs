//! Who is sent events by HTTP.

use sea_orm::entity::prelude::*;

use crate::ids::WebhookEndpointId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookEndpointId,
    pub url: String,
    pub description: String,
    /// The types of events by their names; all of them where it is empty.
    #[sea_orm(column_type = "JsonBinary")]
    pub event_types: Json,
    pub enabled: bool,
    pub disabled_because: Option<DisabledBecause>,
    pub disabled_at: Option<DateTimeUtc>,
    /// Its secret follows from its id, this number, and the signing secret whose fingerprint stands here.
    pub secret_number: i64,
    pub secret_fingerprint: Vec<u8>,
    /// The one before, which signs as well until then.
    pub previous_secret_number: Option<i64>,
    pub previous_secret_fingerprint: Option<Vec<u8>>,
    pub previous_secret_until: Option<DateTimeUtc>,
    /// How many sendings in a row have failed.
    pub failures: i32,
    pub failing_since: Option<DateTimeUtc>,
    /// Until when nothing is sent.
    pub paused_until: Option<DateTimeUtc>,
    /// When something last arrived.
    pub delivered_at: Option<DateTimeUtc>,
    pub created_by: String,
    /// Grows with every change by staff, and when it is disabled.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why nothing is sent to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DisabledBecause {
    Staff,
    /// It has taken nothing for days.
    Failing,
    /// It said that it is gone for good.
    Gone,
}
