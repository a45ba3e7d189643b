//! One socket's life: a single loop that reads, writes and watches the clock. While it writes it
//! does not read and takes nothing from its operations, so a slow client holds back its own
//! streams and nothing piles up; one that takes nothing for the write time-out is cut off.

use std::{collections::HashMap, time::Duration};

use async_graphql::{Executor, ServerError};
use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket},
};
use futures::{
    SinkExt, StreamExt,
    stream::{AbortHandle, BoxStream, SelectAll, abortable},
};
use serde_json::{Map, Value};
use tokio::time::{Instant, Interval, MissedTickBehavior};
use tracing::Span;

use super::{
    message::{ClientMessage, Close, ServerMessage, authorization},
    token_bucket::TokenBucket,
};
use crate::{
    answer::Outcome,
    authenticate::{Admission, Caller},
    decode::Parameters,
    endpoint::GraphqlEndpoint,
    error::{code, limit_error, request_error},
    execution::Call,
    operation::Transport,
    request_ids::RequestIds,
    traces::Tracing,
};

/// A client's name for an operation; graphql-ws itself uses UUIDs.
const ID_BYTES_MAX: usize = 128;

/// As how many messages an operation counts that fails its checks, besides its own.
const REFUSED_MESSAGES: u32 = 4;

pub(super) struct Session<E> {
    endpoint: GraphqlEndpoint<E>,
    ids: RequestIds,
    tracing: Tracing,
    socket: WebSocket,
    running: HashMap<String, AbortHandle>,
    /// By the operation's id; it says `None` at its end.
    events: SelectAll<BoxStream<'static, (String, Option<Outcome>)>>,
    bucket: TokenBucket,
    /// Whether anything came since the last ping.
    active: bool,
}

/// Why a session ends.
enum End {
    Close(Close),
    /// The other side has closed, and waits for its close frame to be answered.
    Closed,
    /// The other side is gone, or does not listen: there is nobody to tell.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

impl<E: Executor> Session<E> {
    pub(super) fn new(endpoint: GraphqlEndpoint<E>, ids: RequestIds, tracing: Tracing, socket: WebSocket) -> Box<Self> {
        let settings = &endpoint.settings().socket;
        let (burst, per_second) = (settings.messages_burst, settings.messages_per_second);
        let bucket = TokenBucket::new(burst, per_second, Instant::now());
        Box::new(Self {
            endpoint,
            ids,
            tracing,
            socket,
            running: HashMap::new(),
            events: SelectAll::new(),
            bucket,
            active: true,
        })
    }

    /// Until it ends. `_held` is for as long as it is open.
    pub(super) async fn run(mut self: Box<Self>, caller: Box<Caller>, _held: impl Send) {
        // What comes once, or seldom, takes no room while nothing does.
        let end = match Box::pin(self.begin(caller)).await {
            Ok(admission) => self.serve(&admission).await,
            Err(end) => end,
        };
        Box::pin(self.close(end)).await;
    }

    async fn close(mut self: Box<Self>, end: End) {
        // Whatever still runs must not hold a subscription while the close is on its way.
        self.events.clear();
        // A client that does not take the close frame is dropped with the socket.
        match end {
            End::Close(close) => {
                tracing::debug!(code = close.code, reason = %close.reason, "socket closed");
                let frame = CloseFrame {
                    code: close.code,
                    reason: close.reason.into(),
                };
                let _ = self.write(Message::Close(Some(frame))).await;
            }
            // The answer stands ready as soon as theirs is read.
            End::Closed => {
                let timeout = self.endpoint.settings().write_timeout;
                let _ = tokio::time::timeout(timeout, self.socket.flush()).await;
            }
            End::Gone => {}
        }
    }

    /// Until the caller is known.
    async fn begin(&mut self, caller: Box<Caller>) -> Result<Box<Admission>, End> {
        if self.socket.protocol().is_none() {
            return Err(Close::new(4406, "Subprotocol not acceptable").into());
        }
        let timeout = self.endpoint.settings().socket.init_timeout;
        let drain = self.endpoint.drain().clone();
        let admission = tokio::select! {
            biased;
            () = drain.begun() => return Err(going_away()),
            admitted = tokio::time::timeout(timeout, self.initialise(caller)) => {
                let late = || Close::new(4408, "Connection initialisation timeout");
                admitted.map_err(|_| late())??
            }
        };
        self.send(&ServerMessage::ConnectionAck).await?;
        Ok(admission)
    }

    async fn initialise(&mut self, caller: Box<Caller>) -> Result<Box<Admission>, End> {
        loop {
            match self.receive().await? {
                ClientMessage::ConnectionInit { payload } => {
                    return self.admit(*caller, payload.unwrap_or_default()).await;
                }
                ClientMessage::Ping { payload } => {
                    self.send(&ServerMessage::Pong { payload }).await?;
                }
                ClientMessage::Subscribe { .. } | ClientMessage::Unreadable { .. } => {
                    return Err(Close::new(4401, "Unauthorized").into());
                }
                ClientMessage::Pong { .. } | ClientMessage::Complete { .. } => {}
            }
        }
    }

    /// The head of the request goes with the caller: it is not held while the socket is open.
    async fn admit(&mut self, caller: Caller, payload: Map<String, Value>) -> Result<Box<Admission>, End> {
        let sent = authorization(&payload).map_err(|()| invalid())?;
        let caller = Caller {
            authorization: sent.or(caller.authorization),
            connection_params: payload,
            ..caller
        };
        let admission = self.endpoint.admit(caller).await;
        let admission = admission.map_err(|rejection| Close::new(4403, rejection.message()))?;
        match admission.stale() {
            // Whoever has no valid token gets one by a request of its own.
            Some(refusal) => Err(Close::new(4403, refusal.0).into()),
            None => Ok(Box::new(admission)),
        }
    }

    async fn serve(&mut self, admission: &Admission) -> End {
        let drain = self.endpoint.drain().clone();
        let mut end = admission.end();
        let mut pings = pings(self.endpoint.settings().socket.keepalive);
        loop {
            let done = tokio::select! {
                () = drain.begun() => return going_away(),
                why = &mut end => return Close::new(4403, why).into(),
                _ = pings.tick() => Box::pin(self.ping()).await,
                message = self.socket.recv() => match self.read(message) {
                    Ok(Some(message)) => Box::pin(self.handle(message, admission)).await,
                    Ok(None) => Ok(()),
                    Err(end) => Err(end),
                },
                Some((id, event)) = self.events.next() => Box::pin(self.send_event(&id, event)).await,
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn handle(&mut self, message: ClientMessage, admission: &Admission) -> Result<(), End> {
        match message {
            ClientMessage::ConnectionInit { .. } => Err(Close::new(4429, "Too many initialisation requests").into()),
            ClientMessage::Ping { payload } => self.send(&ServerMessage::Pong { payload }).await,
            ClientMessage::Pong { .. } => Ok(()),
            ClientMessage::Subscribe { id, payload } => self.start(id, payload, admission).await,
            ClientMessage::Unreadable { id } => {
                self.check_id(&id)?;
                let message = "A string holds half of a surrogate pair, which is no character.";
                self.refuse(&id, &[request_error(code::BAD_REQUEST, message)]).await
            }
            ClientMessage::Complete { id } => {
                self.stop(&id);
                Ok(())
            }
        }
    }

    async fn start(&mut self, id: String, payload: Value, admission: &Admission) -> Result<(), End> {
        self.check_id(&id)?;
        let max = self.endpoint.settings().socket.subscriptions_max;
        if self.running.len() >= max {
            let error = limit_error(code::TOO_MANY_STREAMS, "Too many operations are running", max);
            return self
                .send(&ServerMessage::Error {
                    id: &id,
                    payload: &[error],
                })
                .await;
        }
        let parameters = Parameters::from_json(payload).map_err(|_| invalid())?;
        let (span, ids) = self.begin_trace();
        let call = Call::new(parameters, admission, &ids, Transport::Stream, None);
        let outcomes = span.in_scope(|| self.endpoint.stream(call)).map(Some);
        let events = outcomes.chain(futures::stream::iter([None]));
        let name = id.clone();
        let (events, handle) = abortable(events.map(move |event| (name.clone(), event)));
        self.running.insert(id, handle);
        self.events.push(events.boxed());
        Ok(())
    }

    /// An operation is recorded as a request is, which goes on from the one that opened the socket.
    fn begin_trace(&self) -> (Span, RequestIds) {
        let ids = &self.ids;
        let begun = (self.tracing.go_on)(
            ids.traceparent.as_deref(),
            &|trace_id| tracing::info_span!("message", correlation_id = %ids.correlation_id, trace_id),
        );
        let ids = RequestIds {
            traceparent: begun.traceparent,
            ..ids.clone()
        };
        (begun.span, ids)
    }

    fn check_id(&self, id: &str) -> Result<(), End> {
        if id.is_empty() || id.len() > ID_BYTES_MAX {
            return Err(invalid());
        }
        match self.running.contains_key(id) {
            true => Err(Close::new(4409, format!("Subscriber for {id} already exists")).into()),
            false => Ok(()),
        }
    }

    /// What fails its checks is counted by no quota, and costs more than another message.
    async fn refuse(&mut self, id: &str, errors: &[ServerError]) -> Result<(), End> {
        if !self.bucket.take_many(REFUSED_MESSAGES, Instant::now()) {
            return Err(Close::new(4429, "Too many messages").into());
        }
        self.send(&ServerMessage::Error { id, payload: errors }).await
    }

    fn stop(&mut self, id: &str) {
        if let Some(handle) = self.running.remove(id) {
            handle.abort();
        }
    }

    async fn send_event(&mut self, id: &str, event: Option<Outcome>) -> Result<(), End> {
        match event {
            Some(outcome) if outcome.ran => {
                self.send(&ServerMessage::Next {
                    id,
                    payload: outcome.body(),
                })
                .await
            }
            Some(outcome) => {
                self.stop(id);
                self.refuse(id, &outcome.response.errors).await
            }
            None => {
                self.running.remove(id);
                self.send(&ServerMessage::Complete { id }).await
            }
        }
    }

    async fn receive(&mut self) -> Result<ClientMessage, End> {
        loop {
            let message = self.socket.recv().await;
            if let Some(message) = self.read(message)? {
                return Ok(message);
            }
        }
    }

    /// A message of the protocol, or `None` for one of WebSocket's own.
    fn read(&mut self, message: Option<Result<Message, axum::Error>>) -> Result<Option<ClientMessage>, End> {
        let message = match message {
            Some(Ok(Message::Close(_))) => return Err(End::Closed),
            None => return Err(End::Gone),
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(broken(&error)),
        };
        self.active = true;
        if !self.bucket.take(Instant::now()) {
            return Err(Close::new(4429, "Too many messages").into());
        }
        match message {
            Message::Text(text) => ClientMessage::read(&text).map(Some).ok_or_else(invalid),
            Message::Binary(_) => Err(invalid()),
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => Ok(None),
        }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if !std::mem::take(&mut self.active) {
            return Err(End::Gone);
        }
        self.write(Message::Ping(Bytes::new())).await
    }

    async fn send(&mut self, message: &ServerMessage<'_>) -> Result<(), End> {
        // Only a map with keys other than strings could fail, and there is none.
        let text = serde_json::to_string(message).map_err(|_| Close::new(4500, "Internal error"))?;
        self.write(Message::Text(text.into())).await
    }

    async fn write(&mut self, message: Message) -> Result<(), End> {
        let timeout = self.endpoint.settings().write_timeout;
        match tokio::time::timeout(timeout, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }
}

fn going_away() -> End {
    Close::new(1001, "The server is going away").into()
}

fn invalid() -> End {
    Close::new(4400, "Invalid message").into()
}

/// A peer that breaks WebSocket's own rules is told so; a broken connection cannot be told.
fn broken(error: &axum::Error) -> End {
    let text = error.to_string();
    if text.contains("too long") || text.contains("too big") {
        return Close::new(1009, "Message too big").into();
    }
    if text.contains("UTF-8") {
        return Close::new(1007, "Text that is not UTF-8").into();
    }
    // Of a connection that broke off it says the same.
    if text.starts_with("WebSocket protocol error") && !text.contains("without closing handshake") {
        return Close::new(1002, "Against WebSocket's rules").into();
    }
    End::Gone
}

fn pings(every: Duration) -> Interval {
    let mut pings = tokio::time::interval_at(Instant::now() + every, every);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings
}
