use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::discounts::{
    self,
    code_desk::{self, CodeFilter},
};
use vitrine_entity::discount::{self, Effect};

use super::{
    batch::DiscountCodeBatch,
    code::{DiscountCode, DiscountCodeConnection},
    effect::{DiscountTier, DiscountValue, flat, money, quantity, spend, tiers},
    goods::DiscountGoods,
    questions::{BatchesOfDiscount, CodeCountOfDiscount, UsesOfDiscount},
};
use crate::{
    graphql::shared::{ContextExt, CountryCode, CurrencyCode, Money, Result, connection, cost, int, map, page},
    ids,
};

/// How a cart comes by a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::discount::DiscountMethod")]
pub enum DiscountMethod {
    /// Somebody types one of its codes.
    Code,
    /// By itself.
    Automatic,
}

/// What a discount lowers. Others of a class apply beside it where both allow it (`combinesWith`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::discount::DiscountClass")]
pub enum DiscountClass {
    /// Lines, each by itself. They apply first.
    Product,
    /// All goods together.
    Order,
    /// Shipping. They apply last.
    Shipping,
}

/// What a discount gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::discounts::DiscountKind")]
pub enum DiscountKind {
    /// So much off of each line of some goods.
    Products,
    /// So much off of all goods together.
    Order,
    /// Whoever buys some goods gets others for less.
    BuyXGetY,
    /// So much off of shipping.
    Shipping,
}

/// Where a discount stands: whether staff have switched it on, and what the clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::discounts::DiscountStatus")]
pub enum DiscountStatus {
    /// It is switched off: no cart has it.
    Draft,
    /// It is switched on, and starts later.
    Scheduled,
    /// Carts have it.
    Active,
    /// It has ended.
    Expired,
}

/// What the shop takes off.
#[derive(Debug, Clone)]
pub struct Discount(pub discount::Model);

/// What the shop takes off, by a code or by itself. For staff with the permission `CATALOG`.
#[Object]
impl Discount {
    /// Names the discount.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What shoppers see it called, on cart, order and mails.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// How a cart comes by it.
    async fn method(&self) -> DiscountMethod {
        self.0.method.into()
    }

    /// Where it stands at this moment.
    async fn status(&self, ctx: &Context<'_>) -> DiscountStatus {
        discounts::status(&self.0, ctx.shop().now()).into()
    }

    /// Whether staff have switched it on.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// What it gives.
    async fn kind(&self) -> DiscountKind {
        match self.0.effect {
            Effect::Products { .. } => DiscountKind::Products,
            Effect::Order { .. } => DiscountKind::Order,
            Effect::BuyXGetY { .. } => DiscountKind::BuyXGetY,
            Effect::Shipping { .. } => DiscountKind::Shipping,
        }
    }

    /// What it lowers.
    async fn class(&self) -> DiscountClass {
        self.0.effect.class().into()
    }

    /// What it takes off; null where that comes in tiers.
    async fn value(&self) -> Option<DiscountValue> {
        match &self.0.effect {
            Effect::Products { value, .. } | Effect::Order { value } => flat(value),
            Effect::BuyXGetY { off, .. } | Effect::Shipping { off, .. } => Some(off.into()),
        }
    }

    /// What it takes off from which threshold on, the lowest first.
    async fn tiers(&self) -> Vec<DiscountTier> {
        match &self.0.effect {
            Effect::Products { value, .. } | Effect::Order { value } => tiers(value),
            Effect::BuyXGetY { .. } | Effect::Shipping { .. } => Vec::new(),
        }
    }

    /// Which goods it lowers; null where it lowers all of them, or shipping.
    async fn goods(&self) -> Option<DiscountGoods> {
        match &self.0.effect {
            Effect::Products { goods, .. } | Effect::BuyXGetY { get: goods, .. } => Some(DiscountGoods(goods.clone())),
            Effect::Order { .. } | Effect::Shipping { .. } => None,
        }
    }

    /// Which goods must be bought for others to cost less.
    async fn buy(&self) -> Option<DiscountGoods> {
        match &self.0.effect {
            Effect::BuyXGetY { buy, .. } => Some(DiscountGoods(buy.clone())),
            _ => None,
        }
    }

    /// How many units of them must be bought for each time.
    async fn buy_quantity(&self) -> Option<i32> {
        match &self.0.effect {
            Effect::BuyXGetY { required, .. } => quantity(required),
            _ => None,
        }
    }

    /// For how much of them must be bought for each time, in each currency for which an amount is named.
    async fn buy_spend(&self) -> Vec<Money> {
        match &self.0.effect {
            Effect::BuyXGetY { required, .. } => spend(required),
            _ => Vec::new(),
        }
    }

    /// How many units cost less each time: the cheapest.
    async fn get_quantity(&self) -> Option<i32> {
        match self.0.effect {
            Effect::BuyXGetY { get_quantity, .. } => Some(int(get_quantity)),
            _ => None,
        }
    }

    /// How many times in one order; null for as often as it goes.
    async fn times_max(&self) -> Option<i32> {
        match self.0.effect {
            Effect::BuyXGetY { times_max, .. } => times_max.map(int),
            _ => None,
        }
    }

    /// For shipping methods that cost no more, in each currency for which an amount is named; for all, where none is.
    async fn shipping_price_max(&self) -> Vec<Money> {
        match &self.0.effect {
            Effect::Shipping {
                price_max: Some(amounts),
                ..
            } => money(amounts),
            _ => Vec::new(),
        }
    }

    /// For shipping to these countries; to all, where none is named.
    async fn countries(&self) -> Vec<CountryCode> {
        match &self.0.effect {
            Effect::Shipping { countries, .. } => countries.iter().cloned().map(CountryCode).collect(),
            _ => Vec::new(),
        }
    }

    /// From how many units of the goods that it is about it applies.
    async fn minimum_quantity(&self) -> Option<i32> {
        quantity(self.0.conditions.minimum.as_ref()?)
    }

    /// From how much of the goods that it is about it applies, before any discount, in each currency for which an amount is
    /// named.
    async fn minimum_spend(&self) -> Vec<Money> {
        self.0.conditions.minimum.as_ref().map(spend).unwrap_or_default()
    }

    /// Whether it is for whoever has ordered nothing before.
    async fn first_order_only(&self) -> bool {
        self.0.conditions.first_order
    }

    /// For members of these groups of customers; for everybody, where none is named.
    async fn customer_group_ids(&self) -> Vec<ID> {
        self.0.conditions.customer_groups.iter().map(ids::public).collect()
    }

    /// For these markets; for all, where none is named.
    async fn market_ids(&self) -> Vec<ID> {
        self.0.conditions.markets.iter().map(ids::public).collect()
    }

    /// For carts in these currencies; in all, where none is named.
    async fn currency_codes(&self) -> Vec<CurrencyCode> {
        let codes = self.0.conditions.currencies.iter();
        codes.map(|currency| CurrencyCode(currency.code().to_owned())).collect()
    }

    /// Others of these classes apply beside it, where they allow its class, too.
    async fn combines_with(&self) -> Vec<DiscountClass> {
        self.0
            .combines_with
            .0
            .iter()
            .copied()
            .map(DiscountClass::from)
            .collect()
    }

    /// Of one class the highest applies first.
    async fn priority(&self) -> i32 {
        self.0.priority
    }

    /// From when on it applies; null for from when it is switched on.
    async fn starts_at(&self) -> Option<DateTime<Utc>> {
        self.0.starts_at
    }

    /// Until when it applies.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at
    }

    /// How many orders may have it in all.
    async fn usage_limit(&self) -> Option<i32> {
        self.0.usage_limit.map(int)
    }

    /// How many orders of one customer may have it: by their account, and by their mail address.
    async fn usage_limit_per_customer(&self) -> Option<i32> {
        self.0.usage_limit_per_customer.map(int)
    }

    /// How many orders may have it by one of its codes.
    async fn usage_limit_per_code(&self) -> Option<i32> {
        self.0.usage_limit_per_code.map(int)
    }

    /// How many orders have it that were not cancelled.
    #[graphql(complexity = 5)]
    async fn use_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(int(ctx.load(UsesOfDiscount(self.0.id)).await?.unwrap_or(0)))
    }

    /// How many codes it has.
    #[graphql(complexity = 5)]
    async fn code_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(int(ctx.load(CodeCountOfDiscount(self.0.id)).await?.unwrap_or(0)))
    }

    /// Its codes, the newest first.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "What stands anywhere in the code.")] query: Option<String>,
        #[graphql(desc = "Whether anybody has the discount by it.")] active: Option<bool>,
        #[graphql(desc = "Whether an order has it that was not cancelled.")] used: Option<bool>,
    ) -> Result<Option<DiscountCodeConnection>> {
        let filter = CodeFilter {
            text: query,
            active,
            used,
        };
        let page = page(first, after, last, before);
        let found = code_desk::list(ctx.shop(), ctx.caller(), self.0.id, &filter, &page).await?;
        Ok(Some(DiscountCodeConnection {
            page: map(found, DiscountCode),
            context: (),
        }))
    }

    /// The batches of its codes that jobs made, the newest first.
    #[graphql(complexity = "5 * child_complexity")]
    async fn code_batches(&self, ctx: &Context<'_>) -> Result<Vec<DiscountCodeBatch>> {
        let rows = ctx.load(BatchesOfDiscount(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(DiscountCodeBatch).collect())
    }

    /// Grows with every edit: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; it may be restored.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

connection! { DiscountConnection, DiscountEdge, Discount }
