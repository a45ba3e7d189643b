//! Members of staff sign in at a provider of OpenID Connect: there and back, and what does not get through.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use reqwest::{Response, redirect::Policy};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vitrine_adapters::config::{Oidc, Secret};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    TestShop,
    identity_stand_in::{IdentityStandIn, Lie},
};

use super::second_factor::set_up;

const REDEEM: &str = "mutation($input: SessionFromCodeInput!) { sessionFromCode(input: $input) { session { accessToken staffMember { email } } userErrors { code message } } }";
const VERIFIER: &str = "what the front end made up, and keeps until it comes back";

/// A browser, which keeps cookies and follows nothing by itself.
struct Browser {
    http: reqwest::Client,
    cookie: Option<String>,
    shop: String,
}

impl Browser {
    fn new(shop: &TestShop) -> Self {
        let http = reqwest::Client::builder()
            .tls_built_in_root_certs(false)
            .redirect(Policy::none());
        Self {
            http: http.build().unwrap(),
            cookie: None,
            shop: shop.guest().base().to_owned(),
        }
    }

    async fn get(&mut self, url: &str) -> Response {
        let mut request = self.http.get(url);
        if let (Some(cookie), true) = (&self.cookie, url.starts_with(&self.shop)) {
            request = request.header("cookie", cookie);
        }
        let answer = request.send().await.unwrap();
        if let Some(set) = answer.headers().get("set-cookie") {
            let set = set.to_str().unwrap();
            assert!(
                set.contains("; HttpOnly; SameSite=Lax") && set.contains("; Path=/auth/oidc;"),
                "{set}"
            );
            self.cookie = Some(set.split(';').next().unwrap().to_owned());
        }
        answer
    }

    async fn follow(&mut self, url: &str) -> String {
        let answer = self.get(url).await;
        let status = answer.status();
        assert!(
            status.is_redirection(),
            "{url} answered {status}: {}",
            answer.text().await.unwrap()
        );
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// To the provider, and back to our door, which is not entered yet.
    async fn there(&mut self) -> String {
        let at_provider = self.follow(&start(&self.shop, &format!("{}/desk", self.shop))).await;
        self.follow(&at_provider).await
    }

    /// All the way. Gives what stands in the fragment.
    async fn sign_in(&mut self) -> String {
        let back = self.there().await;
        let page = self.follow(&back).await;
        let (page, fragment) = page.split_once('#').unwrap();
        assert_eq!(page, format!("{}/desk", self.shop));
        fragment.to_owned()
    }
}

fn start(shop: &str, return_to: &str) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    format!("{shop}/auth/oidc/acme/start?code_challenge={challenge}&return_to={return_to}")
}

fn redemption(fragment: &str, second_factor: Option<&str>) -> Value {
    let code = fragment.strip_prefix("code=").expect("a code");
    json!({ "input": { "code": code, "codeVerifier": VERIFIER, "secondFactor": second_factor } })
}

/// A shop that knows a provider on the same clock.
async fn open() -> (TestShop, IdentityStandIn) {
    let provider = IdentityStandIn::start().await;
    let issuer = provider.issuer().to_owned();
    let shop = TestShop::open_with(|config| {
        config.auth.oidc.push(Oidc {
            name: "acme".to_owned(),
            title: "Acme".to_owned(),
            issuer,
            client_id: IdentityStandIn::CLIENT_ID.to_owned(),
            client_secret: Some(Secret::new(IdentityStandIn::CLIENT_SECRET)),
            client_secret_file: None,
            scopes: vec!["email".to_owned()],
        });
    })
    .await;
    provider.go_by(shop.clock.clone());
    provider.is("grace-at-acme", "Fulfilment@Example.com");
    (shop, provider)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_signs_in_at_a_provider() {
    let (shop, provider) = open().await;
    let (staff, guest) = (shop.staff(StaffRole::Fulfilment).await, shop.guest());
    let shown = guest.data("{ authProviders { name title startUrl } }", json!({})).await;
    let url = format!("{}/auth/oidc/acme/start", guest.base());
    assert_eq!(
        shown["authProviders"],
        json!([{ "name": "acme", "title": "Acme", "startUrl": url }])
    );

    let mut browser = Browser::new(&shop);
    let fragment = browser.sign_in().await;
    // A code that leaks is nothing without what the front end kept.
    let code = fragment.strip_prefix("code=").unwrap();
    let stolen = json!({ "input": { "code": code, "codeVerifier": "something else" } });
    assert_eq!(guest.refusals(REDEEM, stolen).await, ["INVALID_TOKEN"]);
    let session = guest.done(REDEEM, redemption(&fragment, None)).await["session"].take();
    assert_eq!(session["staffMember"]["email"], "fulfilment@example.com");
    assert_eq!(
        guest.refusals(REDEEM, redemption(&fragment, None)).await,
        ["INVALID_TOKEN"],
        "used"
    );

    // From now on they are known by what names them there, whatever their address is.
    provider.is("grace-at-acme", "another@example.com");
    let fragment = browser.sign_in().await;
    shop.clock.advance(TimeDelta::seconds(61));
    assert_eq!(
        guest.refusals(REDEEM, redemption(&fragment, None)).await,
        ["INVALID_TOKEN"],
        "a minute"
    );

    // The provider's second factor is not taken for ours.
    let signed_in = guest.with_token(session["accessToken"].as_str().unwrap());
    let (app, _) = set_up(&shop, &signed_in).await;
    let fragment = browser.sign_in().await;
    assert_eq!(
        guest.refusals(REDEEM, redemption(&fragment, None)).await,
        ["SECOND_FACTOR_REQUIRED"]
    );
    let code = app.next_code();
    guest.done(REDEEM, redemption(&fragment, Some(&code))).await;

    let linked = "{ linkedIdentities { id provider email } }";
    let list = staff.data(linked, json!({})).await["linkedIdentities"].take();
    assert_eq!(
        (&list[0]["provider"], &list[0]["email"]),
        (&json!("acme"), &json!("fulfilment@example.com"))
    );
    let unlink = "mutation($input: IdentityUnlinkInput!) { identityUnlink(input: $input) { unlinked userErrors { code message field } } }";
    let input = json!({ "input": { "id": list[0]["id"] } });
    let other = shop.staff(StaffRole::Administrator).await;
    assert_eq!(other.refusals(unlink, input.clone()).await, ["NOT_FOUND"]);
    staff.done(unlink, input).await;
    assert_eq!(staff.data(linked, json!({})).await["linkedIdentities"], json!([]));
    assert_eq!(
        browser.sign_in().await,
        "error=WRONG_CREDENTIALS",
        "the address is another's now"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_provider_says_must_hold() {
    let (shop, provider) = open().await;
    shop.staff(StaffRole::Fulfilment).await;
    for lie in [
        Lie::WrongNonce,
        Lie::WrongAudience,
        Lie::OtherIssuer,
        Lie::OtherKey,
        Lie::Expired,
        Lie::AlgorithmNone,
        Lie::UnverifiedEmail,
    ] {
        provider.lie(Some(lie));
        assert_eq!(
            Browser::new(&shop).sign_in().await,
            "error=WRONG_CREDENTIALS",
            "{lie:?}"
        );
    }
    provider.lie(None);
    provider.is("eve-at-acme", "eve@example.com");
    assert_eq!(
        Browser::new(&shop).sign_in().await,
        "error=WRONG_CREDENTIALS",
        "nobody who works here"
    );
    provider.is("grace-at-acme", "fulfilment@example.com");
    assert!(
        Browser::new(&shop).sign_in().await.starts_with("code="),
        "and without a lie"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_back_is_the_one_that_was_begun_and_goes_once() {
    let (shop, _provider) = open().await;
    shop.staff(StaffRole::Fulfilment).await;
    let base = shop.guest().base().to_owned();
    let mut browser = Browser::new(&shop);
    let back = browser.there().await;
    // Another browser, without a cookie, or with one of its own way.
    let mut other = Browser::new(&shop);
    assert_eq!(other.get(&back).await.status(), 400);
    other.there().await;
    let at_other = other.follow(&back).await;
    assert!(at_other.ends_with("#error=INVALID_TOKEN"), "{at_other}");
    let cookie = browser.cookie.clone();
    for (from, to) in [("state=", "state=x"), ("code=code-1", "code=never")] {
        browser.cookie.clone_from(&cookie);
        let forged = browser.follow(&back.replace(from, to)).await;
        assert!(forged.contains("#error="), "{forged}");
    }
    browser.cookie.clone_from(&cookie);
    assert!(browser.follow(&back).await.contains("#code="));
    assert_eq!(
        browser.cookie.as_deref(),
        Some("vitrine_sign_in="),
        "the ticket is taken back"
    );
    browser.cookie.clone_from(&cookie);
    let again = browser.follow(&back).await;
    assert!(again.contains("#error="), "replayed: {again}");

    // A ticket that is too old or forged is none.
    browser.there().await;
    let late = browser.there().await;
    shop.clock.advance(TimeDelta::minutes(10));
    assert_eq!(browser.get(&late).await.status(), 400);
    let forged = cookie.unwrap().replace("vitrine_sign_in=", "vitrine_sign_in=x");
    browser.cookie = Some(forged);
    assert_eq!(browser.get(&back).await.status(), 400);

    for elsewhere in [
        "https://evil.example/",
        "//evil.example",
        "/desk",
        "javascript:alert(1)",
        &format!("{base}@evil.example/"),
        &format!("{base}.evil.example/"),
        "",
    ] {
        assert_eq!(browser.get(&start(&base, elsewhere)).await.status(), 400, "{elsewhere}");
    }
    let unknown = start(&base, &format!("{base}/desk")).replace("acme", "other");
    assert_eq!(browser.get(&unknown).await.status(), 404);
    let weak = start(&base, &format!("{base}/desk")).replace("code_challenge=", "code_challenge=x");
    assert_eq!(browser.get(&weak).await.status(), 400);
    shop.close().await;
}
