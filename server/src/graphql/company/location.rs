use async_graphql::{ID, Object};
use vitrine_entity::company_location;

use crate::{
    graphql::shared::{MailingAddress, int},
    ids,
};

/// Where a company's goods go.
#[derive(Debug, Clone)]
pub struct CompanyLocation(pub company_location::Model);

/// Where a company's goods go: for a choice of shipping addresses.
#[Object]
impl CompanyLocation {
    /// Names the place.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its address.
    async fn address(&self) -> MailingAddress {
        self.0.address.clone().into()
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}
