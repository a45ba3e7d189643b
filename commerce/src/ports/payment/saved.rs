//! Cards that a provider keeps for shoppers who come back.

use async_trait::async_trait;
use vitrine_entity::ids::ProviderCustomerId;

use super::error::ProviderError;

/// A card that a provider keeps for a customer: what the shopper tells it apart from others by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMethod {
    /// The provider's id of it: the `method_token` of charges of that customer.
    pub reference: String,
    /// In the provider's word: `visa`.
    pub brand: String,
    pub last_four: String,
    /// 1 to 12.
    pub expiry_month: i32,
    /// With its century.
    pub expiry_year: i32,
}

/// A customer of ours for whom a provider is to keep cards.
#[derive(Debug, Clone)]
pub struct NewCustomer {
    /// By what the provider knows them. Neither name nor mail address is told.
    pub customer: ProviderCustomerId,
    pub key: String,
}

/// Keeps shoppers' cards, so that they need not be typed again: charged only while their shopper is there, who passes a
/// second factor where the bank asks for one.
#[async_trait]
pub trait SavedMethods: Send + Sync {
    /// Makes a customer for whom cards may be saved, and gives the provider's id of it. The same key gives the same one.
    async fn create_customer(&self, new: &NewCustomer) -> Result<String, ProviderError>;

    /// Whether the customer is there still.
    async fn has_customer(&self, reference: &str) -> Result<bool, ProviderError>;

    /// A card as it is kept now for this customer; `None` where it is kept for nobody, or for another.
    async fn find_method(&self, customer: &str, reference: &str) -> Result<Option<SavedMethod>, ProviderError>;

    /// Takes a card away from its customer: it can pay nothing any more. One that is gone stays so.
    async fn detach(&self, reference: &str) -> Result<(), ProviderError>;

    /// Deletes a customer with every card that is kept for them. One that is gone stays so.
    async fn delete_customer(&self, reference: &str) -> Result<(), ProviderError>;
}
