//! Cards that Stripe keeps: each belongs to a customer there, who is one of ours by a key.

use async_trait::async_trait;
use vitrine_commerce::ports::payment::{NewCustomer, ProviderError, SavedMethods};

use super::{
    StripeProvider,
    client::Answer,
    form::{self, Form},
    object::Kept,
};

#[async_trait]
impl SavedMethods for StripeProvider {
    async fn create_customer(&self, new: &NewCustomer) -> Result<String, ProviderError> {
        let form = form::customer(new, &self.shop);
        let made: Answer<Kept> = self.client.post(&["customers"], &form, &new.key).await?;
        Ok(made.body.id)
    }

    /// Stripe refuses to detach what is nobody's, in words that no code tells from others: it is looked at first.
    async fn detach(&self, reference: &str) -> Result<(), ProviderError> {
        let path = ["payment_methods", reference];
        let found: Option<Answer<Kept>> = self.client.find(&path, &Form::new()).await?;
        if found.is_none_or(|found| found.body.customer.is_none()) {
            return Ok(());
        }
        let path = ["payment_methods", reference, "detach"];
        self.client.post_unkeyed::<Kept>(&path, &Form::new()).await?;
        Ok(())
    }

    async fn delete_customer(&self, reference: &str) -> Result<(), ProviderError> {
        match self.client.delete::<Kept>(&["customers", reference]).await {
            Err(fault) if !fault.is_not_found() => Err(fault.into()),
            _ => Ok(()),
        }
    }
}
