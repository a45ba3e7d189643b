//! What staff change of locations.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::locations::{self, LocationCreate, LocationUpdate};
use vitrine_entity::ids::LocationId;

use super::object::Location;
use crate::{
    graphql::shared::{ContextExt, MailingAddressInput, Result, given, payload},
    ids,
};

/// A new location.
#[derive(Debug, InputObject)]
pub struct LocationCreateInput {
    /// What it is called: at most 100 characters, and no other location's name.
    pub name: String,
    /// Where it is.
    pub address: Option<MailingAddressInput>,
    /// Whether stock is taken from here.
    #[graphql(default = true)]
    pub active: bool,
    /// Whether shoppers may pick up their goods here.
    #[graphql(default)]
    pub pickup: bool,
    /// What shoppers must know who pick up their goods here: at most 1,000 characters.
    pub pickup_instructions: Option<String>,
    /// When it is open, in words: at most 500 characters.
    pub opening_hours: Option<String>,
}

/// Which location changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct LocationUpdateInput {
    /// The location's id.
    pub id: ID,
    /// The location's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called: at most 100 characters, and no other location's name.
    pub name: Option<String>,
    /// Where it is; null takes it away.
    pub address: MaybeUndefined<MailingAddressInput>,
    /// Whether stock is taken from here. The last active location stays so.
    pub active: Option<bool>,
    /// Whether shoppers may pick up their goods here.
    pub pickup: Option<bool>,
    /// What shoppers must know who pick up their goods here; null takes it away.
    pub pickup_instructions: MaybeUndefined<String>,
    /// When it is open, in words; null takes it away.
    pub opening_hours: MaybeUndefined<String>,
}

/// Which location is deleted.
#[derive(Debug, InputObject)]
pub struct LocationDeleteInput {
    /// The location's id.
    pub id: ID,
    /// The location's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which location comes back.
#[derive(Debug, InputObject)]
pub struct LocationRestoreInput {
    /// The location's id.
    pub id: ID,
    /// The location's version that you saw: refuse to restore any other.
    pub expected_version: Option<i32>,
}

/// The order in which stock is taken from the locations.
#[derive(Debug, InputObject)]
pub struct LocationReorderInput {
    /// Every location's id, once.
    pub location_ids: Vec<ID>,
}

payload! {
    /// What `locationCreate` answers.
    LocationCreatePayload {
        /// The new location.
        location: Location,
    }
}

payload! {
    /// What `locationUpdate` answers.
    LocationUpdatePayload {
        /// The location as it is now.
        location: Location,
    }
}

payload! {
    /// What `locationDelete` answers.
    LocationDeletePayload {
        /// The location, which is deleted now.
        location: Location,
    }
}

payload! {
    /// What `locationRestore` answers.
    LocationRestorePayload {
        /// The location as it is now.
        location: Location,
    }
}

payload! {
    /// What `locationReorder` answers.
    LocationReorderPayload {
        /// All locations, in their order.
        locations: Vec<Location>,
    }
}

#[derive(Debug, Default)]
pub struct LocationMutation;

#[Object]
impl LocationMutation {
    /// Opens a location: the last that stock is taken from. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn location_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A new location.")] input: LocationCreateInput,
    ) -> Result<Option<LocationCreatePayload>> {
        let create = LocationCreate {
            name: input.name,
            address: input.address.map(Into::into),
            active: input.active,
            pickup: input.pickup,
            pickup_instructions: input.pickup_instructions,
            opening_hours: input.opening_hours,
        };
        let created = locations::create(ctx.shop(), ctx.caller(), create).await;
        LocationCreatePayload::of(created.map(Location))
    }

    /// Changes a location. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn location_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which location changes, and how.")] input: LocationUpdateInput,
    ) -> Result<Option<LocationUpdatePayload>> {
        LocationUpdatePayload::of(update(ctx, input).await)
    }

    /// Deletes a location in which no stock lies; `locationRestore` brings it back. The last active one
    /// stays. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn location_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which location is deleted.")] input: LocationDeleteInput,
    ) -> Result<Option<LocationDeletePayload>> {
        LocationDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted location back, as the last that stock is taken from. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn location_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which location comes back.")] input: LocationRestoreInput,
    ) -> Result<Option<LocationRestorePayload>> {
        LocationRestorePayload::of(restore(ctx, input).await)
    }

    /// Says where stock is taken from first. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn location_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order in which stock is taken from the locations.")] input: LocationReorderInput,
    ) -> Result<Option<LocationReorderPayload>> {
        LocationReorderPayload::of(reorder(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: LocationUpdateInput) -> vitrine_commerce::Result<Location> {
    let update = LocationUpdate {
        location: id(&input.id)?,
        expected_version: input.expected_version.map(i64::from),
        name: input.name,
        address: given(input.address).map(|address| address.map(Into::into)),
        active: input.active,
        pickup: input.pickup,
        pickup_instructions: given(input.pickup_instructions),
        opening_hours: given(input.opening_hours),
    };
    Ok(Location(locations::update(ctx.shop(), ctx.caller(), update).await?))
}

async fn delete(ctx: &Context<'_>, input: LocationDeleteInput) -> vitrine_commerce::Result<Location> {
    let (id, version) = (id(&input.id)?, input.expected_version.map(i64::from));
    Ok(Location(
        locations::delete(ctx.shop(), ctx.caller(), id, version).await?,
    ))
}

async fn restore(ctx: &Context<'_>, input: LocationRestoreInput) -> vitrine_commerce::Result<Location> {
    let (id, version) = (id(&input.id)?, input.expected_version.map(i64::from));
    Ok(Location(
        locations::restore(ctx.shop(), ctx.caller(), id, version).await?,
    ))
}

async fn reorder(ctx: &Context<'_>, input: LocationReorderInput) -> vitrine_commerce::Result<Vec<Location>> {
    let ids = input.location_ids.iter();
    let ids = ids.map(|id| ids::input(id, "location", &["locationIds"]));
    let ids = ids.collect::<std::result::Result<Vec<LocationId>, _>>()?;
    let rows = locations::reorder(ctx.shop(), ctx.caller(), &ids).await?;
    Ok(rows.into_iter().map(Location).collect())
}

fn id(id: &str) -> vitrine_commerce::Result<LocationId> {
    Ok(ids::input(id, "location", &["id"])?)
}
