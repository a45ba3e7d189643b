//! Customers sign in at a provider of OpenID Connect: known ones and new ones, and whom it does not let in.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_commerce::ports::identity_provider::Audience;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    browser::{Browser, REDEEM, open_with_provider, redemption},
    identity_stand_in::Lie,
    shop::PASSWORD,
};

use super::{ADA, LOGIN, NEW, REQUEST, RESET, input, login, mailed_token, subjects, with};

const LINKED: &str = "{ linkedIdentities { id provider email } }";
const UNLINK: &str =
    "mutation($input: IdentityUnlinkInput!) { identityUnlink(input: $input) { unlinked userErrors { code } } }";
const DATA: &str = "mutation($input: CustomerDataExportInput!) { customerDataExport(input: $input) { personalDataExport { id } userErrors { code field } } }";
const ERASE: &str = "mutation($input: CustomerEraseInput!) { customerErase(input: $input) { userErrors { code } } }";

/// All the way, and a session. Gives its payload.
async fn signed_in(shop: &TestShop) -> Value {
    let fragment = Browser::new(shop).sign_in().await;
    shop.guest().done(REDEEM, redemption(&fragment, None)).await
}

async fn linked(client: &Client) -> Vec<Value> {
    let list = client.data(LINKED, json!({})).await["linkedIdentities"].take();
    list.as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_comes_by_a_provider_has_an_account_and_may_choose_a_password() {
    let (shop, provider) = open_with_provider(Audience::Customers).await;
    let guest = shop.guest();
    let lamp = guest.variant("orrin-stone-lamp", "LMP-ORRN").await;
    let order = guest.buy(&[(&lamp, 1)], "tok_approve").await;
    provider.is("ada-at-acme", "ADA@Example.com");
    provider.calls_them("Ada Lovelace");
    let first = signed_in(&shop).await;
    let account = first["session"]["customer"].clone();
    let shown = json!({ "id": account["id"], "email": ADA, "name": "Ada Lovelace", "hasPassword": false });
    assert_eq!(account, shown);
    let ada = with(&guest, &first);
    shop.settle().await;
    let orders = "{ viewer { orders(first: 5) { nodes { number } } } }";
    let mine = ada.data(orders, json!({})).await["viewer"]["orders"]["nodes"].take();
    assert_eq!(mine, json!([{ "number": order.number }]), "its address is proven");

    // Known by what names them there from now on, whatever their address is.
    provider.is("ada-at-acme", "another@example.com");
    assert_eq!(signed_in(&shop).await["session"]["customer"]["id"], account["id"]);
    // Nothing is a password of theirs, and what needs one says how to come to it.
    for nothing in ["", PASSWORD] {
        assert_eq!(guest.refusals(LOGIN, login(ADA, nothing)).await, ["WRONG_CREDENTIALS"]);
    }
    let refused = ada.payload(DATA, input(json!({ "password": PASSWORD }))).await["userErrors"].take();
    assert_eq!(
        refused,
        json!([{ "code": "PASSWORD_NOT_SET", "field": ["input", "password"] }])
    );
    let only = linked(&ada).await;
    let unlink = input(json!({ "id": only[0]["id"] }));
    assert_eq!(ada.refusals(UNLINK, unlink.clone()).await, ["PASSWORD_NOT_SET"]);

    let code = Browser::new(&shop).sign_in().await;
    guest.done(REQUEST, input(json!({ "email": ADA }))).await;
    let reset = json!({ "token": mailed_token(&shop, ADA, "password-reset").await, "password": NEW });
    let ada = with(&guest, &guest.done(RESET, input(reset)).await);
    assert_eq!(
        guest.refusals(REDEEM, redemption(&code, None)).await,
        ["INVALID_TOKEN"],
        "a code that was on its way"
    );
    assert_eq!(linked(&ada).await, only, "their first password takes nothing away");
    let asked = ada.done(DATA, input(json!({ "password": NEW }))).await["personalDataExport"].take();
    shop.settle().await;
    let file = "query($id: ID!) { personalDataExport(id: $id) { url } }";
    let url = ada.data(file, json!({ "id": asked["id"] })).await["personalDataExport"]["url"].take();
    let path = url.as_str().unwrap().strip_prefix(guest.base()).unwrap().to_owned();
    let told: Value = guest.get(&path).await.json().await.unwrap();
    assert_eq!(told["account"]["identities"][0]["subject"], "ada-at-acme");

    let eve = shop.customer("eve@example.com").await;
    assert_eq!(eve.refusals(UNLINK, unlink.clone()).await, ["NOT_FOUND"]);
    ada.done(UNLINK, unlink).await;
    assert_eq!(linked(&ada).await, Vec::<Value>::new());
    // A reset after that is somebody's who may fear for their account: what was linked goes.
    provider.is("ada-at-acme", ADA);
    assert_eq!(signed_in(&shop).await["session"]["customer"]["id"], account["id"]);
    guest.done(REQUEST, input(json!({ "email": ADA }))).await;
    let reset = json!({ "token": mailed_token(&shop, ADA, "password-reset").await, "password": PASSWORD });
    let ada = with(&guest, &guest.done(RESET, input(reset)).await);
    assert_eq!(linked(&ada).await, Vec::<Value>::new());
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_proven_address_opens_an_account_and_a_shut_one_stays_shut() {
    let (shop, provider) = open_with_provider(Audience::Customers).await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let ada = shop.customer(ADA).await;
    let id = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    provider.is("mallory-at-acme", ADA);
    provider.lie(Some(Lie::UnverifiedEmail));
    assert_eq!(Browser::new(&shop).sign_in().await, "error=EMAIL_UNVERIFIED");
    provider.is("mallory-at-acme", "nobody@example.com");
    assert_eq!(Browser::new(&shop).sign_in().await, "error=EMAIL_UNVERIFIED");
    let all = "{ customers(first: 10) { nodes { email } } }";
    let listed = staff.data(all, json!({})).await["customers"]["nodes"].take();
    assert!(!listed.to_string().contains("nobody@example.com"), "{listed}");
    assert_eq!(linked(&ada).await, Vec::<Value>::new());

    provider.lie(None);
    provider.is("ada-at-acme", ADA);
    // An account of a version that did not ask for a proof may be anybody's, until its owner follows a mail's link.
    let old = "update customer set address_proven = false where email = 'ada@example.com'";
    shop.shop().db.execute_unprepared(old).await.unwrap();
    assert_eq!(Browser::new(&shop).sign_in().await, "error=EMAIL_UNVERIFIED");
    guest.done(REQUEST, input(json!({ "email": ADA }))).await;
    let reset = json!({ "token": mailed_token(&shop, ADA, "password-reset").await, "password": PASSWORD });
    let ada = with(&guest, &guest.done(RESET, input(reset)).await);
    assert_eq!(signed_in(&shop).await["session"]["customer"]["id"], id, "hers");
    assert_eq!(linked(&ada).await[0]["email"], ADA);
    let told = subjects(&shop, ADA).await;
    let is_told = |subject: &String| subject.starts_with("Another way into your account");
    assert!(told.iter().any(is_told), "{told:?}");
    // Who has got her address at the provider since is somebody else.
    provider.is("eve-at-acme", ADA);
    assert_eq!(Browser::new(&shop).sign_in().await, "error=WRONG_CREDENTIALS");
    // It makes nobody a member of staff, though a member has the address.
    provider.is("grace-at-acme", "administrator@example.com");
    let shopper = signed_in(&shop).await["session"].take();
    assert_eq!(shopper["staffMember"], Value::Null);
    assert_eq!(shopper["customer"]["name"], "administrator", "what stands before the @");

    provider.is("ada-at-acme", ADA);
    let code = Browser::new(&shop).sign_in().await;
    let life = |name: &str| {
        let kind = format!("Customer{name}Input");
        format!("mutation($input: {kind}!) {{ customer{name}(input: $input) {{ userErrors {{ code }} }} }}")
    };
    staff.done(&life("Disable"), input(json!({ "id": id }))).await;
    assert_eq!(guest.refusals(REDEEM, redemption(&code, None)).await, ["INVALID_TOKEN"]);
    assert_eq!(Browser::new(&shop).sign_in().await, "error=WRONG_CREDENTIALS");
    staff.done(&life("Enable"), input(json!({ "id": id }))).await;
    assert_eq!(signed_in(&shop).await["session"]["customer"]["id"], id);

    staff
        .done(ERASE, input(json!({ "customerId": id, "dryRun": false })))
        .await;
    assert_eq!(
        Browser::new(&shop).sign_in().await,
        "error=WRONG_CREDENTIALS",
        "while it is erased"
    );
    shop.advance(TimeDelta::hours(1)).await;
    let anew = signed_in(&shop).await["session"]["customer"].take();
    assert_ne!(anew["id"], id, "nothing is left by which they were known");
    assert_eq!(anew["hasPassword"], false);
    shop.settle().await;
    shop.close().await;
}
