//! Who signs in to a shop.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_commerce::{Context, customers::password, staff};
use vitrine_entity::{customer, ids::CustomerId, staff_member::StaffRole};

use super::{PASSWORD, TestShop};
use crate::client::Client;

impl TestShop {
    /// A new customer, signed in. Their address counts as confirmed without a mail; `accounts.rs` signs up through
    /// the door.
    pub async fn customer(&self, email: &str) -> Client {
        let session = self.customer_session(email).await;
        self.guest()
            .with_token(session["accessToken"].as_str().expect("a token"))
    }

    /// The session of a new customer, with `accessToken` and `refreshToken`.
    pub async fn customer_session(&self, email: &str) -> serde_json::Value {
        let shop = self.shop();
        let row = customer::Model {
            id: CustomerId(shop.new_id()),
            email: email.to_owned(),
            name: "Ada Lovelace".to_owned(),
            has_password: true,
            address_proven: true,
            password_hash: password::hash(shop, &Context::system(shop, "test"), PASSWORD)
                .await
                .expect("a hash"),
            created_at: shop.now(),
            tax_exempt: false,
            tax_exempt_reason: None,
            version: 1,
            disabled_at: None,
            last_seen_at: None,
            inactivity_told_at: None,
            language: None,
        };
        row.into_active_model().insert(&shop.db).await.expect("a customer");
        let mutation = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken refreshToken } userErrors { code message } } }";
        let input = serde_json::json!({ "input": { "email": email, "password": PASSWORD } });
        self.guest().done(mutation, input).await["session"].take()
    }

    /// A new member of staff, signed in.
    pub async fn staff(&self, role: StaffRole) -> Client {
        let email = format!("{}@example.com", format!("{role:?}").to_lowercase());
        let new = staff::NewStaff {
            email,
            name: "Grace Hopper".to_owned(),
            password: PASSWORD.to_owned(),
            role,
        };
        staff::create(self.shop(), &Context::system(self.shop(), "test"), new)
            .await
            .expect("a member of staff");
        self.sign_in(role).await
    }

    /// A member of staff that [`staff`](Self::staff) made, signed in anew.
    pub async fn sign_in(&self, role: StaffRole) -> Client {
        let email = format!("{}@example.com", format!("{role:?}").to_lowercase());
        let mutation = "mutation($input: StaffLoginInput!) { staffLogin(input: $input) { session { accessToken } userErrors { code message } } }";
        let payload = self
            .guest()
            .done(
                mutation,
                serde_json::json!({ "input": { "email": email, "password": PASSWORD } }),
            )
            .await;
        self.guest()
            .with_token(payload["session"]["accessToken"].as_str().expect("a token"))
    }
}
