//! Who may ask how often. The shops of other tests are opened with quotas that they never reach; these are as a shop has
//! them where nothing is configured, and behind a proxy that is trusted.

use chrono::TimeDelta;
use futures::future::join_all;
use reqwest::Response;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, client, purchase::PlacedOrder, shop::PASSWORD};

const LOGIN: &str = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken } userErrors { code message ... on RateLimitedError { retryAfterSeconds } } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { id } }";

/// Somebody whose proxy says where they are.
struct Stranger<'a> {
    shop: &'a TestShop,
    http: reqwest::Client,
    forwarded_for: String,
}

impl<'a> Stranger<'a> {
    fn new(shop: &'a TestShop, forwarded_for: &str) -> Self {
        Self {
            shop,
            http: client::http(),
            forwarded_for: forwarded_for.to_owned(),
        }
    }

    async fn ask(&self, query: &str, variables: Value) -> Response {
        let url = format!("{}/graphql", self.shop.guest().base());
        let body = json!({ "query": query, "variables": variables });
        let request = self
            .http
            .post(url)
            .header("x-forwarded-for", &self.forwarded_for)
            .json(&body);
        request.send().await.unwrap()
    }

    async fn answer(&self, query: &str, variables: Value) -> Value {
        self.ask(query, variables).await.json().await.unwrap()
    }

    /// The user error of a login, or null.
    async fn login(&self, email: &str, password: &str) -> Value {
        let variables = json!({ "input": { "email": email, "password": password } });
        let answer = self.answer(LOGIN, variables).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"]["customerLogin"]["userErrors"][0].clone()
    }
}

async fn open() -> TestShop {
    TestShop::open_with(|config| {
        config.limits.factor = 1.0;
        config.http.trusted_proxies = vec!["127.0.0.1".to_owned()];
    })
    .await
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn passwords_are_tried_a_few_times_and_nobody_is_locked_out_by_others() {
    let shop = open().await;
    let (email, elsewhere) = ("ada@example.com", "grace@example.com");
    shop.customer(email).await;
    // What stands further left was made up by the client.
    let guesser = |round: usize| Stranger::new(&shop, &format!("10.0.0.{round}, 198.51.100.7"));
    for round in 0..5 {
        let error = guesser(round).login(email, "not the password").await;
        assert_eq!(error["code"], "WRONG_CREDENTIALS");
    }
    let error = guesser(5).login(email, PASSWORD).await;
    assert_eq!(error["code"], "RATE_LIMITED", "not even with the right one");
    let wait = error["retryAfterSeconds"].as_i64().unwrap();
    assert!((1..=180).contains(&wait), "{wait}");
    // Another account; the account's owner, from elsewhere; and a right password forgets wrong ones.
    assert_eq!(
        guesser(6).login(elsewhere, "a guess").await["code"],
        "WRONG_CREDENTIALS"
    );
    let owner = Stranger::new(&shop, "2001:db8:1:2::1");
    for _ in 0..3 {
        for _ in 0..2 {
            assert_eq!(owner.login(email, "mistyped").await["code"], "WRONG_CREDENTIALS");
        }
        assert_eq!(owner.login(email, PASSWORD).await, Value::Null);
    }
    // A network of IPv6 is one address.
    for host in 0..6 {
        let error = Stranger::new(&shop, &format!("2001:db8:7:7::{host}"))
            .login(elsewhere, "a guess")
            .await;
        let expected = if host < 5 { "WRONG_CREDENTIALS" } else { "RATE_LIMITED" };
        assert_eq!(error["code"], expected, "{host}");
    }
    // In Redis it grows back by Redis' own clock.
    if shop.config().redis.is_none() {
        shop.clock.advance(TimeDelta::seconds(wait));
        assert_eq!(guesser(7).login(email, PASSWORD).await, Value::Null);
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_field_counts_and_what_is_refused_did_not_run() {
    let shop = open().await;
    let stranger = Stranger::new(&shop, "198.51.100.7");
    let served = stranger.ask("{ shop { name } }", json!({})).await;
    assert_eq!(header(&served, "ratelimit-limit"), "2000");
    assert!(header(&served, "ratelimit-policy").contains(";q=2000;w="));
    assert!(header(&served, "ratelimit").contains(";r="));
    let answer: Value = served.json().await.unwrap();
    let cost = &answer["extensions"]["cost"];
    assert_eq!(
        cost["remaining"].as_u64().unwrap(),
        1_000_000 - cost["requested"].as_u64().unwrap()
    );

    // Twenty sign-ups by aliases are twenty: a second request has none left, and none of it runs.
    let sign_ups = |round: usize| {
        let field = |at: usize| {
            format!(
                "s{at}: customerSignUp(input: {{ email: \"s{round}-{at}@example.com\", password: \"short\", name: \"S\" }}) {{ userErrors {{ code }} }}"
            )
        };
        let fields: Vec<String> = (0..15).map(field).collect();
        format!("mutation {{ {} }}", fields.join(" "))
    };
    let answer = stranger.answer(&sign_ups(0), json!({})).await;
    assert_eq!(answer["data"].as_object().unwrap().len(), 15, "{answer}");
    let refused = stranger.ask(&sign_ups(1), json!({})).await;
    assert_eq!(refused.status(), 429);
    let retry_after: u64 = header(&refused, "retry-after").parse().unwrap();
    assert_eq!(header(&refused, "ratelimit-remaining"), "5");
    assert!(header(&refused, "ratelimit-policy").starts_with("\"sign-up\";q=20;w="));
    let answer: Value = refused.json().await.unwrap();
    assert!(answer.get("data").is_none(), "{answer}");
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "RATE_LIMITED");
    assert_eq!(extensions["retryAfterSeconds"], retry_after);
    let elsewhere = Stranger::new(&shop, "198.51.100.8");
    assert_eq!(
        elsewhere.ask(&sign_ups(2), json!({})).await.status(),
        200,
        "others go on"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_of_orders_are_not_guessed() {
    let shop = open().await;
    let guest = shop.guest();
    let mug = shop
        .staff(StaffRole::Administrator)
        .await
        .sell("MUG-1", "10.00", 10)
        .await;
    let PlacedOrder { id, access_token, .. } = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let guesser = Stranger::new(&shop, "198.51.100.7");
    // As many as it takes: some grow back while a busy machine answers.
    let mut guesses = 0;
    loop {
        let token = format!("guess-{guesses}");
        let answer = guesser.answer(ORDER, json!({ "id": id, "token": token })).await;
        if answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED" {
            break;
        }
        assert_eq!(answer["data"]["order"], Value::Null);
        guesses += 1;
        assert!(guesses < 100, "guessed on and on");
    }
    assert!(guesses >= 10);
    let answer = guesser.answer(ORDER, json!({ "id": id, "token": access_token })).await;
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "RATE_LIMITED", "{answer}");
    assert!(extensions["retryAfterSeconds"].as_u64().unwrap() <= 30);
    // The same by REST, for it is the same use case.
    let url = format!("{}/api/orders/{id}", guest.base());
    let by_rest = |address: &str| {
        let request = guesser.http.get(&url).header("x-forwarded-for", address);
        request.header("order-access-token", &access_token).send()
    };
    let refused = by_rest("198.51.100.7").await.unwrap();
    assert_eq!(refused.status(), 429);
    assert!(!header(&refused, "retry-after").is_empty());
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "RATE_LIMITED");
    assert_eq!(
        by_rest("198.51.100.8").await.unwrap().status(),
        200,
        "whoever has it opens it"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_a_great_many_addresses_has_a_few_free_tries() {
    let shop = open().await;
    let (email, elsewhere) = ("ada@example.com", "grace@example.com");
    shop.customer(email).await;
    // Two tries of each household are free, ten of a site; what is beyond counts for all, and is a hundred.
    let guesser = |site: usize, household: usize| Stranger::new(&shop, &format!("2001:db8:{site}:{household:x}::1"));
    let mut tries = 0;
    while guesser(7, tries).login(elsewhere, "a guess").await["code"] == "WRONG_CREDENTIALS" {
        tries += 1;
        assert!(tries < 200, "guessed on and on");
    }
    assert!(tries >= 110, "{tries}");
    // Nobody else is kept out by it.
    let error = guesser(8, 1).login(elsewhere, "mistyped").await;
    assert_eq!(error["code"], "WRONG_CREDENTIALS");
    shop.close().await;
}

/// An office that begins its day behind one address. An unknown account's password is hashed as a known one's is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_who_sign_in_at_once_from_one_address_wait_for_each_other() {
    let shop = open().await;
    let office = Stranger::new(&shop, "198.51.100.7");
    let names: Vec<_> = (0..20).map(|number| format!("desk-{number}@example.com")).collect();
    let errors = join_all(names.iter().map(|name| office.login(name, "not the password"))).await;
    let codes: Vec<_> = errors.iter().map(|error| &error["code"]).collect();
    assert!(codes.iter().all(|code| *code == "WRONG_CREDENTIALS"), "{codes:?}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_does_not_use_up_the_mails_of_an_address() {
    let shop = open().await;
    let to = "ada@example.com";
    let sign_up =
        "mutation($input: CustomerSignUpInput!) { customerSignUp(input: $input) { requested userErrors { code } } }";
    let ask = async |address: &str| {
        let asker = Stranger::new(&shop, address);
        let input = json!({ "email": to, "password": PASSWORD, "name": "Ada" });
        let answer = asker.answer(sign_up, json!({ "input": input })).await;
        assert_eq!(
            answer["data"]["customerSignUp"],
            json!({ "requested": true, "userErrors": [] })
        );
        shop.settle().await;
        shop.mails().await.iter().filter(|mail| mail.to == to).count()
    };
    // Three an hour for whoever asks, however many addresses they have.
    let mut sent = Vec::new();
    for round in 0..5 {
        sent.push(ask(&format!("2001:db8:7:{round}::1")).await);
    }
    assert_eq!(sent, [1, 2, 3, 3, 3]);
    // Whoever comes from elsewhere gets theirs.
    assert_eq!(ask("198.51.100.7").await, 4);
    // And nobody's mailbox is filled.
    for network in 1..5 {
        for _ in 0..3 {
            sent.push(ask(&format!("198.51.{network}.8")).await);
        }
    }
    assert_eq!(sent.last(), Some(&10));
    shop.close().await;
}
