use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    delivery::{
        draft::MethodDraft,
        methods::{self, MethodChange},
    },
    money::Currency,
};
use vitrine_entity::shipping_method::Step;

use super::change::{maybe_minor, minor};
use crate::{
    graphql::{
        shared::{ContextExt, Decimal, Result, given, payload},
        shipping::{
            method::{ShippingMethod, ShippingMethodKind},
            zone::ShippingZone,
        },
    },
    ids,
};

/// What comes on top up to a weight.
#[derive(Debug, InputObject)]
pub struct ShippingWeightStepInput {
    /// Up to this weight, it included; left out for everything beyond the step before.
    pub up_to_grams: Option<i32>,
    /// What it costs, in the shop's currency.
    pub price: Decimal,
}

/// What comes on top up to a subtotal.
#[derive(Debug, InputObject)]
pub struct ShippingValueStepInput {
    /// Up to this subtotal, it included; left out for everything beyond the step before.
    pub up_to: Option<Decimal>,
    /// What it costs, in the shop's currency.
    pub price: Decimal,
}

/// What a method may say. What is left out stays as it is, or is nothing where the method is new; null takes it away.
#[derive(Debug, InputObject)]
pub struct ShippingMethodFields {
    /// Its name, as shoppers read it. A new method needs one.
    pub name: Option<String>,
    /// What to expect of it.
    pub description: MaybeUndefined<String>,
    /// Whether the goods go to the shopper, or the shopper to the goods.
    pub kind: Option<ShippingMethodKind>,
    /// The location where a pickup waits.
    pub location_id: MaybeUndefined<ID>,
    /// Who carries it.
    pub carrier: MaybeUndefined<String>,
    /// Whether it is offered.
    pub active: Option<bool>,
    /// What it costs in any case, in the shop's currency.
    pub price: Option<Decimal>,
    /// What comes on top by weight, ascending. Beyond the last step it is not offered.
    pub weight_steps: Option<Vec<ShippingWeightStepInput>>,
    /// What comes on top by the goods' subtotal, ascending. Beyond the last step it is not offered.
    pub value_steps: Option<Vec<ShippingValueStepInput>>,
    /// From this subtotal on it costs nothing.
    pub free_from: MaybeUndefined<Decimal>,
    /// Offered from this subtotal on.
    pub value_min: MaybeUndefined<Decimal>,
    /// Offered up to this subtotal.
    pub value_max: MaybeUndefined<Decimal>,
    /// Offered from this weight on.
    pub weight_min_grams: MaybeUndefined<i32>,
    /// Offered up to this weight.
    pub weight_max_grams: MaybeUndefined<i32>,
    /// Working days until the goods are handed over.
    pub handling_days: Option<i32>,
    /// Working days from then on, at least.
    pub transit_days_min: MaybeUndefined<i32>,
    /// Working days from then on, at most.
    pub transit_days_max: MaybeUndefined<i32>,
    /// The hour of the shop's day, 0 to 23, from which on an order counts as one of the next working day.
    pub cutoff_hour: MaybeUndefined<i32>,
    /// Classes of goods that it does not carry: all of them.
    pub refused_classes: Option<Vec<String>>,
    /// The only classes that it carries: all of them.
    pub only_classes: Option<Vec<String>>,
    /// The tax category whose rate its price is taxed at.
    pub tax_category: MaybeUndefined<String>,
}

/// A method to be made.
#[derive(Debug, InputObject)]
pub struct ShippingMethodCreateInput {
    /// The id of the zone in which it ships.
    pub zone_id: ID,
    /// What it says.
    #[graphql(flatten)]
    pub fields: ShippingMethodFields,
}

/// Which method changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ShippingMethodUpdateInput {
    /// The method's id.
    pub id: ID,
    /// The method's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it says.
    #[graphql(flatten)]
    pub fields: ShippingMethodFields,
}

/// Which method is taken away.
#[derive(Debug, InputObject)]
pub struct ShippingMethodDeleteInput {
    /// The method's id.
    pub id: ID,
    /// The method's version that you saw: refuse to take away any other.
    pub expected_version: Option<i32>,
}

/// Which method is brought back.
#[derive(Debug, InputObject)]
pub struct ShippingMethodRestoreInput {
    /// The method's id.
    pub id: ID,
}

/// The order of a zone's methods.
#[derive(Debug, InputObject)]
pub struct ShippingMethodReorderInput {
    /// The zone's id.
    pub zone_id: ID,
    /// The ids of all its methods, the first first.
    pub method_ids: Vec<ID>,
}

payload! {
    /// What `shippingMethodCreate` answers.
    ShippingMethodCreatePayload {
        /// The method as it is now.
        shipping_method: ShippingMethod,
    }
}
payload! {
    /// What `shippingMethodUpdate` answers.
    ShippingMethodUpdatePayload {
        /// The method as it is now.
        shipping_method: ShippingMethod,
    }
}
payload! {
    /// What `shippingMethodDelete` answers.
    ShippingMethodDeletePayload {
        /// The method, as it was taken away.
        shipping_method: ShippingMethod,
    }
}
payload! {
    /// What `shippingMethodRestore` answers.
    ShippingMethodRestorePayload {
        /// The method as it is now.
        shipping_method: ShippingMethod,
    }
}
payload! {
    /// What `shippingMethodReorder` answers.
    ShippingMethodReorderPayload {
        /// The zone, with its methods in their order.
        shipping_zone: ShippingZone,
    }
}

#[derive(Debug, Default)]
pub struct ShippingMethodMutation;

#[Object]
impl ShippingMethodMutation {
    /// Makes a method of a zone, after its others. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shipping_method_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The method.")] input: ShippingMethodCreateInput,
    ) -> Result<Option<ShippingMethodCreatePayload>> {
        ShippingMethodCreatePayload::of(create(ctx, input).await)
    }

    /// Changes a method. What was ordered by it keeps what it was told. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shipping_method_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which method changes, and how.")] input: ShippingMethodUpdateInput,
    ) -> Result<Option<ShippingMethodUpdatePayload>> {
        ShippingMethodUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a method away: a cart that chose it must choose anew. `shippingMethodRestore` brings it back. For staff with
    /// the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shipping_method_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which method is taken away.")] input: ShippingMethodDeleteInput,
    ) -> Result<Option<ShippingMethodDeletePayload>> {
        ShippingMethodDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings back a method that was taken away. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shipping_method_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which method is brought back.")] input: ShippingMethodRestoreInput,
    ) -> Result<Option<ShippingMethodRestorePayload>> {
        ShippingMethodRestorePayload::of(restore(ctx, input).await)
    }

    /// Puts a zone's methods into the order in which shoppers see them. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shipping_method_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: ShippingMethodReorderInput,
    ) -> Result<Option<ShippingMethodReorderPayload>> {
        ShippingMethodReorderPayload::of(reorder(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: ShippingMethodCreateInput) -> vitrine_commerce::Result<ShippingMethod> {
    let zone = ids::input(&input.zone_id, "shipping zone", &["zoneId"])?;
    let draft = change(input.fields, ctx.caller().currency)?.of(MethodDraft::default());
    Ok(ShippingMethod(
        methods::create(ctx.shop(), ctx.caller(), zone, draft).await?,
    ))
}

async fn update(ctx: &Context<'_>, input: ShippingMethodUpdateInput) -> vitrine_commerce::Result<ShippingMethod> {
    let id = ids::input(&input.id, "shipping method", &["id"])?;
    let change = change(input.fields, ctx.caller().currency)?;
    let expected = input.expected_version.map(i64::from);
    Ok(ShippingMethod(
        methods::update(ctx.shop(), ctx.caller(), id, expected, change).await?,
    ))
}

async fn delete(ctx: &Context<'_>, input: ShippingMethodDeleteInput) -> vitrine_commerce::Result<ShippingMethod> {
    let id = ids::input(&input.id, "shipping method", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(ShippingMethod(
        methods::delete(ctx.shop(), ctx.caller(), id, expected).await?,
    ))
}

async fn restore(ctx: &Context<'_>, input: ShippingMethodRestoreInput) -> vitrine_commerce::Result<ShippingMethod> {
    let id = ids::input(&input.id, "shipping method", &["id"])?;
    Ok(ShippingMethod(methods::restore(ctx.shop(), ctx.caller(), id).await?))
}

async fn reorder(ctx: &Context<'_>, input: ShippingMethodReorderInput) -> vitrine_commerce::Result<ShippingZone> {
    let zone = ids::input(&input.zone_id, "shipping zone", &["zoneId"])?;
    let ids = input.method_ids.iter().enumerate();
    let ids = ids.map(|(index, id)| ids::input(id, "shipping method", &["methodIds", &index.to_string()]));
    let ids = ids.collect::<std::result::Result<_, Refusal>>()?;
    Ok(ShippingZone(
        methods::reorder(ctx.shop(), ctx.caller(), zone, ids).await?,
    ))
}

fn change(input: ShippingMethodFields, currency: Currency) -> std::result::Result<MethodChange, Refusal> {
    let location = match input.location_id {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(id) => Some(Some(ids::input(&id, "location", &["locationId"])?)),
    };
    Ok(MethodChange {
        name: input.name,
        description: given(input.description),
        kind: input.kind.map(Into::into),
        location,
        carrier: given(input.carrier),
        amount_minor: input
            .price
            .map(|price| minor(&price, currency, &["price"]))
            .transpose()?,
        weight_steps: input
            .weight_steps
            .map(|steps| weight_steps(&steps, currency))
            .transpose()?,
        value_steps: input
            .value_steps
            .map(|steps| value_steps(&steps, currency))
            .transpose()?,
        free_from_minor: maybe_minor(input.free_from, currency, "freeFrom")?,
        value_min_minor: maybe_minor(input.value_min, currency, "valueMin")?,
        value_max_minor: maybe_minor(input.value_max, currency, "valueMax")?,
        weight_min_grams: given(input.weight_min_grams).map(|grams| grams.map(i64::from)),
        weight_max_grams: given(input.weight_max_grams).map(|grams| grams.map(i64::from)),
        handling_days: input.handling_days,
        transit_days_min: given(input.transit_days_min),
        transit_days_max: given(input.transit_days_max),
        cutoff_hour: given(input.cutoff_hour),
        refused_classes: input.refused_classes,
        only_classes: input.only_classes,
        tax_category: given(input.tax_category),
        active: input.active,
    })
}

fn weight_steps(steps: &[ShippingWeightStepInput], currency: Currency) -> std::result::Result<Vec<Step>, Refusal> {
    let step = |(index, step): (usize, &ShippingWeightStepInput)| {
        Ok(Step {
            up_to: step.up_to_grams.map(i64::from),
            amount_minor: minor(&step.price, currency, &["weightSteps", &index.to_string(), "price"])?,
        })
    };
    steps.iter().enumerate().map(step).collect()
}

fn value_steps(steps: &[ShippingValueStepInput], currency: Currency) -> std::result::Result<Vec<Step>, Refusal> {
    let step = |(index, step): (usize, &ShippingValueStepInput)| {
        let index = index.to_string();
        let up_to = step.up_to.as_ref();
        Ok(Step {
            up_to: up_to
                .map(|end| minor(end, currency, &["valueSteps", &index, "upTo"]))
                .transpose()?,
            amount_minor: minor(&step.price, currency, &["valueSteps", &index, "price"])?,
        })
    };
    steps.iter().enumerate().map(step).collect()
}
