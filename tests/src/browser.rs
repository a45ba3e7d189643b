//! A browser on its way to a provider of OpenID Connect and back: it keeps cookies, and follows nothing by itself.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vitrine_adapters::config::{Oidc, Secret};
use vitrine_commerce::ports::identity_provider::Audience;

use crate::{TestShop, client::http_that_stays, identity_stand_in::IdentityStandIn};

/// What the front end makes of the code.
pub const REDEEM: &str = "mutation($input: SessionFromCodeInput!) { sessionFromCode(input: $input) {
    session { accessToken staffMember { email } customer { id email name hasPassword } } userErrors { code message } } }";

const VERIFIER: &str = "what the front end made up, and keeps until it comes back";

/// A browser at a shop.
pub struct Browser {
    http: reqwest::Client,
    pub cookie: Option<String>,
    shop: String,
}

impl Browser {
    pub fn new(shop: &TestShop) -> Self {
        Self {
            http: http_that_stays(),
            cookie: None,
            shop: shop.guest().base().to_owned(),
        }
    }

    /// # Panics
    /// When nobody answers, or the cookie may be read by scripts or sent elsewhere.
    pub async fn get(&mut self, url: &str) -> Response {
        let mut request = self.http.get(url);
        if let (Some(cookie), true) = (&self.cookie, url.starts_with(&self.shop)) {
            request = request.header("cookie", cookie);
        }
        let answer = request.send().await.expect("an answer");
        if let Some(set) = answer.headers().get("set-cookie") {
            let set = set.to_str().expect("a cookie of visible letters");
            assert!(
                set.contains("; HttpOnly; SameSite=Lax") && set.contains("; Path=/auth/oidc;"),
                "{set}"
            );
            self.cookie = set.split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Where it is sent.
    ///
    /// # Panics
    /// When it is not sent anywhere.
    pub async fn follow(&mut self, url: &str) -> String {
        let answer = self.get(url).await;
        let status = answer.status();
        let to = answer.headers().get("location").cloned();
        assert!(
            status.is_redirection(),
            "{url} answered {status}: {}",
            answer.text().await.unwrap_or_default()
        );
        let to = to.expect("a redirection names an address");
        to.to_str().expect("an address").to_owned()
    }

    /// To the provider, and back to our door, which is not entered yet.
    pub async fn there(&mut self) -> String {
        let at_provider = self.follow(&start(&self.shop, &self.page())).await;
        self.follow(&at_provider).await
    }

    /// All the way. Gives what stands in the fragment.
    ///
    /// # Panics
    /// When it comes back elsewhere.
    pub async fn sign_in(&mut self) -> String {
        let back = self.there().await;
        let page = self.follow(&back).await;
        self.fragment(&page)
    }

    /// Of an address of the front end's.
    ///
    /// # Panics
    /// When it is another's.
    pub fn fragment(&self, page: &str) -> String {
        let (page, fragment) = page.split_once('#').expect("a fragment");
        assert_eq!(page, self.page());
        fragment.to_owned()
    }

    /// Of the front end.
    fn page(&self) -> String {
        format!("{}/desk", self.shop)
    }
}

/// Where the way begins.
pub fn start(shop: &str, return_to: &str) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    format!("{shop}/auth/oidc/acme/start?code_challenge={challenge}&return_to={return_to}")
}

/// What the front end sends for a session.
///
/// # Panics
/// When it came back without a code.
pub fn redemption(fragment: &str, second_factor: Option<&str>) -> Value {
    let code = fragment
        .strip_prefix("code=")
        .unwrap_or_else(|| panic!("no code: {fragment}"));
    json!({ "input": { "code": code, "codeVerifier": VERIFIER, "secondFactor": second_factor } })
}

/// A shop that knows a provider on the same clock, for staff or for customers.
pub async fn open_with_provider(audience: Audience) -> (TestShop, IdentityStandIn) {
    open_with(IdentityStandIn::start().await, audience).await
}

/// The same, with a provider that is another site to browsers, where people press a button.
pub async fn open_with_provider_elsewhere(audience: Audience) -> (TestShop, IdentityStandIn) {
    let provider = IdentityStandIn::start_at("localhost").await;
    provider.shows_a_page();
    open_with(provider, audience).await
}

async fn open_with(provider: IdentityStandIn, audience: Audience) -> (TestShop, IdentityStandIn) {
    let issuer = provider.issuer().to_owned();
    let shop = TestShop::open_with(|config| {
        config.auth.oidc.push(Oidc {
            name: "acme".to_owned(),
            title: "Acme".to_owned(),
            issuer,
            client_id: IdentityStandIn::CLIENT_ID.to_owned(),
            client_secret: Some(Secret::new(IdentityStandIn::CLIENT_SECRET)),
            client_secret_file: None,
            audience,
            scopes: None,
        });
    })
    .await;
    provider.go_by(shop.clock.clone());
    (shop, provider)
}
