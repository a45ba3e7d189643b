use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    catalog::list_prices::{self, ListPrice as Fixed},
    settings::markets::{self, MarketChange, MarketDraft, PriceListChange},
};

use super::{
    goods::MarketGoodsSetInput,
    object::Market,
    price_list::{PriceList, PriceRounding},
};
use crate::{
    graphql::shared::{ContextExt, CountryCode, CurrencyCode, Decimal, LanguageCode, Result, given, payload},
    ids,
};

/// A market to be made.
#[derive(Debug, InputObject)]
pub struct MarketCreateInput {
    /// What it is called: at most 100 characters.
    pub name: String,
    /// Its countries: at least one, none of which another market has.
    pub countries: Vec<CountryCode>,
    /// What is sold in there: the shop's own currency, or one that it has a price list in.
    pub currency_code: CurrencyCode,
    /// In which of the shop's languages whoever asks for none is answered there; the shop's default unless given.
    pub language: Option<LanguageCode>,
}

/// Which market changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct MarketUpdateInput {
    /// The market's id.
    pub id: ID,
    /// The market's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called: at most 100 characters.
    pub name: Option<String>,
    /// Its countries: all of them.
    pub countries: Option<Vec<CountryCode>>,
    /// What is sold in there. Carts that were begun keep their currency.
    pub currency_code: Option<CurrencyCode>,
    /// In which language whoever asks for none is answered there; null for the shop's default.
    pub language: MaybeUndefined<LanguageCode>,
}

/// Which market is taken away.
#[derive(Debug, InputObject)]
pub struct MarketDeleteInput {
    /// The market's id.
    pub id: ID,
    /// The market's version that you saw: refuse to take away any other.
    pub expected_version: Option<i32>,
}

/// Which market comes back.
#[derive(Debug, InputObject)]
pub struct MarketRestoreInput {
    /// The market's id.
    pub id: ID,
    /// The market's version that you saw: refuse to restore any other.
    pub expected_version: Option<i32>,
}

/// How a price list should be. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct PriceListSetInput {
    /// Its currency, which names it; not the shop's own.
    pub currency_code: CurrencyCode,
    /// The list's version that you saw, 0 where there was none: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Units of it for one of the shop's own currency, above 0, with at most eight decimals: `"1.0843"`. A new list needs it.
    pub rate: Option<Decimal>,
    /// To which amounts converted prices are rounded; a new list unless told to its currency's smallest unit.
    pub rounding: Option<PriceRounding>,
    /// Whether its prices contain the tax; those of a new list unless told as the shop's own do.
    pub prices_include_tax: Option<bool>,
    /// What the shop puts upon the rate, in percent from -90 to 1000 with at most two decimals: `"2.5"`; a new list unless told
    /// nothing.
    pub margin_percent: Option<Decimal>,
    /// Whether rates of files, and those that are fetched, take the place of the rate; of a new list unless told they do not.
    pub follows_rates: Option<bool>,
}

/// Which price list is taken away.
#[derive(Debug, InputObject)]
pub struct PriceListDeleteInput {
    /// Its currency.
    pub currency_code: CurrencyCode,
    /// The list's version that you saw: refuse to take away any other.
    pub expected_version: Option<i32>,
}

/// What a variant costs in the currency of a price list.
#[derive(Debug, InputObject)]
pub struct ListPriceInput {
    /// The variant's id.
    pub variant_id: ID,
    /// What it costs; left out, or null, it follows from the rate.
    pub price: Option<Decimal>,
    /// The former price, shown crossed out.
    pub compare_at_price: Option<Decimal>,
}

/// What variants cost in the currency of a price list.
#[derive(Debug, InputObject)]
pub struct PriceListPricesSetInput {
    /// The list's currency.
    pub currency_code: CurrencyCode,
    /// The prices, at most 100. Variants that are not named keep theirs.
    pub prices: Vec<ListPriceInput>,
}

payload! {
    /// What `marketCreate` answers.
    MarketCreatePayload {
        /// The market as it is now.
        market: Market,
    }
}
payload! {
    /// What `marketUpdate` answers.
    MarketUpdatePayload {
        /// The market as it is now.
        market: Market,
    }
}
payload! {
    /// What `marketDelete` answers.
    MarketDeletePayload {
        /// The market, as it was taken away.
        market: Market,
    }
}
payload! {
    /// What `marketRestore` answers.
    MarketRestorePayload {
        /// The market as it is now.
        market: Market,
    }
}
payload! {
    /// What `marketGoodsSet` answers.
    MarketGoodsSetPayload {
        /// The market as it is now.
        market: Market,
    }
}
payload! {
    /// What `priceListSet` answers.
    PriceListSetPayload {
        /// The price list as it is now.
        price_list: PriceList,
    }
}
payload! {
    /// What `priceListDelete` answers.
    PriceListDeletePayload {
        /// The price list, as it was taken away.
        price_list: PriceList,
    }
}
payload! {
    /// What `priceListPricesSet` answers.
    PriceListPricesSetPayload {
        /// How many prices are fixed by it, or follow from the rate again.
        prices_set: i32,
    }
}

#[derive(Debug, Default)]
pub struct MarketMutation;

#[Object]
impl MarketMutation {
    /// Makes a market. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn market_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The market.")] input: MarketCreateInput,
    ) -> Result<Option<MarketCreatePayload>> {
        let draft = MarketDraft {
            name: input.name,
            countries: input.countries.into_iter().map(|code| code.0).collect(),
            currency: input.currency_code.0,
            language: input.language.map(|tag| tag.0),
        };
        let made = markets::create(ctx.shop(), ctx.caller(), draft).await;
        MarketCreatePayload::of(made.map(Market))
    }

    /// Changes a market. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn market_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which market changes, and how.")] input: MarketUpdateInput,
    ) -> Result<Option<MarketUpdatePayload>> {
        MarketUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a market away: its countries are sold to in the shop's own currency again. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn market_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which market is taken away.")] input: MarketDeleteInput,
    ) -> Result<Option<MarketDeletePayload>> {
        MarketDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a market back that was taken away, unless another has one of its countries by now. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn market_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which market comes back.")] input: MarketRestoreInput,
    ) -> Result<Option<MarketRestorePayload>> {
        MarketRestorePayload::of(restore(ctx, input).await)
    }

    /// Says which goods a market has. Shoppers there find, see and buy no others: lists and searches leave them out, and a cart
    /// that holds one has the problem `NOT_SOLD_THERE`. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn market_goods_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goods it has.")] input: MarketGoodsSetInput,
    ) -> Result<Option<MarketGoodsSetPayload>> {
        MarketGoodsSetPayload::of(set_goods(ctx, input).await)
    }

    /// Makes a price list, or changes it. The prices that follow from its rate are made soon after, product by product. For
    /// staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn price_list_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How the list should be.")] input: PriceListSetInput,
    ) -> Result<Option<PriceListSetPayload>> {
        let change = PriceListChange {
            rate: input.rate.map(|rate| rate.0),
            rounding: input.rounding.map(Into::into),
            prices_include_tax: input.prices_include_tax,
            margin: input.margin_percent.map(|percent| percent.0),
            follows_rates: input.follows_rates,
        };
        let expected = input.expected_version.map(i64::from);
        let set = markets::set_list(ctx.shop(), ctx.caller(), &input.currency_code.0, expected, change).await;
        PriceListSetPayload::of(set.map(PriceList))
    }

    /// Takes a price list away, once no market sells by it. Prices that were fixed are there again when it is. For staff with
    /// the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn price_list_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which list is taken away.")] input: PriceListDeleteInput,
    ) -> Result<Option<PriceListDeletePayload>> {
        let expected = input.expected_version.map(i64::from);
        let deleted = markets::delete_list(ctx.shop(), ctx.caller(), &input.currency_code.0, expected).await;
        PriceListDeletePayload::of(deleted.map(PriceList))
    }

    /// Fixes what variants cost in the currency of a price list, or has it follow from the rate again. All or nothing. For
    /// staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn price_list_prices_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The prices.")] input: PriceListPricesSetInput,
    ) -> Result<Option<PriceListPricesSetPayload>> {
        PriceListPricesSetPayload::of(fix(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: MarketUpdateInput) -> vitrine_commerce::Result<Market> {
    let id = ids::input(&input.id, "market", &["id"])?;
    let countries = input
        .countries
        .map(|codes| codes.into_iter().map(|code| code.0).collect());
    let change = MarketChange {
        name: input.name,
        countries,
        currency: input.currency_code.map(|code| code.0),
        language: given(input.language).map(|tag| tag.map(|tag| tag.0)),
    };
    let expected = input.expected_version.map(i64::from);
    Ok(Market(
        markets::update(ctx.shop(), ctx.caller(), id, expected, change).await?,
    ))
}

async fn delete(ctx: &Context<'_>, input: MarketDeleteInput) -> vitrine_commerce::Result<Market> {
    let id = ids::input(&input.id, "market", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(Market(markets::delete(ctx.shop(), ctx.caller(), id, expected).await?))
}

async fn restore(ctx: &Context<'_>, input: MarketRestoreInput) -> vitrine_commerce::Result<Market> {
    let id = ids::input(&input.id, "market", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(Market(markets::restore(ctx.shop(), ctx.caller(), id, expected).await?))
}

async fn set_goods(ctx: &Context<'_>, input: MarketGoodsSetInput) -> vitrine_commerce::Result<Market> {
    let id = ids::input(&input.id, "market", &["id"])?;
    let (expected, goods) = (input.expected_version.map(i64::from), input.goods()?);
    Ok(Market(
        markets::set_goods(ctx.shop(), ctx.caller(), id, expected, goods).await?,
    ))
}

async fn fix(ctx: &Context<'_>, input: PriceListPricesSetInput) -> vitrine_commerce::Result<i32> {
    let prices = input.prices.into_iter().enumerate().map(|(place, price)| {
        let field = ["prices", &place.to_string(), "variantId"];
        Ok(Fixed {
            variant: ids::input(&price.variant_id, "variant", &field)?,
            price: price.price.map(|price| price.0),
            compare_at: price.compare_at_price.map(|price| price.0),
        })
    });
    let prices = prices.collect::<std::result::Result<Vec<_>, Refusal>>()?;
    list_prices::fix(ctx.shop(), ctx.caller(), &input.currency_code.0, &prices).await?;
    Ok(prices.len().try_into().unwrap_or(i32::MAX))
}
