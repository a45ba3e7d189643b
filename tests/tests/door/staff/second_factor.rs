//! The second factor: codes that are taken once, and codes on paper.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};
use vitrine_commerce::ports::Clock;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

use super::{LOGIN, ROLE_UPDATE, hire, role, status, viewer};

const SETUP: &str = "mutation($input: StaffTwoFactorSetupInput!) { staffTwoFactorSetup(input: $input) { setup { secret otpauthUrl } userErrors { code message } } }";
const CONFIRM: &str = "mutation($input: StaffTwoFactorConfirmInput!) { staffTwoFactorConfirm(input: $input) { recoveryCodes userErrors { code message } } }";
const DISABLE: &str = "mutation($input: StaffTwoFactorDisableInput!) { staffTwoFactorDisable(input: $input) { staffMember { twoFactorEnabled } userErrors { code message } } }";
const RENEW: &str = "mutation($input: StaffRecoveryCodesRenewInput!) { staffRecoveryCodesRenew(input: $input) { recoveryCodes userErrors { code message } } }";
const RESET: &str = "mutation($input: StaffMemberTwoFactorResetInput!) { staffMemberTwoFactorReset(input: $input) { staffMember { twoFactorEnabled } userErrors { code message } } }";

/// Somebody's authenticator app.
pub(crate) struct App<'a> {
    shop: &'a TestShop,
    secret: String,
}

impl App<'_> {
    /// What it shows now.
    fn code(&self) -> String {
        let seconds = u64::try_from(self.shop.clock.now().timestamp()).unwrap();
        let secret = Secret::try_from_base32(&self.secret).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        totp.generate(seconds).to_string()
    }

    /// What it shows when it shows something else.
    pub(crate) fn next_code(&self) -> String {
        self.shop.clock.advance(TimeDelta::seconds(30));
        self.code()
    }
}

/// Sets a second factor up. Gives the app and the codes on paper.
pub(crate) async fn set_up<'a>(shop: &'a TestShop, staff: &Client) -> (App<'a>, Vec<String>) {
    let setup = staff.done(SETUP, json!({ "input": { "password": PASSWORD } })).await["setup"].take();
    let secret = setup["secret"].as_str().unwrap().to_owned();
    let url = setup["otpauthUrl"].as_str().unwrap();
    assert!(url.starts_with("otpauth://totp/") && url.contains(&secret), "{url}");
    let app = App { shop, secret };
    let wrong = json!({ "input": { "code": "000000" } });
    assert_eq!(staff.refusals(CONFIRM, wrong).await, ["WRONG_SECOND_FACTOR"]);
    let confirmed = staff.done(CONFIRM, json!({ "input": { "code": app.code() } })).await;
    let codes = confirmed["recoveryCodes"].as_array().unwrap();
    (
        app,
        codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect(),
    )
}

fn login(email: &str, code: Option<&str>) -> Value {
    json!({ "input": { "email": email, "password": PASSWORD, "code": code } })
}

const EMAIL: &str = "fulfilment@example.com";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_asked_for_and_taken_once() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Fulfilment).await, shop.guest());
    assert_eq!(
        staff
            .refusals(SETUP, json!({ "input": { "password": "wrong password" } }))
            .await,
        ["WRONG_CREDENTIALS"]
    );
    let (app, paper) = set_up(&shop, &staff).await;
    assert_eq!(viewer(&staff).await["twoFactorEnabled"], true);
    assert_eq!(
        staff
            .refusals(SETUP, json!({ "input": { "password": PASSWORD } }))
            .await,
        ["INVALID"]
    );

    assert_eq!(
        guest.refusals(LOGIN, login(EMAIL, None)).await,
        ["SECOND_FACTOR_REQUIRED"]
    );
    assert_eq!(
        guest.refusals(LOGIN, login(EMAIL, Some(" "))).await,
        ["SECOND_FACTOR_REQUIRED"]
    );
    let wrong_password = json!({ "input": { "email": EMAIL, "password": "not the password", "code": app.code() } });
    assert_eq!(guest.refusals(LOGIN, wrong_password).await, ["WRONG_CREDENTIALS"]);
    let confirmed_with = app.code();
    assert_eq!(
        guest.refusals(LOGIN, login(EMAIL, Some(&confirmed_with))).await,
        ["WRONG_SECOND_FACTOR"],
        "used already"
    );
    let code = app.next_code();
    let tries = join_all((0..4).map(|_| guest.payload(LOGIN, login(EMAIL, Some(&code))))).await;
    assert_eq!(
        tries.iter().filter(|payload| payload["session"].is_object()).count(),
        1,
        "{tries:?}"
    );
    assert_eq!(
        guest.refusals(LOGIN, login(EMAIL, Some(&confirmed_with))).await,
        ["WRONG_SECOND_FACTOR"],
        "an older one"
    );

    guest.done(LOGIN, login(EMAIL, Some(&paper[0].to_uppercase()))).await;
    assert_eq!(
        guest.refusals(LOGIN, login(EMAIL, Some(&paper[0]))).await,
        ["WRONG_SECOND_FACTOR"]
    );
    let input = json!({ "input": { "password": PASSWORD, "code": app.next_code() } });
    let renewed = staff.done(RENEW, input).await["recoveryCodes"].take();
    assert_eq!(renewed.as_array().unwrap().len(), 10);
    assert_eq!(
        guest.refusals(LOGIN, login(EMAIL, Some(&paper[1]))).await,
        ["WRONG_SECOND_FACTOR"]
    );
    guest.done(LOGIN, login(EMAIL, renewed[9].as_str())).await;

    let disable = |code: &str| json!({ "input": { "password": PASSWORD, "code": code } });
    assert_eq!(
        staff.refusals(DISABLE, disable("nothing")).await,
        ["WRONG_SECOND_FACTOR"]
    );
    staff.done(DISABLE, disable(&app.next_code())).await;
    guest.done(LOGIN, login(EMAIL, None)).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessing_is_bounded_and_nothing_in_the_database_makes_codes() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Fulfilment).await, shop.guest());
    let (app, paper) = set_up(&shop, &staff).await;
    app.next_code();
    for _ in 0..5 {
        assert_eq!(
            guest.refusals(LOGIN, login(EMAIL, Some("123 456"))).await,
            ["WRONG_SECOND_FACTOR"]
        );
    }
    for code in [app.code(), paper[0].clone()] {
        assert_eq!(
            guest.refusals(LOGIN, login(EMAIL, Some(&code))).await,
            ["TOO_MANY_ATTEMPTS"]
        );
    }
    shop.clock.advance(TimeDelta::minutes(15));
    let code = app.code();
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    guest.done(LOGIN, login(EMAIL, Some(&spaced))).await;

    use sea_orm::EntityTrait;
    let rows = vitrine_entity::staff_second_factor::Entity::find()
        .all(&shop.shop().db)
        .await
        .unwrap();
    let secret = Secret::try_from_base32(&app.secret).unwrap();
    assert!(rows.iter().all(|row| !secret.as_bytes().starts_with(&row.nonce[..8])));
    let hashes = vitrine_entity::staff_recovery_code::Entity::find()
        .all(&shop.shop().db)
        .await
        .unwrap();
    assert!(hashes.iter().all(|row| row.code_hash.len() == 32) && hashes.len() == 10);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_may_require_one_and_an_administrator_resets_a_lost_one() {
    let shop = TestShop::open().await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let packer = role(&administrator, "fulfilment").await;
    let (joan, id) = hire(&shop, &administrator, "joan@example.com", &packer).await;
    let orders = "{ orders(first: 1) { nodes { id } } }";
    joan.data(orders, json!({})).await;
    administrator
        .done(
            ROLE_UPDATE,
            json!({ "input": { "id": packer, "twoFactorRequired": true } }),
        )
        .await;
    let refused = joan.answer(orders, json!({})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(viewer(&joan).await["twoFactorMissing"], true);
    let (app, _) = set_up(&shop, &joan).await;
    joan.data(orders, json!({})).await;
    let disable = json!({ "input": { "password": PASSWORD, "code": app.next_code() } });
    assert_eq!(
        joan.refusals(DISABLE, disable).await,
        ["FORBIDDEN"],
        "the role requires it"
    );

    let own = json!({ "input": { "id": viewer(&administrator).await["id"] } });
    assert_eq!(administrator.refusals(RESET, own).await, ["FORBIDDEN"]);
    administrator.done(RESET, json!({ "input": { "id": id } })).await;
    assert_eq!(status(&joan).await, 401);
    shop.guest().done(LOGIN, login("joan@example.com", None)).await;
    shop.close().await;
}
