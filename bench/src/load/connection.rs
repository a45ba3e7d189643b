//! One connection of HTTP/1.1, as a front end keeps it.

use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Response,
    body::Incoming,
    client::conn::http1::{self, SendRequest},
    header::{ACCEPT, CONTENT_TYPE, HOST},
};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::{TcpSocket, TcpStream};

/// The headers stay as small as a front end's can be: what is measured is the server.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("connecting")?;
        Self::over(stream, address).await
    }

    /// As [`open`](Self::open), from a certain address of this machine.
    pub async fn open_from(local: IpAddr, address: SocketAddr) -> anyhow::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket
            .bind(SocketAddr::new(local, 0))
            .context("binding to a local address")?;
        let stream = socket.connect(address).await.context("connecting")?;
        Self::over(stream, address).await
    }

    async fn over(stream: TcpStream, address: SocketAddr) -> anyhow::Result<Self> {
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: address.to_string(),
        })
    }

    /// Posts a GraphQL request and reads the answer to its end.
    pub async fn post(&mut self, body: Bytes) -> anyhow::Result<Bytes> {
        let response = self.send(body, "application/json").await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            bail!("HTTP {}", status.as_u16());
        }
        Ok(body)
    }

    /// As [`post`](Self::post); a GraphQL error fails.
    pub async fn ask(&mut self, document: &str, variables: &Value) -> anyhow::Result<Value> {
        let answer: Value = serde_json::from_slice(&self.post(request(document, variables)).await?)?;
        if let Some(error) = answer["errors"].get(0) {
            bail!("{}: {}", error["extensions"]["code"], error["message"]);
        }
        Ok(answer["data"].clone())
    }

    /// Follows a subscription: the body goes on until the server or the caller ends it.
    pub async fn follow(&mut self, document: &str, variables: &Value) -> anyhow::Result<Incoming> {
        let response = self.send(request(document, variables), "text/event-stream").await?;
        if !response.status().is_success() {
            bail!("HTTP {}", response.status().as_u16());
        }
        Ok(response.into_body())
    }

    /// Whether `path` is answered with success.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<bool> {
        let request = Request::get(path).header(HOST, &self.host).body(Full::default())?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        response.into_body().collect().await?;
        Ok(status.is_success())
    }

    async fn send(&mut self, body: Bytes, accept: &str) -> anyhow::Result<Response<Incoming>> {
        self.sender.ready().await?;
        let request = Request::post("/graphql")
            .header(HOST, &self.host)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, accept)
            .body(Full::new(body))?;
        Ok(self.sender.send_request(request).await?)
    }
}

/// The body of a GraphQL request.
pub fn request(document: &str, variables: &Value) -> Bytes {
    serde_json::json!({ "query": document, "variables": variables })
        .to_string()
        .into()
}
