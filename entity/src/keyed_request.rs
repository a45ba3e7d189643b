//! What was asked under a client's idempotency key, for a day: who is at it, what was done, and what was answered.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "keyed_request")]
pub struct Model {
    /// SHA-256 of caller and key, in hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub caller: String,
    /// SHA-256 of what was asked.
    pub request_hash: Vec<u8>,
    /// Grows with every hold: whoever had it before writes nothing any more.
    pub fence: i64,
    pub held_until: Option<DateTimeUtc>,
    /// Each part that was done, written by the transaction that did it: `field:number `.
    pub done: String,
    /// Sealed.
    pub answer: Option<Vec<u8>>,
    /// When the whole answer was known.
    pub answered_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
