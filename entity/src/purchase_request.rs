//! What a buyer asks a manager of their company to approve.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    currency::Currency,
    ids::{CartId, CompanyId, CustomerId, OrderId, PurchaseRequestId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "purchase_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PurchaseRequestId,
    pub company_id: CompanyId,
    /// Who asks.
    pub customer_id: CustomerId,
    /// It takes no changes while it is asked for.
    pub cart_id: CartId,
    /// That of the cart while it is asked for.
    pub cart_version: i64,
    /// By whom it is to be paid; `None`: whom the shop's configuration names.
    pub payment_method: Option<String>,
    pub state: PurchaseRequestState,
    pub currency: Currency,
    pub total_minor: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub lines: RequestedLines,
    /// By which number the company knows its purchase.
    pub purchase_order_number: Option<String>,
    /// What whoever asks says of it.
    pub note: Option<String>,
    /// What the manager answered.
    pub answer: Option<String>,
    pub decided_by: Option<CustomerId>,
    /// What it became.
    pub order_id: Option<OrderId>,
    pub created_at: DateTimeUtc,
    pub decided_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PurchaseRequestState {
    /// It waits for a manager.
    Open,
    /// It is an order.
    Approved,
    Refused,
    /// Whoever asked thought again.
    Withdrawn,
}

/// What is asked for, as it was priced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct RequestedLines(pub Vec<RequestedLine>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedLine {
    pub sku: String,
    pub title: String,
    pub quantity: i32,
    pub unit_price_minor: i64,
    pub total_minor: i64,
}
