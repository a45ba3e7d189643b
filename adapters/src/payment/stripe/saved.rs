//! Cards that Stripe keeps: each belongs to a customer there, who is one of ours by a key.

use async_trait::async_trait;
use vitrine_commerce::ports::payment::{NewCustomer, ProviderError, SavedMethod, SavedMethods};

use super::{
    StripeProvider,
    client::Answer,
    fault::Fault,
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

    /// One that is deleted is shown as such; one of another account, or of the other mode, is not there.
    async fn has_customer(&self, reference: &str) -> Result<bool, ProviderError> {
        let found: Option<Answer<Kept>> = self.client.find(&["customers", reference], &Form::new()).await?;
        Ok(found.is_some_and(|found| !found.body.deleted))
    }

    async fn find_method(&self, customer: &str, reference: &str) -> Result<Option<SavedMethod>, ProviderError> {
        let path = ["payment_methods", reference];
        let found: Option<Answer<Kept>> = self.client.find(&path, &Form::new()).await?;
        let Some(Answer { body, .. }) = found else {
            return Ok(None);
        };
        if body.customer.as_deref() != Some(customer) {
            return Ok(None);
        }
        let card = body.card.as_ref().and_then(|card| card.saved_as(body.id.clone()));
        let nonsense = || Fault::Nonsense(format!("`{reference}` is no card with its digits and expiry"));
        Ok(Some(card.ok_or_else(nonsense)?))
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
