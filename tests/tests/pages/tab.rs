//! One tab: what it shows, how it looks at it, and what goes wrong in it.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;
use vitrine_tests::patience::{PATIENCE, out_of_patience};

use crate::protocol::Connection;

/// A tab at a shop.
pub struct Tab {
    connection: Arc<Connection>,
    session: String,
    events: UnboundedReceiver<Value>,
    base: String,
    /// What the page now shown has asked for, by the number of the request: address and kind.
    requests: HashMap<String, (String, String)>,
    /// What the page and its styles and scripts took to travel.
    pub bytes: u64,
    /// Of the page.
    pub status: u64,
    problems: Vec<String>,
}

impl Tab {
    pub(crate) async fn open_in(connection: Arc<Connection>, session: String, base: &str) -> Self {
        let events = connection.listen(&session);
        let tab = Self {
            connection,
            session,
            events,
            base: base.to_owned(),
            requests: HashMap::new(),
            bytes: 0,
            status: 0,
            problems: Vec::new(),
        };
        for domain in ["Page", "Network", "Runtime", "Log"] {
            tab.command(&format!("{domain}.enable"), json!({})).await;
        }
        tab
    }

    pub async fn command(&self, method: &str, params: Value) -> Value {
        self.connection.command(Some(&self.session), method, params).await
    }

    /// Goes to a page of the shop, and waits until all of it is there.
    ///
    /// # Panics
    /// When it cannot be had.
    pub async fn open(&mut self, path: &str) {
        self.begin();
        let url = format!("{}{path}", self.base);
        let gone = self.command("Page.navigate", json!({ "url": url })).await;
        assert!(gone["errorText"].is_null(), "{path}: {}", gone["errorText"]);
        self.arrive().await;
    }

    /// Forgets the page before.
    pub fn begin(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            self.hear(&event);
        }
        self.requests.clear();
        self.bytes = 0;
        self.status = 0;
    }

    /// Waits until the page that it is on the way to is there.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn arrive(&mut self) {
        let arriving = async {
            loop {
                let event = self.events.recv().await.expect("the tab is there");
                self.hear(&event);
                if event["method"] == "Page.loadEventFired" {
                    return;
                }
            }
        };
        let arrived = tokio::time::timeout(PATIENCE, arriving).await;
        if arrived.is_err() {
            let path = self.path().await;
            out_of_patience(format_args!("no page comes after {path}"));
        }
    }

    /// What an expression of JavaScript gives, once it is there.
    ///
    /// # Panics
    /// When it throws.
    pub async fn evaluate(&self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.command("Runtime.evaluate", params).await;
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}\nthrew {}",
            answer["exceptionDetails"]
        );
        answer["result"]["value"].take()
    }

    /// Where it is, as in `/search?q=lamp`.
    pub async fn path(&self) -> String {
        let path = self.evaluate("location.pathname + location.search").await;
        path.as_str().expect("an address").to_owned()
    }

    /// What can be read on the page.
    pub async fn text(&self) -> String {
        let text = self.evaluate("document.body.innerText").await;
        text.as_str().expect("a text").to_owned()
    }

    /// Waits until an expression is true.
    ///
    /// # Panics
    /// When it does not become so.
    pub async fn wait_for(&mut self, expression: &str) {
        let began = Instant::now();
        while self.evaluate(expression).await != true {
            if began.elapsed() > PATIENCE {
                let (path, text) = (self.path().await, self.text().await);
                out_of_patience(format_args!("{path} never came to: {expression}\n{text}"));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Sends the form with this action, with what is typed, and waits for the page that answers.
    pub async fn submit(&mut self, action: &str, typed: &[(&str, &str)]) {
        self.begin();
        let typed: HashMap<_, _> = typed.iter().copied().collect();
        let send = format!(
            "(() => {{
                const form = document.querySelector(`form[method=post][action='${{{action}}}']`);
                const typed = {typed};
                for (const field of form.elements) if (field.name in typed) {{
                    if (['radio', 'checkbox'].includes(field.type)) field.checked = field.value === typed[field.name];
                    else field.value = typed[field.name];
                }}
                form.noValidate = true;
                // As without scripts: another page comes.
                form.removeAttribute('data-swap');
                form.requestSubmit();
            }})()",
            action = json!(action),
            typed = json!(typed),
        );
        self.evaluate(&send).await;
        self.arrive().await;
    }

    /// In CSS's own pixels.
    pub async fn size(&self, width: u32, height: u32) {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.command("Emulation.setDeviceMetricsOverride", params).await;
    }

    /// `scheme`: light or dark. Nothing moves, so that what is looked at stands still.
    pub async fn scheme(&self, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.command("Emulation.setEmulatedMedia", json!({ "features": features }))
            .await;
    }

    /// What went wrong since it was asked last.
    pub fn problems(&mut self) -> Vec<String> {
        while let Ok(event) = self.events.try_recv() {
            self.hear(&event);
        }
        std::mem::take(&mut self.problems)
    }

    fn hear(&mut self, event: &Value) {
        let params = &event["params"];
        let id = params["requestId"].as_str().unwrap_or_default();
        match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => self.note_request(id, params),
            "Network.responseReceived" => self.note_response(params),
            "Network.loadingFinished" => self.note_bytes(id, params),
            "Network.loadingFailed" => self.note_failure(id, params),
            "Runtime.exceptionThrown" => {
                let thrown = &params["exceptionDetails"];
                self.problems.push(format!(
                    "a script threw: {} {}",
                    thrown["text"], thrown["exception"]["description"]
                ));
            }
            "Runtime.consoleAPICalled" => {
                if let Some(kind @ ("error" | "warning" | "assert")) = params["type"].as_str() {
                    self.problems.push(format!("a script's {kind}: {}", params["args"]));
                }
            }
            "Log.entryAdded" => {
                let entry = &params["entry"];
                // Requests tell of themselves.
                if entry["level"] == "error" && entry["source"] != "network" {
                    self.problems
                        .push(format!("{}: {} ({})", entry["source"], entry["text"], entry["url"]));
                }
            }
            _ => {}
        }
    }

    fn note_request(&mut self, id: &str, params: &Value) {
        let url = params["request"]["url"].as_str().unwrap_or_default().to_owned();
        if !url.starts_with(&self.base) && !url.starts_with("data:") && !url.starts_with("blob:") {
            self.problems.push(format!("it asks others: {url}"));
        }
        let kind = params["type"].as_str().unwrap_or_default().to_owned();
        self.requests.insert(id.to_owned(), (url, kind));
    }

    fn note_response(&mut self, params: &Value) {
        let (response, status) = (&params["response"], params["response"]["status"].as_u64().unwrap_or(0));
        if params["type"] == "Document" {
            self.status = status;
        } else if status >= 400 {
            self.problems.push(format!("{} answered {status}", response["url"]));
        }
    }

    fn note_bytes(&mut self, id: &str, params: &Value) {
        if let Some((_, kind)) = self.requests.get(id)
            && ["Document", "Stylesheet", "Script"].contains(&kind.as_str())
        {
            self.bytes += params["encodedDataLength"].as_f64().unwrap_or(0.0) as u64;
        }
    }

    fn note_failure(&mut self, id: &str, params: &Value) {
        // What is under way when a page is left is given up: that is no failure.
        if params["canceled"] != true && params["errorText"] != "net::ERR_ABORTED" {
            let url = self.requests.get(id).map(|(url, _)| url.as_str()).unwrap_or_default();
            self.problems.push(format!("{url} failed: {}", params["errorText"]));
        }
    }
}
