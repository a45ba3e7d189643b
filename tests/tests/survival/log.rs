//! The log: whoever reads it goes away, or stops reading, and the shop must not notice. And what never stands in it.

use std::process::Stdio;

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
};

use serde_json::{Value, json};
use vitrine_tests::{
    Client,
    patience::{PATIENCE, until, within},
};

use crate::process::{self, free_ports, is_ready};

/// What a pipe holds on Linux is 64 KiB: so many requests say more than that.
const REQUESTS: usize = 200;

pub struct Shop {
    pub process: Child,
    pub base: String,
    folder: TempDir,
}

impl Shop {
    /// An embedded shop that says all it can into a pipe.
    async fn open() -> Self {
        Self::open_saying("trace").await
    }

    async fn open_saying(level: &str) -> Self {
        Self::open_with(&[("VITRINE_LOG__LEVEL", level)]).await
    }

    pub async fn open_with(environment: &[(&str, &str)]) -> Self {
        let (folder, port) = (tempfile::tempdir().unwrap(), free_ports(1)[0]);
        let process = Command::new(process::binaries().await.join("vitrine"))
            .current_dir(folder.path())
            .env("VITRINE_HTTP__ADDRESS", format!("127.0.0.1:{port}"))
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self {
            process,
            base: format!("http://127.0.0.1:{port}"),
            folder,
        }
    }

    pub async fn is_open(&self) {
        until("it opens", async || is_ready(&self.base).await).await;
    }

    pub async fn answers(&self) {
        for _ in 0..REQUESTS {
            let asked = vitrine_tests::client::http()
                .post(format!("{}/graphql", self.base))
                .json(&serde_json::json!({ "query": "{ shop { name } }" }))
                .timeout(PATIENCE);
            let answer: serde_json::Value = asked.send().await.unwrap().json().await.unwrap();
            assert_eq!(answer["data"]["shop"]["name"], "Vitrine", "{answer}");
        }
    }

    pub async fn stops(mut self) {
        process::signal(&self.process, "TERM").await;
        let status = within("it stops when it is asked to", self.process.wait())
            .await
            .unwrap();
        assert!(status.success(), "{status}");
    }
}

#[tokio::test]
async fn the_logs_reader_goes_away() {
    let mut shop = Shop::open().await;
    let log = shop.process.stderr.take().unwrap();
    let first = BufReader::new(log).lines().next_line().await.unwrap();
    assert!(first.is_some());
    drop(shop.process.stdout.take());
    shop.is_open().await;
    shop.answers().await;
    shop.stops().await;
}

#[tokio::test]
async fn the_logs_reader_stops_reading() {
    let shop = Shop::open().await;
    shop.is_open().await;
    shop.answers().await;
    shop.stops().await;
}

/// Each request has a line where that is asked for. The port of `/metrics` is somebody else's, and the shop opens all the
/// same.
#[tokio::test]
async fn requests_stand_in_the_log_where_they_are_wanted() {
    let others = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = others.local_addr().unwrap().to_string();
    for (access, lines) in [("false", 0), ("true", 1)] {
        let mut shop = Shop::open_with(&[("VITRINE_LOG__ACCESS", access), ("VITRINE_METRICS__ADDRESS", &taken)]).await;
        let mut log = BufReader::new(shop.process.stderr.take().unwrap());
        shop.is_open().await;
        let asked = format!("{}/api/docs?token=secret", shop.base);
        assert!(reqwest::get(asked).await.unwrap().status().is_success());
        shop.stops().await;
        let mut said = String::new();
        log.read_to_string(&mut said).await.unwrap();
        let found: Vec<_> = said.lines().filter(|line| line.contains("/api/docs")).collect();
        assert_eq!(found.len(), lines, "{said}");
        assert!(
            found
                .iter()
                .all(|line| line.contains("status=200") && !line.contains("secret")),
            "{found:?}"
        );
        assert!(said.contains("/metrics is not answered"), "{said}");
    }
}

/// Signs in, buys, looks at the order by its token, refreshes, and is refused: everything that holds a secret.
async fn purchase(guest: &Client) -> Vec<String> {
    let credentials = json!({ "email": vitrine_demo::STAFF_EMAIL, "password": vitrine_demo::STAFF_PASSWORD });
    let login = "mutation($input: StaffLoginInput!) { staffLogin(input: $input) { session { accessToken refreshToken } \
        userErrors { code message } } }";
    let session = guest.done(login, json!({ "input": credentials })).await["session"].take();
    let wrong = json!({ "email": "mallory@secret.example", "password": "a wrong pass-phrase" });
    guest.refusals(login, json!({ "input": wrong })).await;
    let refresh = "mutation($input: TokenRefreshInput!) { tokenRefresh(input: $input) { session { accessToken \
        refreshToken } userErrors { code message } } }";
    let token = json!({ "input": { "refreshToken": session["refreshToken"] } });
    let fresh = guest.done(refresh, token.clone()).await["session"].take();
    assert_eq!(
        guest.done(refresh, token).await["session"]["refreshToken"],
        fresh["refreshToken"]
    );
    let forged = guest.with_token("eyJhbGciOiJub25lIn0.e30.forged-and-refused");
    forged.answer("{ viewer { id } }", json!({})).await;

    let products = "{ products(first: 20, where: { inStock: true }) { nodes { variants { id } } } }";
    let found = guest.data(products, json!({})).await;
    let variant = found["products"]["nodes"][0]["variants"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let placed = guest.buy(&[(&variant, 1)], "tok_approve_secretly").await;
    guest.order(&placed).await;
    let syntax = "mutation { staffLogin(input: { email: \"x\", password: \"a pass-phrase in the text\" }) {{";
    guest.answer(syntax, json!({})).await;
    let secret = |value: &Value| value.as_str().unwrap().to_owned();
    vec![
        vitrine_demo::STAFF_EMAIL.to_owned(),
        vitrine_demo::STAFF_PASSWORD.to_owned(),
        "mallory@secret.example".to_owned(),
        "a wrong pass-phrase".to_owned(),
        "a pass-phrase in the text".to_owned(),
        "forged-and-refused".to_owned(),
        "tok_approve_secretly".to_owned(),
        "ada@example.com".to_owned(),
        "Ada Lovelace".to_owned(),
        "Unter den Linden".to_owned(),
        secret(&session["accessToken"]),
        secret(&session["refreshToken"]),
        secret(&fresh["accessToken"]),
        secret(&fresh["refreshToken"]),
        placed.access_token,
    ]
}

#[tokio::test]
async fn no_secret_and_no_person_stands_in_the_log() {
    let mut shop = Shop::open_saying("debug").await;
    let mut lines = BufReader::new(shop.process.stderr.take().unwrap()).lines();
    let reading = tokio::spawn(async move {
        let mut log = String::new();
        while let Ok(Some(line)) = lines.next_line().await {
            log.push_str(&line);
            log.push('\n');
        }
        log
    });
    shop.is_open().await;
    let mut secrets = purchase(&Client::guest(shop.base.clone())).await;
    let mails = shop.folder.path().join("vitrine-data/mail");
    until("a mail is sent", async || {
        std::fs::read_dir(&mails).map_or(0, Iterator::count) > 0
    })
    .await;
    let key = std::fs::read_to_string(shop.folder.path().join("vitrine-data/signing.key")).unwrap();
    secrets.push(key.trim().to_owned());
    shop.stops().await;
    let log = reading.await.unwrap();
    assert!(log.lines().count() > 20, "it is a log: {log}");
    for secret in secrets {
        let found = log.lines().find(|line| line.contains(&secret));
        assert!(found.is_none(), "{secret:?} in {found:?}");
    }
}
