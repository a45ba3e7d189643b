use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{Fault, returns::state::Step, staff::Permission};
use vitrine_entity::{
    order::{self, OrderStatus},
    order_return,
    order_return_event::ReturnEventKind,
};

use super::{
    line::ReturnLine,
    object::{Return, ReturnEvent, ReturnResolution, ReturnStatus},
    picture::ReturnPicture,
    questions::{EventsOfReturn, LinesOfReturn, PicturesOfReturn},
};
use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        order::{object::Order, questions::OrderById},
        shared::{ContextExt, MailingAddress, Money, Result, Url, int},
        staff::actor::name_of,
        withdrawal::{object::Withdrawal, questions::WithdrawalById},
    },
    ids,
};

/// Goods of an order that come back. Whoever may open the order sees it.
#[Object]
impl Return {
    /// Names the return.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What people read and say, as in `V-7K3M-9QXT-R1`: write it on the parcel.
    #[graphql(complexity = 2)]
    async fn number(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(format!("{}-R{}", order(ctx, self).await?.number, self.0.number))
    }

    /// The order whose goods come back.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Order> {
        Ok(Order(order(ctx, self).await?))
    }

    /// Where it stands.
    async fn status(&self) -> ReturnStatus {
        self.0.status.into()
    }

    /// What the shopper wants for the goods.
    async fn resolution(&self) -> ReturnResolution {
        self.0.resolution.into()
    }

    /// What the shopper wrote.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Why it was refused.
    async fn refusal(&self) -> Option<&str> {
        self.0.refusal.as_deref()
    }

    /// What comes back, at most 100 lines.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<ReturnLine>> {
        let rows = ctx.load(LinesOfReturn(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ReturnLine).collect())
    }

    /// Pictures that were sent with it, oldest first: `returnPictureUploadCreate` asks where to send one.
    #[graphql(complexity = "5 * child_complexity")]
    async fn pictures(&self, ctx: &Context<'_>) -> Result<Vec<ReturnPicture>> {
        let rows = ctx.load(PicturesOfReturn(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ReturnPicture).collect())
    }

    /// Where the goods are sent: the location's address, or the shop's. Null until it is approved, and where the
    /// instructions say it.
    #[graphql(complexity = 2)]
    async fn address(&self, ctx: &Context<'_>) -> Result<Option<MailingAddress>> {
        let Some(id) = self.0.location_id else {
            return Ok(None);
        };
        let place = ctx.load(LocationById(id)).await?.and_then(|place| place.address);
        let address = place.or_else(|| ctx.shop().profile().address.clone());
        Ok(address.map(MailingAddress::from))
    }

    /// The location to which the goods are sent. For staff with the permission `ORDERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        ctx.require(Permission::Orders)?;
        match self.0.location_id {
            Some(id) => Ok(ctx.load(LocationById(id)).await?.map(Location)),
            None => Ok(None),
        }
    }

    /// How the goods are sent.
    async fn instructions(&self) -> Option<&str> {
        self.0.instructions.as_deref()
    }

    /// Where the shopper finds a label that the shop pays.
    async fn label_url(&self) -> Option<Url> {
        self.0.label_url.clone().map(Url)
    }

    /// How much of what was paid for the goods went back, pays an exchange, or was taken off what is still owed on account or in
    /// cash.
    #[graphql(complexity = 2)]
    async fn refunded(&self, ctx: &Context<'_>) -> Result<Money> {
        Ok(Money::new(self.0.refunded_minor, order(ctx, self).await?.currency))
    }

    /// How much of `refunded` went back to whoever had paid it: all but what pays the order of an exchange.
    #[graphql(complexity = 4)]
    async fn paid_back(&self, ctx: &Context<'_>) -> Result<Money> {
        let exchanged_minor = exchanged_minor(ctx, &self.0).await?;
        let currency = order(ctx, self).await?.currency;
        Ok(Money::new(self.0.refunded_minor - exchanged_minor, currency))
    }

    /// How much was kept as a restocking fee.
    #[graphql(complexity = 2)]
    async fn fee(&self, ctx: &Context<'_>) -> Result<Money> {
        Ok(Money::new(self.0.fee_minor, order(ctx, self).await?.currency))
    }

    /// The order by which other goods were sent in place of those that came.
    #[graphql(complexity = "1 + child_complexity")]
    async fn exchange_order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        match self.0.exchange_order_id {
            Some(id) => Ok(ctx.load(OrderById(id)).await?.map(Order)),
            None => Ok(None),
        }
    }

    /// Until when what the other goods cost more is to be paid, where they do: then that order is given up. Null for exchanges of
    /// earlier versions.
    async fn exchange_due_at(&self) -> Option<DateTime<Utc>> {
        self.0.exchange_due_at
    }

    /// The statement of withdrawal that it follows from; null where somebody asked for it.
    #[graphql(complexity = "1 + child_complexity")]
    async fn withdrawal(&self, ctx: &Context<'_>) -> Result<Option<Withdrawal>> {
        match self.0.withdrawal_id {
            Some(id) => Ok(ctx.load(WithdrawalById(id)).await?.map(Withdrawal)),
            None => Ok(None),
        }
    }

    /// Whether `returnCancel` would be accepted as it stands.
    async fn cancellable(&self) -> bool {
        Step::Cancel.from().contains(&self.0.status)
    }

    /// What happened to it, oldest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "5 * child_complexity")]
    async fn events(&self, ctx: &Context<'_>) -> Result<Option<Vec<ReturnEvent>>> {
        ctx.require(Permission::Orders)?;
        let rows = ctx.load(EventsOfReturn(self.0.id)).await?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(ReturnEvent).collect()))
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Who asked for it: an id, or `shopper` for a guest. For staff with the permission `ORDERS`.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        Ok(Some(self.0.created_by.clone()))
    }

    /// What whoever asked for it is called, where a member of staff or an app did. For staff with the permission `ORDERS`.
    #[graphql(complexity = 2)]
    async fn created_by_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        name_of(ctx, &self.0.created_by).await
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When anything about it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was approved or refused.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at
    }

    /// When it ended.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }
}

/// What was paid for its goods and pays others instead; nothing once those are not sent after all.
async fn exchanged_minor(ctx: &Context<'_>, row: &order_return::Model) -> Result<i64> {
    let Some(other) = row.exchange_order_id else {
        return Ok(0);
    };
    let other = ctx.load(OrderById(other)).await?;
    let Some(other) = other.filter(|other| other.status != OrderStatus::Cancelled) else {
        return Ok(0);
    };
    let events = ctx.load(EventsOfReturn(row.id)).await?.unwrap_or_default();
    let exchanged = events.iter().find(|event| event.kind == ReturnEventKind::Exchanged);
    let back_minor = exchanged.and_then(|event| event.data["amountMinor"].as_i64());
    // What they cost more, other credit may have paid as well; what they cost less went back.
    Ok(back_minor.unwrap_or_default().min(other.credit_minor))
}

async fn order(ctx: &Context<'_>, of: &Return) -> Result<order::Model> {
    let missing = || Fault::Corrupt {
        table: "order_return",
        column: "order_id",
        id: of.0.id.to_string(),
    };
    let row = ctx.load(OrderById(of.0.order_id)).await?;
    Ok(row.ok_or_else(missing)?)
}
