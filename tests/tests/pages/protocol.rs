//! Chromium's DevTools protocol over one WebSocket: commands with their answers, and the events of every tab.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use tokio_tungstenite::{connect_async, tungstenite::Message};
use vitrine_tests::patience::within;

/// A browser that listens.
pub struct Connection {
    commands: mpsc::UnboundedSender<Message>,
    heard: Arc<Mutex<Heard>>,
    next: AtomicU64,
    talk: JoinHandle<()>,
}

#[derive(Default)]
struct Heard {
    /// Commands without an answer, by their number.
    waiting: HashMap<u64, oneshot::Sender<Value>>,
    /// Who hears of a tab's events, by its session.
    tabs: HashMap<String, mpsc::UnboundedSender<Value>>,
}

impl Connection {
    pub async fn open(address: &str) -> Self {
        let (socket, _) = connect_async(address).await.expect("the browser answers");
        let (mut sink, mut stream) = socket.split();
        let (commands, mut sent) = mpsc::unbounded_channel::<Message>();
        let heard = Arc::new(Mutex::new(Heard::default()));
        let hearing = Arc::clone(&heard);
        let talk = tokio::spawn(async move {
            loop {
                tokio::select! {
                    command = sent.recv() => match command {
                        Some(command) => sink.send(command).await.expect("the browser listens"),
                        None => return,
                    },
                    message = stream.next() => match message {
                        Some(Ok(Message::Text(text))) => hear(&hearing, &text),
                        Some(Ok(_)) => {}
                        Some(Err(_)) | None => return,
                    },
                }
            }
        });
        Self {
            commands,
            heard,
            next: AtomicU64::new(1),
            talk,
        }
    }

    /// Sends a command to a tab, or to the browser itself, and gives its result.
    pub async fn command(&self, session: Option<&str>, method: &str, params: Value) -> Value {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        self.heard.lock().unwrap().waiting.insert(id, answer);
        let mut command = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        let message = Message::text(command.to_string());
        self.commands.send(message).expect("the browser is there");
        let answered = within(method, answered).await;
        let mut answer = answered.unwrap_or_else(|_| panic!("the browser went away at {method}"));
        assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
        answer["result"].take()
    }

    /// The events of a tab from now on.
    pub fn listen(&self, session: &str) -> mpsc::UnboundedReceiver<Value> {
        let (events, listened) = mpsc::unbounded_channel();
        self.heard.lock().unwrap().tabs.insert(session.to_owned(), events);
        listened
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.talk.abort();
    }
}

fn hear(heard: &Mutex<Heard>, text: &str) {
    let message: Value = serde_json::from_str(text).expect("the browser speaks JSON");
    let mut heard = heard.lock().unwrap();
    if let Some(waiting) = message["id"].as_u64().and_then(|id| heard.waiting.remove(&id)) {
        // Nobody waits for it any more where its test has failed.
        let _ = waiting.send(message);
    } else if let Some(tab) = message["sessionId"]
        .as_str()
        .and_then(|session| heard.tabs.get(session))
    {
        let _ = tab.send(message);
    }
}
