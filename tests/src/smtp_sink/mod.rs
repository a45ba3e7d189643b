//! A mail server for tests: it keeps what it is sent, and misbehaves on request.
//!
//! The protocol is `mailin`'s, a state machine without sockets. The servers that are built on it and
//! its like (`mailin-embedded`, `maik`) own their threads, and can neither be stopped nor be made to
//! hang or to drop a connection, so the socket is ours.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use mailin::{Action, Handler, Response, Session, SessionBuilder, response};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::patience::{PATIENCE, out_of_patience};

/// An SMTP server on a free port of 127.0.0.1. It stops when it is dropped.
pub struct SmtpSink {
    address: SocketAddr,
    state: Arc<watch::Sender<State>>,
    server: JoinHandle<()>,
}

/// A mail that the sink took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    pub from: String,
    pub to: Vec<String>,
    /// Headers and body, as they were sent.
    pub raw: String,
}

#[derive(Default)]
struct State {
    behaviour: Behaviour,
    mails: Vec<ReceivedMail>,
    attempts: usize,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Behaviour {
    #[default]
    Accept,
    Refuse(u16),
    Hang,
    DropAfterData,
}

impl SmtpSink {
    /// Starts a sink that accepts everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("127.0.0.1 has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let state = Arc::new(watch::Sender::new(State::default()));
        let server = tokio::spawn(serve(listener, state.clone()));
        Self { address, state, server }
    }

    /// Where to send mails to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on, every recipient is refused with `code`: 451 "later, perhaps", 550 "never".
    pub fn refuse_with(&self, code: u16) {
        self.behave(Behaviour::Refuse(code));
    }

    /// From now on, nothing is answered, not even a greeting. Who is hung on stays so until it leaves, or is cut off when the
    /// sink does otherwise.
    pub fn hang(&self) {
        self.behave(Behaviour::Hang);
    }

    /// From now on, a mail is taken, but the connection closes instead of saying so.
    pub fn drop_after_data(&self) {
        self.behave(Behaviour::DropAfterData);
    }

    /// From now on, everything is accepted again.
    pub fn accept(&self) {
        self.behave(Behaviour::Accept);
    }

    /// What was taken so far, in order.
    pub fn mails(&self) -> Vec<ReceivedMail> {
        self.state.borrow().mails.clone()
    }

    /// How many mails were begun so far, taken or not.
    pub fn attempts(&self) -> usize {
        self.state.borrow().attempts
    }

    /// Waits until at least `count` mails were taken, and returns all of them.
    ///
    /// # Panics
    /// When they do not come.
    pub async fn wait_for_mails(&self, count: usize) -> Vec<ReceivedMail> {
        self.wait_until(|state| state.mails.len() >= count, "mails").await;
        self.mails()
    }

    /// Waits until at least `count` mails were begun.
    ///
    /// # Panics
    /// When they do not come.
    pub async fn wait_for_attempts(&self, count: usize) {
        self.wait_until(|state| state.attempts >= count, "attempts").await;
    }

    fn behave(&self, behaviour: Behaviour) {
        self.state.send_modify(|state| state.behaviour = behaviour);
    }

    async fn wait_until(&self, reached: impl FnMut(&State) -> bool, what: &str) {
        let mut changes = self.state.subscribe();
        let found = tokio::time::timeout(PATIENCE, changes.wait_for(reached)).await;
        if found.is_err() {
            let (mails, attempts) = (self.mails().len(), self.attempts());
            out_of_patience(format_args!("too few {what}: {mails} mails of {attempts} attempts"));
        }
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl ReceivedMail {
    /// The value of the first header of that name, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self
            .raw
            .split("\r\n\r\n")
            .next()?
            .replace("\r\n ", " ")
            .replace("\r\n\t", " ");
        head.split("\r\n")
            .filter_map(|line| line.split_once(": "))
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
    }
}

async fn serve(listener: TcpListener, state: Arc<watch::Sender<State>>) {
    // Owns the conversations, so that aborting this task ends them all.
    let mut conversations = JoinSet::new();
    while let Ok((stream, peer)) = listener.accept().await {
        // A client that goes away in the middle is no failure of the sink's.
        conversations.spawn(converse(stream, peer.ip(), state.clone()));
        while conversations.try_join_next().is_some() {}
    }
}

async fn converse(stream: TcpStream, peer: IpAddr, state: Arc<watch::Sender<State>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut session = SessionBuilder::new("sink.test").build(peer, Envelope::new(state.clone()));
    hang_if_told(&state).await?;
    answer(&mut writer, &session.greeting()).await?;
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).await? > 0 {
        hang_if_told(&state).await?;
        if !process(&mut session, &line, &mut writer).await? {
            break;
        }
        line.clear();
    }
    Ok(())
}

/// # Errors
/// When it has hung.
async fn hang_if_told(state: &watch::Sender<State>) -> std::io::Result<()> {
    let mut changes = state.subscribe();
    let hang = changes.borrow().behaviour == Behaviour::Hang;
    if !hang {
        return Ok(());
    }
    let _ = changes.wait_for(|state| state.behaviour != Behaviour::Hang).await;
    Err(std::io::ErrorKind::ConnectionAborted.into())
}

/// Whether the conversation goes on.
async fn process(session: &mut Session<Envelope>, line: &[u8], writer: &mut OwnedWriteHalf) -> std::io::Result<bool> {
    let response = session.process(line);
    match response.action {
        Action::NoReply => Ok(true),
        // Only `Envelope::data_end` says it: the connection is to be lost without an answer.
        Action::Close if response.code == response::NO_SERVICE.code => Ok(false),
        Action::Close => answer(writer, &response).await.map(|()| false),
        Action::Reply | Action::UpgradeTls => answer(writer, &response).await.map(|()| true),
    }
}

async fn answer(writer: &mut OwnedWriteHalf, response: &Response) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    response.write_to(&mut bytes)?;
    writer.write_all(&bytes).await
}

/// The mail that is being received on one connection.
struct Envelope {
    state: Arc<watch::Sender<State>>,
    from: String,
    to: Vec<String>,
    raw: Vec<u8>,
}

impl Envelope {
    fn new(state: Arc<watch::Sender<State>>) -> Self {
        Self {
            state,
            from: String::new(),
            to: Vec::new(),
            raw: Vec::new(),
        }
    }
}

impl Handler for Envelope {
    fn mail(&mut self, _peer: IpAddr, _domain: &str, from: &str) -> Response {
        self.state.send_modify(|state| state.attempts += 1);
        self.from = from.to_owned();
        self.raw.clear();
        response::OK
    }

    fn rcpt(&mut self, _to: &str) -> Response {
        match self.state.borrow().behaviour {
            Behaviour::Refuse(code) => Response::custom(code, "as the test wished".to_owned()),
            _ => response::OK,
        }
    }

    fn data_start(&mut self, _domain: &str, _from: &str, _is_8bit: bool, to: &[String]) -> Response {
        self.to = to.to_vec();
        response::OK
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.raw.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let raw = String::from_utf8_lossy(&self.raw).into_owned();
        let mail = ReceivedMail {
            from: self.from.clone(),
            to: self.to.clone(),
            raw,
        };
        self.state.send_modify(|state| state.mails.push(mail));
        match self.state.borrow().behaviour {
            Behaviour::DropAfterData => response::NO_SERVICE,
            _ => response::OK,
        }
    }
}

#[cfg(test)]
mod tests;
