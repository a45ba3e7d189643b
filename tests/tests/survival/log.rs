//! Whoever reads the log goes away, or stops reading: the shop must not notice.

use std::{process::Stdio, time::Duration};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::process::{self, free_ports, is_ready};

/// How long it may take to open, and to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a pipe holds on Linux is 64 KiB: so many requests say more than that.
const REQUESTS: usize = 200;

struct Shop {
    process: Child,
    base: String,
    _folder: TempDir,
}

impl Shop {
    /// An embedded shop that says all it can into a pipe.
    async fn open() -> Self {
        let (folder, port) = (tempfile::tempdir().unwrap(), free_ports(1)[0]);
        let process = Command::new(process::binaries().await.join("vitrine"))
            .current_dir(folder.path())
            .env("VITRINE_HTTP__ADDRESS", format!("127.0.0.1:{port}"))
            .env("VITRINE_LOG__LEVEL", "trace")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self {
            process,
            base: format!("http://127.0.0.1:{port}"),
            _folder: folder,
        }
    }

    async fn is_open(&self) {
        let open = async {
            while !is_ready(&self.base).await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, open).await.expect("it opens");
    }

    async fn answers(&self) {
        for _ in 0..REQUESTS {
            let asked = vitrine_tests::client::http()
                .post(format!("{}/graphql", self.base))
                .json(&serde_json::json!({ "query": "{ shop { name } }" }))
                .timeout(PATIENCE);
            let answer: serde_json::Value = asked.send().await.unwrap().json().await.unwrap();
            assert_eq!(answer["data"]["shop"]["name"], "Vitrine", "{answer}");
        }
    }

    async fn stops(mut self) {
        process::signal(&self.process, "TERM").await;
        let ended = tokio::time::timeout(PATIENCE, self.process.wait()).await;
        let status = ended.expect("it stops when it is asked to").unwrap();
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
