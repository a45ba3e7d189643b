//! Who signs in to a shop. Their password is hashed once a process: that is much of what a short test takes.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use tokio::sync::OnceCell;
use vitrine_commerce::{
    Context, Shop,
    customers::password,
    staff::{self, NewStaffChecked},
};
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
            password_hash: hashed(shop).await.to_owned(),
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
        let (shop, member) = (self.shop(), prepared(self.shop(), role).await);
        let context = Context::system(shop, "test");
        let created = shop.transact(&context, |tx| async move { staff::create_in(&tx, member).await });
        created.await.expect("a member of staff");
        self.sign_in(role).await
    }

    /// A member of staff that [`staff`](Self::staff) made, signed in anew.
    pub async fn sign_in(&self, role: StaffRole) -> Client {
        let email = email_of(role);
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

fn email_of(role: StaffRole) -> String {
    format!("{}@example.com", format!("{role:?}").to_lowercase())
}

/// The hash of [`PASSWORD`].
async fn hashed(shop: &Shop) -> &'static str {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hashing = async || {
        let hash = password::hash(shop, &Context::system(shop, "test"), PASSWORD).await;
        hash.expect("a hash")
    };
    HASH.get_or_init(hashing).await
}

/// The member of staff that [`TestShop::staff`] makes.
async fn prepared(shop: &Shop, role: StaffRole) -> &'static NewStaffChecked {
    static ADMINISTRATOR: OnceCell<NewStaffChecked> = OnceCell::const_new();
    static FULFILMENT: OnceCell<NewStaffChecked> = OnceCell::const_new();
    let kept = match role {
        StaffRole::Administrator => &ADMINISTRATOR,
        StaffRole::Fulfilment => &FULFILMENT,
    };
    let preparing = async || {
        let new = staff::NewStaff {
            email: email_of(role),
            name: "Grace Hopper".to_owned(),
            password: PASSWORD.to_owned(),
            role,
        };
        let checked = staff::prepare(shop, &Context::system(shop, "test"), new).await;
        checked.expect("a member of staff")
    };
    kept.get_or_init(preparing).await
}
