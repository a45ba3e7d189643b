//! Accounts, sessions and staff.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use vitrine_commerce::{
    Context, ErrorCode, Result, Viewer,
    customers::{
        Holder,
        confirm::{Confirm, confirm},
        login::{Login, login_customer},
        session::{self, SignedIn},
        sign_up::{SignUp, sign_up},
        token,
    },
    staff::{
        self, NewStaff, access,
        login::{StaffLogin, login as login_staff},
    },
};
use vitrine_entity::{
    customer_sign_up, refresh_token, session as session_row, staff_audit, staff_member, staff_member::StaffRole,
};
use vitrine_tests::memory::{Fixture, codes, context, fixture, fixture_with};

use crate::{guest, meanwhile::Meanwhile};

const PASSWORD: &str = "a dozen lemons";

async fn ada(fixture: &Fixture) -> SignedIn {
    let input = SignUp {
        email: " Ada@Example.com".to_owned(),
        password: PASSWORD.to_owned(),
        name: "Ada".to_owned(),
    };
    let shop = &fixture.shop;
    sign_up(shop, &guest(), input).await.expect("an account");
    let row = customer_sign_up::Entity::find().one(&shop.db).await;
    let row = row.expect("a row can be read").expect("there is one");
    let link = vitrine_commerce::customers::sign_up::url(shop, row.id);
    let input = Confirm {
        token: link.split_once('#').expect("a token").1.to_owned(),
        password: PASSWORD.to_owned(),
    };
    confirm(shop, &guest(), input).await.expect("an account")
}

async fn grace(fixture: &Fixture, role: StaffRole) -> staff_member::Model {
    let input = NewStaff {
        email: "grace@example.com".to_owned(),
        name: "Grace".to_owned(),
        password: PASSWORD.to_owned(),
        role,
    };
    staff::create(&fixture.shop, &Context::system(&fixture.shop, "test"), input)
        .await
        .expect("a member of staff")
}

fn login(email: &str, password: &str) -> Login {
    Login {
        email: email.to_owned(),
        password: password.to_owned(),
    }
}

fn staff_login(email: &str, password: &str) -> StaffLogin {
    StaffLogin {
        email: email.to_owned(),
        password: password.to_owned(),
        code: None,
    }
}

async fn refresh(fixture: &Fixture, token: &str) -> Result<SignedIn> {
    session::refresh(&fixture.shop, &guest(), token).await
}

async fn viewer_of(fixture: &Fixture, access_token: &str) -> Option<Viewer> {
    let known = access::recognise(&fixture.shop, access_token).await.expect("an answer");
    known.map(|known| known.viewer)
}

#[tokio::test]
async fn confirming_signs_in_and_an_address_that_is_taken_answers_alike() {
    let fixture = fixture().await;
    let signed_in = ada(&fixture).await;
    let verified = token::verify(&fixture.shop, &signed_in.access_token).unwrap();
    assert_eq!(verified.holder, signed_in.holder);
    assert_eq!(verified.expires_at, signed_in.access_token_expires_at);

    let again = SignUp {
        email: "ADA@example.com".to_owned(),
        password: PASSWORD.to_owned(),
        name: "Eve".to_owned(),
    };
    sign_up(&fixture.shop, &guest(), again).await.expect("the same answer");
    let theirs = login_customer(&fixture.shop, &guest(), login("ada@example.com", PASSWORD)).await;
    assert_eq!(theirs.unwrap().holder, signed_in.holder);
    let wrong = SignUp {
        email: "a@x.com,b@y.com".to_owned(),
        password: "short".to_owned(),
        name: "\r\n".to_owned(),
    };
    let all_at_once = [ErrorCode::Invalid, ErrorCode::WeakPassword, ErrorCode::Invalid];
    assert_eq!(codes(sign_up(&fixture.shop, &guest(), wrong).await), all_at_once);
}

#[tokio::test]
async fn unknown_and_wrong_answer_alike() {
    let fixture = fixture().await;
    let holder = ada(&fixture).await.holder;
    let grace = grace(&fixture, StaffRole::Fulfilment).await;
    let customer = login_customer(&fixture.shop, &guest(), login("ada@EXAMPLE.com ", PASSWORD))
        .await
        .unwrap();
    assert_eq!(customer.holder, holder);
    let staff = login_staff(&fixture.shop, &guest(), staff_login("grace@example.com", PASSWORD))
        .await
        .unwrap();
    assert_eq!(staff.holder, Holder::Staff(grace.id));

    let mut answers = Vec::new();
    for (email, password) in [
        ("ada@example.com", "another password"),
        ("nobody@example.com", PASSWORD),
        ("no address", PASSWORD),
        ("grace@example.com", PASSWORD),
        ("ada@example.com", &"x".repeat(1 << 20)),
    ] {
        let answer = login_customer(&fixture.shop, &guest(), login(email, password))
            .await
            .map(|_| ())
            .unwrap_err();
        answers.push(format!("{answer:?}"));
    }
    assert!(
        answers[0].contains("WrongCredentials") && answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    let as_staff = login_staff(&fixture.shop, &guest(), staff_login("ada@example.com", PASSWORD)).await;
    assert_eq!(
        codes(as_staff),
        [ErrorCode::WrongCredentials],
        "a customer is no member of staff"
    );
}

#[tokio::test]
async fn a_refresh_token_is_replaced_by_the_next() {
    let fixture = fixture().await;
    let first = ada(&fixture).await;
    fixture.clock.advance(TimeDelta::days(7));
    let second = refresh(&fixture, &first.refresh_token).await.unwrap();
    assert_ne!(first.refresh_token, second.refresh_token);
    assert_eq!(
        first.refresh_token_expires_at, second.refresh_token_expires_at,
        "a session ends when it ends"
    );
    assert!(token::verify(&fixture.shop, &first.access_token).is_err());
    assert_eq!(
        token::verify(&fixture.shop, &second.access_token).unwrap().holder,
        first.holder
    );
    let third = refresh(&fixture, &second.refresh_token).await.unwrap();

    fixture.clock.advance(TimeDelta::days(23));
    assert_eq!(
        codes(refresh(&fixture, &third.refresh_token).await),
        [ErrorCode::InvalidToken]
    );
}

#[tokio::test]
async fn a_token_used_twice_ends_its_session_and_no_other() {
    let fixture = fixture().await;
    let first = ada(&fixture).await;
    let elsewhere = login_customer(&fixture.shop, &guest(), login("ada@example.com", PASSWORD))
        .await
        .unwrap();
    let second = refresh(&fixture, &first.refresh_token).await.unwrap();
    fixture.clock.advance(TimeDelta::seconds(19));
    let again = refresh(&fixture, &first.refresh_token).await.unwrap();
    assert_eq!(again.refresh_token, second.refresh_token, "its answer was lost");

    fixture.clock.advance(TimeDelta::seconds(2));
    assert_eq!(
        codes(refresh(&fixture, &first.refresh_token).await),
        [ErrorCode::InvalidToken]
    );
    assert_eq!(
        codes(refresh(&fixture, &second.refresh_token).await),
        [ErrorCode::InvalidToken],
        "the family has ended"
    );
    assert!(refresh(&fixture, &elsewhere.refresh_token).await.is_ok());
    for garbage in ["", "x", &"x".repeat(1 << 20)] {
        assert_eq!(codes(refresh(&fixture, garbage).await), [ErrorCode::InvalidToken]);
    }
}

#[tokio::test]
async fn many_at_once_are_given_the_same_successor() {
    let fixture = fixture().await;
    let first = ada(&fixture).await;
    let attempts = (0..8).map(|_| refresh(&fixture, &first.refresh_token));
    let served: Vec<_> = futures::future::join_all(attempts)
        .await
        .into_iter()
        .filter_map(Result::ok)
        .collect();
    assert_eq!(served.len(), 8);
    let next = &served[0].refresh_token;
    assert!(served.iter().all(|one| one.refresh_token == *next));
    let rows = refresh_token::Entity::find().all(&fixture.shop.db).await.unwrap();
    assert_eq!(rows.len(), 2, "one successor");
    assert!(refresh(&fixture, next).await.is_ok());
}

#[tokio::test]
async fn secrets_are_stored_hashed() {
    let fixture = fixture().await;
    let signed_in = ada(&fixture).await;
    let rows = refresh_token::Entity::find().all(&fixture.shop.db).await.unwrap();
    assert_eq!(
        (rows.len(), rows[0].token_hash.len(), signed_in.refresh_token.len()),
        (1, 32, 43)
    );
    assert!(!format!("{rows:?}").contains(&signed_in.refresh_token));
}

#[tokio::test]
async fn signing_out_ends_one_session_or_all() {
    let fixture = fixture().await;
    let (one, two, three) = (
        ada(&fixture).await,
        login("ada@example.com", PASSWORD),
        login("ada@example.com", PASSWORD),
    );
    let two = login_customer(&fixture.shop, &guest(), two).await.unwrap();
    let three = login_customer(&fixture.shop, &guest(), three).await.unwrap();

    session::sign_out(&fixture.shop, &guest(), &one.refresh_token)
        .await
        .unwrap();
    session::sign_out(&fixture.shop, &guest(), "unknown").await.unwrap();
    assert_eq!(
        codes(refresh(&fixture, &one.refresh_token).await),
        [ErrorCode::InvalidToken]
    );
    let two = refresh(&fixture, &two.refresh_token).await.unwrap();

    let nobody = session::sign_out_everywhere(&fixture.shop, &guest()).await;
    assert_eq!(codes(nobody), [ErrorCode::Unauthenticated]);
    session::sign_out_everywhere(
        &fixture.shop,
        &context(viewer_of(&fixture, &two.access_token).await.expect("a viewer")),
    )
    .await
    .unwrap();
    for token in [&two.refresh_token, &three.refresh_token] {
        assert_eq!(codes(refresh(&fixture, token).await), [ErrorCode::InvalidToken]);
    }
}

#[tokio::test]
async fn staff_who_leave_or_change_are_seen_at_once() {
    let fixture = fixture().await;
    let grace = grace(&fixture, StaffRole::Administrator).await;
    let signed_in = login_staff(&fixture.shop, &guest(), staff_login("grace@example.com", PASSWORD))
        .await
        .unwrap();

    let mut row = grace.clone().into_active_model();
    row.role = Set(StaffRole::Fulfilment);
    row.update(&fixture.shop.db).await.unwrap();
    let demoted = Viewer::Staff(grace.id, StaffRole::Fulfilment.into());
    assert_eq!(viewer_of(&fixture, &signed_in.access_token).await, Some(demoted));
    let signed_in = refresh(&fixture, &signed_in.refresh_token).await.unwrap();
    assert_eq!(viewer_of(&fixture, &signed_in.access_token).await, Some(demoted));

    let mut row = grace.into_active_model();
    row.active = Set(false);
    row.update(&fixture.shop.db).await.unwrap();
    assert_eq!(viewer_of(&fixture, &signed_in.access_token).await, None);
    assert_eq!(
        codes(refresh(&fixture, &signed_in.refresh_token).await),
        [ErrorCode::InvalidToken]
    );
    let again = login_staff(&fixture.shop, &guest(), staff_login("grace@example.com", PASSWORD)).await;
    assert_eq!(codes(again), [ErrorCode::WrongCredentials]);
}

#[tokio::test]
async fn only_administrators_add_staff_and_it_is_recorded() {
    let fixture = fixture().await;
    let grace = grace(&fixture, StaffRole::Administrator).await;
    let new = || NewStaff {
        email: "joan@example.com".to_owned(),
        name: "Joan".to_owned(),
        password: PASSWORD.to_owned(),
        role: StaffRole::Fulfilment,
    };
    let shop = &fixture.shop;
    let packer = context(Viewer::Staff(grace.id, StaffRole::Fulfilment.into()));
    assert_eq!(codes(staff::create(shop, &packer, new()).await), [ErrorCode::Forbidden]);
    assert_eq!(
        codes(staff::create(shop, &guest(), new()).await),
        [ErrorCode::Unauthenticated]
    );

    let joan = staff::create(
        shop,
        &context(Viewer::Staff(grace.id, StaffRole::Administrator.into())),
        new(),
    )
    .await
    .unwrap();
    let audits = staff_audit::Entity::find().all(&shop.db).await.unwrap();
    let said: Vec<_> = audits
        .iter()
        .map(|entry| (entry.staff_member_id, entry.action.as_str(), entry.object.clone()))
        .collect();
    assert_eq!(
        said,
        [
            // The shop itself is no member of staff.
            (None, "staff.create", grace.id.to_string()),
            (Some(grace.id), "staff.create", joan.id.to_string()),
        ]
    );
    assert_eq!(
        codes(staff::create(shop, &Context::system(shop, "test"), new()).await),
        [ErrorCode::EmailTaken]
    );
}

#[tokio::test]
async fn sessions_that_ended_long_ago_are_forgotten() {
    let fixture = fixture().await;
    let old = ada(&fixture).await;
    refresh(&fixture, &old.refresh_token).await.unwrap();
    fixture.clock.advance(TimeDelta::days(30));
    let young = login_customer(&fixture.shop, &guest(), login("ada@example.com", PASSWORD))
        .await
        .unwrap();
    assert_eq!(session::forget_ended(&fixture.shop).await.unwrap(), 0);
    fixture.clock.advance(TimeDelta::days(2));
    assert_eq!(session::forget_ended(&fixture.shop).await.unwrap(), 1);
    assert_eq!(session_row::Entity::find().count(&fixture.shop.db).await.unwrap(), 1);
    assert!(refresh(&fixture, &young.refresh_token).await.is_ok());
}

#[tokio::test]
async fn an_account_that_changes_while_a_password_is_verified_lets_nobody_in() {
    for (customer, staff) in [
        (
            "update customer set disabled_at = created_at",
            "update staff_member set active = false",
        ),
        (
            "update customer set password_hash = 'another'",
            "update staff_member set password_hash = 'another'",
        ),
    ] {
        let meanwhile = Meanwhile::default();
        let fixture = fixture_with(|parts| parts.rate_limiter = meanwhile.of(&parts.db)).await;
        ada(&fixture).await;
        grace(&fixture, StaffRole::Administrator).await;
        let shop = &fixture.shop;
        // The limiter is told that the password was right, once that is known and before there is a session.
        let mut caller = guest();
        caller.client_address = Some(std::net::Ipv4Addr::LOCALHOST.into());
        login_customer(shop, &caller, login("ada@example.com", PASSWORD))
            .await
            .expect("a session");
        meanwhile.happens(customer);
        let refused = login_customer(shop, &caller, login("ada@example.com", PASSWORD)).await;
        assert_eq!(codes(refused), [ErrorCode::WrongCredentials], "{customer}");
        meanwhile.happens(staff);
        let refused = login_staff(shop, &caller, staff_login("grace@example.com", PASSWORD)).await;
        assert_eq!(codes(refused), [ErrorCode::WrongCredentials], "{staff}");
    }
}
