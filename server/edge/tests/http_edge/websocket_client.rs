//! A client of graphql-transport-ws that says what it is told to, rightly or wrongly.

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};
use vitrine_edge::{HttpSettings, SocketSettings};

use crate::support::{App, Listening, within};

pub(crate) struct Client(pub(crate) WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Client {
    pub(crate) async fn connect(server: &Listening) -> Self {
        let opened = dial(server, "/graphql/ws", "graphql-transport-ws", &[]).await;
        Self(opened.expect("it is upgraded"))
    }

    /// With the handshake done.
    pub(crate) async fn ready(server: &Listening, payload: Value) -> Self {
        let mut client = Self::connect(server).await;
        client
            .say(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
        client
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        // The other side may have closed already; the test reads why.
        let _ = self.0.send(message).await;
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } }))
            .await;
    }

    pub(crate) async fn hear(&mut self) -> Value {
        loop {
            match self.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).expect("JSON"),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("no message: {other:?}"),
            }
        }
    }

    /// The close code, whatever is said before it. 0 where the connection just ends.
    pub(crate) async fn end(&mut self) -> u16 {
        loop {
            match self.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map_or(0, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return 0,
            }
        }
    }

    pub(crate) async fn next(&mut self) -> Option<Result<Message, Error>> {
        within("something comes", self.0.next()).await
    }
}

pub(crate) async fn dial(
    server: &Listening,
    path: &str,
    protocol: &str,
    headers: &[(&'static str, &str)],
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, Error> {
    let mut request = format!("ws://{}{path}", server.address)
        .into_client_request()
        .expect("a URL");
    for (name, value) in headers.iter().chain([&("sec-websocket-protocol", protocol)]) {
        if !value.is_empty() {
            request
                .headers_mut()
                .insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
    }
    connect_async(request).await.map(|(stream, _)| stream)
}

pub(crate) async fn server(socket: SocketSettings) -> Listening {
    App::with(HttpSettings {
        socket,
        ..HttpSettings::default()
    })
    .listen()
    .await
}
