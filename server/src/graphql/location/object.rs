use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::location;

use crate::{
    graphql::shared::{MailingAddress, Result, connection, int, words},
    ids,
};

/// A place where stock lies, and where goods may be picked up.
#[derive(Debug, Clone)]
pub struct Location(pub location::Model);

connection! { LocationConnection, LocationEdge, Location }

/// A place where stock lies, and where goods may be picked up.
#[Object]
impl Location {
    /// Names the location.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it is called: no other location has its name.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.0.id, "name", &self.0.name).await
    }

    /// Where it is.
    async fn address(&self) -> Option<MailingAddress> {
        self.0.address.clone().map(MailingAddress::from)
    }

    /// Whether stock is taken from here.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// Whether shoppers may pick up their goods here.
    async fn pickup(&self) -> bool {
        self.0.pickup
    }

    /// What shoppers must know who pick up their goods here.
    async fn pickup_instructions(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let own = self.0.pickup_instructions.as_deref();
        words::optional(ctx, self.0.id, "pickupInstructions", own).await
    }

    /// When it is open, in words.
    async fn opening_hours(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        words::optional(ctx, self.0.id, "openingHours", self.0.opening_hours.as_deref()).await
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was deleted; `locationRestore` brings it back.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
