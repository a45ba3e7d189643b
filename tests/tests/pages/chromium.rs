//! A Chromium of this machine, without a window, as a process of its own.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use vitrine_tests::patience::{PATIENCE, out_of_patience, within};

use crate::{protocol::Connection, tab::Tab};

/// What it is called on the systems that have it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const FLAGS: [&str; 13] = [
    "--headless",
    "--remote-debugging-port=0",
    // Containers allow it none, and all pages are our own.
    "--no-sandbox",
    // Those of containers are small.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    // It asks nobody but us for anything.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--force-color-profile=srgb",
    "about:blank",
];

pub struct Chromium {
    connection: Arc<Connection>,
    process: Child,
    // Dropped last: the browser writes into it.
    _profile: TempDir,
}

impl Chromium {
    /// `None`, and said, where the machine has none.
    pub async fn start() -> Option<Self> {
        let Some(program) = program() else {
            let told = "not tried: pages in a browser (no Chromium: install it, or set VITRINE_TEST_CHROMIUM)";
            let _ = writeln!(std::io::stderr(), "{told}");
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder");
        let process = Command::new(&program)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(FLAGS)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let address = address(profile.path()).await;
        let connection = Arc::new(Connection::open(&address).await);
        Some(Self {
            connection,
            process,
            _profile: profile,
        })
    }

    /// A tab at the shop that answers at `base`, with cookies of its own.
    pub async fn tab(&self, base: &str) -> Tab {
        let command = async |method, params| self.connection.command(None, method, params).await;
        let context = command("Target.createBrowserContext", json!({})).await["browserContextId"].take();
        let params = json!({ "url": "about:blank", "browserContextId": context });
        let target = command("Target.createTarget", params).await["targetId"].take();
        let params = json!({ "targetId": target, "flatten": true });
        let session = command("Target.attachToTarget", params).await["sessionId"].take();
        let session = session.as_str().expect("a session").to_owned();
        Tab::open_in(Arc::clone(&self.connection), session, base).await
    }

    pub async fn close(mut self) {
        self.connection.command(None, "Browser.close", json!({})).await;
        let ended = within("the browser closes", self.process.wait()).await;
        ended.expect("the browser ends");
    }
}

fn program() -> Option<PathBuf> {
    if let Some(given) = std::env::var_os("VITRINE_TEST_CHROMIUM") {
        return Some(PathBuf::from(given));
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let mut candidates = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|candidate| candidate.is_file())
}

/// Where it listens: it writes that into its profile as soon as it does.
async fn address(profile: &Path) -> String {
    let started = Instant::now();
    loop {
        let written = std::fs::read_to_string(profile.join("DevToolsActivePort")).unwrap_or_default();
        if let Some((port, path)) = written.split_once('\n').filter(|(_, path)| path.starts_with('/')) {
            return format!("ws://127.0.0.1:{port}{}", path.trim_end());
        }
        if started.elapsed() > PATIENCE {
            out_of_patience("Chromium starts");
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
