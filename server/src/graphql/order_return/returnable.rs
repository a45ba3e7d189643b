use async_graphql::{Context, Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{money::Currency, returns};
use vitrine_entity::order;

use crate::graphql::{
    order::line::OrderLine,
    shared::{ContextExt, Result, Said},
};

/// Why no units of a line can be sent back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ReturnHindrance {
    /// None has been sent yet.
    NotSent,
    /// All of them are back, paid back, or on their way back.
    NothingLeft,
    /// The time for it is over.
    TooLate,
    /// They are downloads or gift cards.
    Digital,
    /// The shop does not take them back.
    Exempt,
}

/// How many units of an order's line may come back.
#[derive(Debug, Clone)]
pub struct ReturnableLine {
    pub row: returns::Returnable,
    /// The order's.
    pub currency: Currency,
}

impl ReturnableLine {
    /// Of each line of an order that the caller may open.
    pub async fn of(ctx: &Context<'_>, order: &order::Model) -> Result<Vec<Self>> {
        let rows = returns::returnable_of(ctx.shop(), order).await?;
        let currency = order.currency;
        Ok(rows.into_iter().map(|row| Self { row, currency }).collect())
    }
}

/// How many units of an order's line may come back.
#[Object]
impl ReturnableLine {
    /// The order's line.
    async fn line(&self) -> OrderLine {
        OrderLine {
            line: self.row.line.clone(),
            currency: self.currency,
        }
    }

    /// How many units the shopper may ask to send back; 0 where something stands against it.
    async fn quantity(&self) -> i32 {
        match self.row.hindrance {
            Some(_) => 0,
            None => self.row.left,
        }
    }

    /// How many units staff may take back, who may make an exception of the shop's rules.
    async fn quantity_by_exception(&self) -> i32 {
        self.row.left
    }

    /// Until when; null while the goods have not arrived.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.row.until
    }

    /// Why not, where nothing can be sent back. Stable: branch on it.
    async fn hindrance(&self) -> Option<ReturnHindrance> {
        self.row.hindrance.map(|found| match found {
            returns::Hindrance::NotSent => ReturnHindrance::NotSent,
            returns::Hindrance::NothingLeft => ReturnHindrance::NothingLeft,
            returns::Hindrance::TooLate { .. } => ReturnHindrance::TooLate,
            returns::Hindrance::Digital => ReturnHindrance::Digital,
            returns::Hindrance::Exempt(_) => ReturnHindrance::Exempt,
        })
    }

    /// Why not, in a sentence for the shopper.
    async fn message(&self, ctx: &Context<'_>) -> Option<Said> {
        self.row.hindrance.map(|found| Said(found.message(ctx.shop())))
    }
}
