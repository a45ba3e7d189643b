use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Refusal,
    money::Currency,
    returns::{self, Claim},
};
use vitrine_entity::{ids::OrderLineId, order_claim};

use crate::{
    graphql::{
        order::{object::Order, questions::OrderById},
        shared::{ContextExt, Decimal, Money, Result, payload},
    },
    ids,
};

/// What the shop does about a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_claim::ClaimKind")]
pub enum OrderClaimKind {
    /// The goods are sent once more, at no cost.
    Resend,
    /// Money goes back to what the order was paid with, and the goods stay.
    Refund,
    /// The customer is given store credit, and the goods stay.
    StoreCredit,
}

/// What was wrong with goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_claim::ClaimReason")]
pub enum OrderClaimReason {
    /// The parcel never came.
    Lost,
    /// Something was not in the parcel.
    Missing,
    /// It came broken.
    Damaged,
    /// It does not work.
    Defective,
    /// Something else was ordered.
    WrongItem,
    /// It came too late.
    Late,
    /// Nothing that the shop must make good.
    Goodwill,
}

/// Something was wrong with goods that nobody sends back, and what the shop did about it.
#[derive(Debug, Clone)]
pub struct OrderClaim {
    pub row: order_claim::Model,
    /// The order's.
    pub currency: Currency,
}

/// Something was wrong with goods that nobody sends back, and what the shop did about it.
#[Object]
impl OrderClaim {
    /// Names the claim.
    async fn id(&self) -> ID {
        ids::public(self.row.id)
    }

    /// What the shop did.
    async fn kind(&self) -> OrderClaimKind {
        self.row.kind.into()
    }

    /// What was wrong.
    async fn reason(&self) -> OrderClaimReason {
        self.row.reason.into()
    }

    /// What staff wrote.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// How much went back; null where goods were sent again.
    async fn amount(&self) -> Option<Money> {
        self.row.amount_minor.map(|minor| Money::new(minor, self.currency))
    }

    /// The order by which the goods were sent again.
    #[graphql(complexity = "1 + child_complexity")]
    async fn replacement(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        match self.row.replacement_id {
            Some(id) => Ok(ctx.load(OrderById(id)).await?.map(Order)),
            None => Ok(None),
        }
    }

    /// When it was settled.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }
}

/// Units of an order's line that a claim is about.
#[derive(Debug, InputObject)]
pub struct OrderClaimLineInput {
    /// The id of the order's line.
    pub line_id: ID,
    /// How many units.
    pub quantity: i32,
}

/// What was wrong, and what the shop does about it.
#[derive(Debug, InputObject)]
pub struct OrderClaimCreateInput {
    /// The order's id.
    pub order_id: ID,
    /// What the shop does.
    pub kind: OrderClaimKind,
    /// What was wrong.
    pub reason: OrderClaimReason,
    /// Shown to the shopper: at most 200 characters.
    pub note: Option<String>,
    /// Which units it is about; needed where they are sent again.
    #[graphql(default)]
    pub lines: Vec<OrderClaimLineInput>,
    /// Whether `lines` may name units that are settled otherwise: sent again before, paid back, or, where they are sent again, made
    /// good by an amount.
    #[graphql(default)]
    pub again: bool,
    /// How much goes back; not given where goods are sent again.
    pub amount: Option<Decimal>,
    /// Yours to choose, once for each claim: the same again gives the claim that was settled.
    pub idempotency_key: String,
}

payload! {
    /// What `orderClaimCreate` answers.
    OrderClaimCreatePayload {
        /// The claim.
        claim: OrderClaim,
    }
}

#[derive(Debug, Default)]
pub struct OrderClaimMutation;

#[Object]
impl OrderClaimMutation {
    /// Settles a claim without a return: sends goods again by an order that costs nothing, or gives money back while the goods
    /// stay. For staff with the permission `ORDERS`; for money `REFUNDS`, too.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_claim_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was wrong, and what the shop does about it.")] input: OrderClaimCreateInput,
    ) -> Result<Option<OrderClaimCreatePayload>> {
        OrderClaimCreatePayload::of(create(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: OrderClaimCreateInput) -> vitrine_commerce::Result<OrderClaim> {
    let claim = Claim {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        kind: input.kind.into(),
        reason: input.reason.into(),
        note: input.note,
        lines: lines(&input.lines)?,
        again: input.again,
        amount: input.amount.map(|amount| amount.0),
        idempotency_key: input.idempotency_key,
    };
    let (row, currency) = returns::claim(ctx.shop(), ctx.caller(), claim).await?;
    Ok(OrderClaim { row, currency })
}

fn lines(given: &[OrderClaimLineInput]) -> std::result::Result<Vec<(OrderLineId, i32)>, Refusal> {
    let read = |(index, line): (usize, &OrderClaimLineInput)| {
        let path = ["lines", &index.to_string(), "lineId"];
        Ok((ids::input(&line.line_id, "line of this order", &path)?, line.quantity))
    };
    given.iter().enumerate().map(read).collect()
}
