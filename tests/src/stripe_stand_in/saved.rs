//! Customers, and the cards that are saved for them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    books::{Books, Customer, Method},
    error::StripeError,
    parameters::Parameters,
};

impl Books {
    pub(super) fn create_customer(&mut self, parameters: &Parameters) -> Result<Value, StripeError> {
        parameters.allow(&["metadata"])?;
        let customer = Customer {
            id: self.id("cus"),
            metadata: parameters.metadata(),
        };
        let shown = customer_json(&customer);
        self.customers.push(customer);
        Ok(shown)
    }

    /// Its cards are nobody's after that.
    pub(super) fn delete_customer(&mut self, id: &str, now: DateTime<Utc>) -> Result<Value, StripeError> {
        let place = self.customers.iter().position(|customer| customer.id == id);
        let place = place.ok_or_else(|| StripeError::no_such("customer", id, "id"))?;
        let customer = self.customers.remove(place);
        self.deleted_customers.push(customer.id.clone());
        for method in &mut self.methods {
            if method.customer.as_deref() == Some(id) {
                method.customer = None;
            }
        }
        self.tell_saved("customer.deleted", customer_json(&customer), now);
        Ok(json!({ "id": id, "object": "customer", "deleted": true }))
    }

    /// One that was deleted is shown as such, and no more of it.
    pub(super) fn customer(&self, id: &str) -> Result<Value, StripeError> {
        if self.deleted_customers.iter().any(|deleted| deleted == id) {
            return Ok(json!({ "id": id, "object": "customer", "deleted": true }));
        }
        let found = self.customers.iter().find(|customer| customer.id == id);
        found
            .map(customer_json)
            .ok_or_else(|| StripeError::no_such("customer", id, "id"))
    }

    /// The bank gives out another card in the place of one.
    pub(super) fn replace_method(&mut self, id: &str, last_four: &str, expiry: (u32, i32), now: DateTime<Utc>) {
        let found = self.methods.iter_mut().find(|method| method.id == id);
        let method = found.expect("a card that is kept");
        (method.last_four, method.expiry) = (last_four.to_owned(), expiry);
        let shown = method_json(method);
        self.tell_saved("payment_method.automatically_updated", shown, now);
    }

    pub(super) fn method(&self, id: &str) -> Result<Value, StripeError> {
        let found = self.methods.iter().find(|method| method.id == id);
        found
            .map(method_json)
            .ok_or_else(|| StripeError::no_such("PaymentMethod", id, "id"))
    }

    pub(super) fn detach_method(&mut self, id: &str, now: DateTime<Utc>) -> Result<Value, StripeError> {
        let found = self.methods.iter_mut().find(|method| method.id == id);
        let method = found.ok_or_else(|| StripeError::no_such("PaymentMethod", id, "id"))?;
        if method.customer.take().is_none() {
            return Err(StripeError::not_attached());
        }
        let shown = method_json(method);
        self.tell_saved("payment_method.detached", shown.clone(), now);
        Ok(shown)
    }

    pub(super) fn all_customers(&self) -> Vec<Value> {
        self.customers.iter().map(customer_json).collect()
    }

    pub(super) fn all_methods(&self) -> Vec<Value> {
        let attached = self.methods.iter().filter(|method| method.customer.is_some());
        attached.map(method_json).collect()
    }

    /// For whom an intent is.
    pub(super) fn customer_of(&self, parameters: &Parameters) -> Result<Option<String>, StripeError> {
        let Some(id) = parameters.text("customer") else {
            return Ok(None);
        };
        match self.customers.iter().any(|customer| customer.id == id) {
            true => Ok(Some(id.to_owned())),
            false => Err(StripeError::no_such("customer", id, "customer")),
        }
    }

    /// The saved card that is to pay: for nobody but its customer.
    pub(super) fn saved_of(
        &self,
        parameters: &Parameters,
        customer: Option<&str>,
    ) -> Result<Option<Method>, StripeError> {
        let named = parameters.text("payment_method");
        let found = self.methods.iter().find(|method| Some(method.id.as_str()) == named);
        match found {
            Some(method) if method.customer.is_none() || method.customer.as_deref() != customer => {
                Err(StripeError::not_the_customers(&method.id))
            }
            found => Ok(found.cloned()),
        }
    }

    /// The card of an intent that has gone through is its customer's, if that was asked for.
    pub(super) fn save_method(&mut self, place: usize) {
        let intent = &mut self.intents[place];
        let (Some(customer), Some(card), None, true) =
            (intent.customer.clone(), intent.card, &intent.method, intent.saves)
        else {
            return;
        };
        let method = Method {
            id: format!("pm_of_{}", intent.id),
            customer: Some(customer),
            card,
            last_four: "4242".to_owned(),
            expiry: (12, 2034),
        };
        intent.method = Some(method.id.clone());
        self.methods.push(method);
    }
}

fn customer_json(customer: &Customer) -> Value {
    json!({
        "id": customer.id,
        "object": "customer",
        "email": null,
        "livemode": false,
        "metadata": customer.metadata,
        "name": null,
    })
}

fn method_json(method: &Method) -> Value {
    json!({
        "id": method.id,
        "object": "payment_method",
        "card": { "brand": "visa", "exp_month": method.expiry.0, "exp_year": method.expiry.1, "last4": method.last_four },
        "customer": method.customer,
        "livemode": false,
        "type": "card",
    })
}
