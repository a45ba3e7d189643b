use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::delivery::tax::setting::{self, RateChange, RateDraft};

use super::object::TaxRate;
use crate::{
    graphql::shared::{ContextExt, CountryCode, Result, given, payload},
    ids,
};

/// A rate to be made.
#[derive(Debug, InputObject)]
pub struct TaxRateCreateInput {
    /// Whose tax it is, by its two letters: `DE`.
    pub country_code: CountryCode,
    /// A part of the country by its code of ISO 3166-2, as in `CA-QC`; all of it unless given.
    pub region: Option<String>,
    /// The category of goods; the standard rate unless given.
    pub tax_category: Option<String>,
    /// Its name, as it stands on an invoice: `VAT`.
    pub name: String,
    /// The rate in hundredths of a percent: 19 % is 1900.
    pub basis_points: i32,
    /// Whether it comes on top of the country's rate rather than in its place. Of a region only.
    #[graphql(default)]
    pub on_top: bool,
}

/// Which rate changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct TaxRateUpdateInput {
    /// The rate's id.
    pub id: ID,
    /// The rate's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Whose tax it is.
    pub country_code: Option<CountryCode>,
    /// A part of the country; null for all of it.
    pub region: MaybeUndefined<String>,
    /// The category of goods; null for the standard rate.
    pub tax_category: MaybeUndefined<String>,
    /// Its name, as it stands on an invoice.
    pub name: Option<String>,
    /// The rate in hundredths of a percent.
    pub basis_points: Option<i32>,
    /// Whether it comes on top of the country's rate rather than in its place.
    pub on_top: Option<bool>,
    /// Whether staff have looked at it: `true` confirms a rate that came with the shop.
    pub confirmed: Option<bool>,
}

/// Which rate is taken away.
#[derive(Debug, InputObject)]
pub struct TaxRateDeleteInput {
    /// The rate's id.
    pub id: ID,
    /// The rate's version that you saw: refuse to take away any other.
    pub expected_version: Option<i32>,
}

/// Which rate is brought back.
#[derive(Debug, InputObject)]
pub struct TaxRateRestoreInput {
    /// The rate's id.
    pub id: ID,
}

/// Which rate is right as it stands.
#[derive(Debug, InputObject)]
pub struct TaxRateConfirmInput {
    /// The rate's id.
    pub id: ID,
    /// The rate's version that you saw: refuse to confirm any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `taxRateCreate` answers.
    TaxRateCreatePayload {
        /// The rate as it is now.
        tax_rate: TaxRate,
    }
}
payload! {
    /// What `taxRateUpdate` answers.
    TaxRateUpdatePayload {
        /// The rate as it is now.
        tax_rate: TaxRate,
    }
}
payload! {
    /// What `taxRateDelete` answers.
    TaxRateDeletePayload {
        /// The rate, as it was taken away.
        tax_rate: TaxRate,
    }
}
payload! {
    /// What `taxRateRestore` answers.
    TaxRateRestorePayload {
        /// The rate as it is now.
        tax_rate: TaxRate,
    }
}
payload! {
    /// What `taxRateConfirm` answers.
    TaxRateConfirmPayload {
        /// The rate as it is now.
        tax_rate: TaxRate,
    }
}

#[derive(Debug, Default)]
pub struct TaxMutation;

#[Object]
impl TaxMutation {
    /// Makes a tax rate. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn tax_rate_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rate.")] input: TaxRateCreateInput,
    ) -> Result<Option<TaxRateCreatePayload>> {
        let draft = RateDraft {
            country: input.country_code.0,
            region: input.region,
            tax_category: input.tax_category,
            name: input.name,
            basis_points: input.basis_points,
            on_top: input.on_top,
            confirmed: true,
        };
        let done = setting::create(ctx.shop(), ctx.caller(), draft).await;
        TaxRateCreatePayload::of(done.map(TaxRate))
    }

    /// Changes a tax rate. Carts are priced by it from now on; what was ordered keeps its own. For staff with the
    /// permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn tax_rate_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rate changes, and how.")] input: TaxRateUpdateInput,
    ) -> Result<Option<TaxRateUpdatePayload>> {
        TaxRateUpdatePayload::of(update(ctx, input).await)
    }

    /// Notes that staff have looked at a rate that came with the shop, and that it is right. For staff with the
    /// permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn tax_rate_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rate is right.")] input: TaxRateConfirmInput,
    ) -> Result<Option<TaxRateConfirmPayload>> {
        TaxRateConfirmPayload::of(confirm(ctx, input).await)
    }

    /// Takes a tax rate away; `taxRateRestore` brings it back. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn tax_rate_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rate is taken away.")] input: TaxRateDeleteInput,
    ) -> Result<Option<TaxRateDeletePayload>> {
        TaxRateDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings back a tax rate that was taken away, unless another has taken its place. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn tax_rate_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rate is brought back.")] input: TaxRateRestoreInput,
    ) -> Result<Option<TaxRateRestorePayload>> {
        TaxRateRestorePayload::of(restore(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: TaxRateUpdateInput) -> vitrine_commerce::Result<TaxRate> {
    let id = ids::input(&input.id, "tax rate", &["id"])?;
    let change = RateChange {
        country: input.country_code.map(|code| code.0),
        region: given(input.region),
        tax_category: given(input.tax_category),
        name: input.name,
        basis_points: input.basis_points,
        on_top: input.on_top,
        confirmed: input.confirmed,
    };
    let expected = input.expected_version.map(i64::from);
    Ok(TaxRate(
        setting::update(ctx.shop(), ctx.caller(), id, expected, change).await?,
    ))
}

async fn confirm(ctx: &Context<'_>, input: TaxRateConfirmInput) -> vitrine_commerce::Result<TaxRate> {
    let id = ids::input(&input.id, "tax rate", &["id"])?;
    let change = RateChange {
        confirmed: Some(true),
        ..RateChange::default()
    };
    let expected = input.expected_version.map(i64::from);
    Ok(TaxRate(
        setting::update(ctx.shop(), ctx.caller(), id, expected, change).await?,
    ))
}

async fn delete(ctx: &Context<'_>, input: TaxRateDeleteInput) -> vitrine_commerce::Result<TaxRate> {
    let id = ids::input(&input.id, "tax rate", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(TaxRate(setting::delete(ctx.shop(), ctx.caller(), id, expected).await?))
}

async fn restore(ctx: &Context<'_>, input: TaxRateRestoreInput) -> vitrine_commerce::Result<TaxRate> {
    let id = ids::input(&input.id, "tax rate", &["id"])?;
    Ok(TaxRate(setting::restore(ctx.shop(), ctx.caller(), id).await?))
}
