use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    Refusal,
    delivery::{draft::ZoneDraft, zones},
};
use vitrine_entity::shipping_zone::PostalArea;

use crate::{
    graphql::{
        shared::{ContextExt, CountryCode, Result, UserError, outcome, payload},
        shipping::zone::{ShippingZone, ShippingZoneOverlap, overlaps},
    },
    ids,
};

/// Postal codes of a country.
#[derive(Debug, InputObject)]
pub struct ShippingZonePostalCodesInput {
    /// The country, by its two letters.
    pub country_code: CountryCode,
    /// Codes (`12345`), beginnings (`BT*`) and ranges (`10000-19999`; `00-001..00-999` where codes have hyphens). Spaces
    /// and case make no difference.
    pub codes: Vec<String>,
}

/// A zone to be made.
#[derive(Debug, InputObject)]
pub struct ShippingZoneCreateInput {
    /// What staff call it.
    pub name: String,
    /// Countries by their two letters; `*` stands for every country that no other zone names.
    pub countries: Option<Vec<String>>,
    /// Parts of countries by their code of ISO 3166-2, as in `US-CA`.
    pub regions: Option<Vec<String>>,
    /// Postal codes, by country.
    pub postal_codes: Option<Vec<ShippingZonePostalCodesInput>>,
}

/// Which zone changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ShippingZoneUpdateInput {
    /// The zone's id.
    pub id: ID,
    /// The zone's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What staff call it.
    pub name: Option<String>,
    /// All of its countries.
    pub countries: Option<Vec<String>>,
    /// All of its regions.
    pub regions: Option<Vec<String>>,
    /// All of its postal codes.
    pub postal_codes: Option<Vec<ShippingZonePostalCodesInput>>,
}

/// Which zone is taken away.
#[derive(Debug, InputObject)]
pub struct ShippingZoneDeleteInput {
    /// The zone's id.
    pub id: ID,
    /// The zone's version that you saw: refuse to take away any other.
    pub expected_version: Option<i32>,
}

/// Which zone is brought back.
#[derive(Debug, InputObject)]
pub struct ShippingZoneRestoreInput {
    /// The zone's id.
    pub id: ID,
}

/// The order of the zones.
#[derive(Debug, InputObject)]
pub struct ShippingZoneReorderInput {
    /// The ids of all zones, the first first.
    pub zone_ids: Vec<ID>,
}

/// Makes a payload of a zone that also warns.
macro_rules! warning_payload {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $name {
            /// The zone as it is now.
            pub shipping_zone: Option<ShippingZone>,
            /// Places that two zones of the shop name equally, at most 100. It was done all the same.
            pub warnings: Vec<ShippingZoneOverlap>,
            /// Why nothing was done; empty when it was done.
            pub user_errors: Vec<UserError>,
        }

        impl $name {
            async fn of(ctx: &Context<'_>, done: vitrine_commerce::Result<ShippingZone>) -> Result<Option<Self>> {
                let (shipping_zone, user_errors) = outcome(done)?;
                let warnings = match &shipping_zone {
                    Some(_) => overlaps(ctx).await?,
                    None => Vec::new(),
                };
                Ok(Some(Self { shipping_zone, warnings, user_errors }))
            }
        }
    };
}
warning_payload! {
    /// What `shippingZoneCreate` answers.
    ShippingZoneCreatePayload
}
warning_payload! {
    /// What `shippingZoneUpdate` answers.
    ShippingZoneUpdatePayload
}
warning_payload! {
    /// What `shippingZoneRestore` answers.
    ShippingZoneRestorePayload
}
payload! {
    /// What `shippingZoneDelete` answers.
    ShippingZoneDeletePayload {
        /// The zone, as it was taken away.
        shipping_zone: ShippingZone,
    }
}
payload! {
    /// What `shippingZoneReorder` answers.
    ShippingZoneReorderPayload {
        /// All zones in their order.
        shipping_zones: Vec<ShippingZone>,
    }
}

#[derive(Debug, Default)]
pub struct ShippingZoneMutation;

#[Object]
impl ShippingZoneMutation {
    /// Makes a zone, after the others. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipping_zone_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The zone.")] input: ShippingZoneCreateInput,
    ) -> Result<Option<ShippingZoneCreatePayload>> {
        let draft = ZoneDraft {
            name: input.name,
            countries: input.countries.unwrap_or_default(),
            regions: input.regions.unwrap_or_default(),
            postal_codes: areas(input.postal_codes).unwrap_or_default(),
            methods: Vec::new(),
        };
        let done = zones::create(ctx.shop(), ctx.caller(), draft).await;
        ShippingZoneCreatePayload::of(ctx, done.map(ShippingZone)).await
    }

    /// Changes a zone. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipping_zone_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which zone changes, and how.")] input: ShippingZoneUpdateInput,
    ) -> Result<Option<ShippingZoneUpdatePayload>> {
        ShippingZoneUpdatePayload::of(ctx, update(ctx, input).await).await
    }

    /// Takes a zone away, with its methods: carts there find nothing to ship by. `shippingZoneRestore` brings both back.
    /// For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn shipping_zone_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which zone is taken away.")] input: ShippingZoneDeleteInput,
    ) -> Result<Option<ShippingZoneDeletePayload>> {
        ShippingZoneDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings back a zone that was taken away. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipping_zone_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which zone is brought back.")] input: ShippingZoneRestoreInput,
    ) -> Result<Option<ShippingZoneRestorePayload>> {
        ShippingZoneRestorePayload::of(ctx, restore(ctx, input).await).await
    }

    /// Puts the zones into an order: where two name a place equally, the first wins. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipping_zone_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order.")] input: ShippingZoneReorderInput,
    ) -> Result<Option<ShippingZoneReorderPayload>> {
        ShippingZoneReorderPayload::of(reorder(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: ShippingZoneUpdateInput) -> vitrine_commerce::Result<ShippingZone> {
    let id = ids::input(&input.id, "shipping zone", &["id"])?;
    let change = zones::ZoneChange {
        name: input.name,
        countries: input.countries,
        regions: input.regions,
        postal_codes: areas(input.postal_codes),
    };
    let expected = input.expected_version.map(i64::from);
    Ok(ShippingZone(
        zones::update(ctx.shop(), ctx.caller(), id, expected, change).await?,
    ))
}

async fn delete(ctx: &Context<'_>, input: ShippingZoneDeleteInput) -> vitrine_commerce::Result<ShippingZone> {
    let id = ids::input(&input.id, "shipping zone", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(ShippingZone(
        zones::delete(ctx.shop(), ctx.caller(), id, expected).await?,
    ))
}

async fn restore(ctx: &Context<'_>, input: ShippingZoneRestoreInput) -> vitrine_commerce::Result<ShippingZone> {
    let id = ids::input(&input.id, "shipping zone", &["id"])?;
    Ok(ShippingZone(zones::restore(ctx.shop(), ctx.caller(), id).await?))
}

async fn reorder(ctx: &Context<'_>, input: ShippingZoneReorderInput) -> vitrine_commerce::Result<Vec<ShippingZone>> {
    let ids = input.zone_ids.iter().enumerate();
    let ids = ids.map(|(index, id)| ids::input(id, "shipping zone", &["zoneIds", &index.to_string()]));
    let ids = ids.collect::<std::result::Result<_, Refusal>>()?;
    let rows = zones::reorder(ctx.shop(), ctx.caller(), ids).await?;
    Ok(rows.into_iter().map(ShippingZone).collect())
}

fn areas(given: Option<Vec<ShippingZonePostalCodesInput>>) -> Option<Vec<PostalArea>> {
    let area = |input: ShippingZonePostalCodesInput| PostalArea {
        country: input.country_code.0,
        codes: input.codes,
    };
    given.map(|areas| areas.into_iter().map(area).collect())
}
