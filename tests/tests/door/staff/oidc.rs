//! Members of staff sign in at a provider of OpenID Connect: there and back, and what does not get through.

use chrono::TimeDelta;
use serde_json::json;
use vitrine_commerce::{identities, ports::identity_provider::Audience};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    TestShop,
    browser::{Browser, REDEEM, open_with_provider, redemption, start},
    identity_stand_in::{IdentityStandIn, Lie},
};

use super::{LOGIN, mailed_token, passwords, second_factor::set_up};

async fn open() -> (TestShop, IdentityStandIn) {
    let (shop, provider) = open_with_provider(Audience::Staff).await;
    provider.is("grace-at-acme", "Fulfilment@Example.com");
    (shop, provider)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_signs_in_at_a_provider() {
    let (shop, provider) = open().await;
    let (staff, guest) = (shop.staff(StaffRole::Fulfilment).await, shop.guest());
    let shown = guest
        .data("{ authProviders { name title audience startUrl } }", json!({}))
        .await;
    let url = format!("{}/auth/oidc/acme/start", guest.base());
    assert_eq!(
        shown["authProviders"],
        json!([{ "name": "acme", "title": "Acme", "audience": "STAFF", "startUrl": url }])
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

    // Who has got the address at the provider since is somebody else.
    provider.is("eve-at-acme", "fulfilment@example.com");
    assert_eq!(browser.sign_in().await, "error=WRONG_CREDENTIALS");
    provider.is("grace-at-acme", "another@example.com");

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_is_away_is_told_as_such() {
    let (shop, provider) = open().await;
    shop.staff(StaffRole::Fulfilment).await;
    let mut browser = Browser::new(&shop);
    // It sends somebody back, and then answers nothing: they have done nothing wrong.
    provider.lie(Some(Lie::NoTokens));
    assert_eq!(browser.sign_in().await, "error=IDENTITY_PROVIDER_UNAVAILABLE");
    provider.lie(None);
    assert!(browser.sign_in().await.starts_with("code="));
    identities::probe(shop.shop(), "acme").await.unwrap();
    shop.close().await;

    let (shop, provider) = open().await;
    provider.lie(Some(Lie::Away));
    let (mut browser, base) = (Browser::new(&shop), shop.guest().base().to_owned());
    // Whoever comes a moment later need not wait to learn it.
    for _ in 0..3 {
        let page = browser.follow(&start(&base, &format!("{base}/desk"))).await;
        assert_eq!(browser.fragment(&page), "error=IDENTITY_PROVIDER_UNAVAILABLE");
    }
    assert_eq!(provider.discovered(), 1);
    // As those hear who look whether all is well.
    assert!(identities::probe(shop.shop(), "acme").await.is_err());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reset_password_ends_what_was_linked() {
    let (shop, _provider) = open().await;
    let (staff, guest) = (shop.staff(StaffRole::Fulfilment).await, shop.guest());
    let mut browser = Browser::new(&shop);
    let used = browser.sign_in().await;
    guest.done(REDEEM, redemption(&used, None)).await;
    let open = browser.sign_in().await;
    let linked = "{ linkedIdentities { id } }";
    let before = staff.data(linked, json!({})).await["linkedIdentities"].take();
    assert_eq!(before.as_array().unwrap().len(), 1);

    let request = json!({ "input": { "email": "fulfilment@example.com" } });
    guest.done(passwords::REQUEST, request).await;
    let token = mailed_token(&shop, "fulfilment@example.com").await;
    let reset = json!({ "input": { "token": token, "password": "seven lemons and a lime" } });
    guest.done(passwords::RESET, reset).await;
    assert_eq!(
        guest.refusals(REDEEM, redemption(&open, None)).await,
        ["INVALID_TOKEN"],
        "a code that was on its way"
    );
    let login = json!({ "input": { "email": "fulfilment@example.com", "password": "seven lemons and a lime" } });
    let session = guest.done(LOGIN, login).await["session"].take();
    let staff = guest.with_token(session["accessToken"].as_str().unwrap());
    assert_eq!(staff.data(linked, json!({})).await["linkedIdentities"], json!([]));
    // Whose address it is comes back.
    let again = browser.sign_in().await;
    guest.done(REDEEM, redemption(&again, None)).await;
    shop.close().await;
}
