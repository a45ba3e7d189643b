//! One connection that is held open: as little of a client as keeps it alive, so that thousands fit beside the server.

use std::net::{IpAddr, SocketAddr};

use anyhow::{Context, bail};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::workloads::{ORDER_UPDATES, Placed};

/// How it is connected.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A WebSocket that says hello and nothing more.
    Silent,
    /// A WebSocket that follows an order.
    Socket,
    /// A stream of Server-Sent Events that follows an order.
    Events,
}

/// First bytes of frames (RFC 6455, section 5.2): whole messages.
const TEXT: u8 = 0x81;
const PING: u8 = 0x89;
const PONG: u8 = 0x8a;
/// A client masks what it sends. This mask changes nothing.
const MASKED: u8 = 0x80;
const NO_MASK: [u8; 4] = [0; 4];

/// More is not read before what is waited for must have come.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Connects from `local`, until the server has told what it has to tell at first.
pub async fn open(local: IpAddr, server: SocketAddr, kind: Kind, order: &Placed) -> anyhow::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket
        .bind(SocketAddr::new(local, 0))
        .context("binding to a local address")?;
    let mut stream = socket.connect(server).await.context("connecting")?;
    stream.set_nodelay(true)?;
    let operation = json!({
        "query": ORDER_UPDATES,
        "variables": { "order": order.order, "token": order.token },
    });
    match kind {
        Kind::Silent => shake_hands(&mut stream, server).await?,
        Kind::Socket => {
            shake_hands(&mut stream, server).await?;
            let subscribe = json!({ "id": "1", "type": "subscribe", "payload": operation });
            stream.write_all(&text(&subscribe)).await?;
            until(&mut stream, "\"next\"").await?;
        }
        Kind::Events => {
            let body = operation.to_string();
            let head = format!(
                "POST /graphql HTTP/1.1\r\nHost: {server}\r\nUser-Agent: {USER_AGENT}\r\nAccept: text/event-stream\r\n\
                 Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(head.as_bytes()).await?;
            until(&mut stream, "event: next").await?;
        }
    }
    Ok(stream)
}

/// What a browser sends of itself.
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn shake_hands(stream: &mut TcpStream, server: SocketAddr) -> anyhow::Result<()> {
    let head = format!(
        "GET /graphql/ws HTTP/1.1\r\nHost: {server}\r\nUser-Agent: {USER_AGENT}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: graphql-transport-ws\r\nAccept-Language: en\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    until(stream, "\r\n\r\n").await?;
    stream.write_all(&text(&json!({ "type": "connection_init" }))).await?;
    until(stream, "connection_ack").await
}

/// Reads until these words have come.
async fn until(stream: &mut TcpStream, words: &str) -> anyhow::Result<()> {
    let mut read = Vec::new();
    loop {
        if stream.read_buf(&mut read).await? == 0 || read.len() > ANSWER_BYTES_MAX {
            bail!("no {words:?} in {:?}", String::from_utf8_lossy(&read));
        }
        if read.windows(words.len()).any(|window| window == words.as_bytes()) {
            return Ok(());
        }
    }
}

fn text(message: &Value) -> Vec<u8> {
    let message = message.to_string();
    let mut frame = vec![TEXT];
    // A longer one than this would have to be written otherwise.
    match u16::try_from(message.len()).expect("a short message") {
        short @ 0..126 => frame.push(MASKED | short as u8),
        long => {
            frame.push(MASKED | 126);
            frame.extend(long.to_be_bytes());
        }
    }
    frame.extend(NO_MASK);
    frame.extend(message.as_bytes());
    frame
}

/// Answers pings, until the server ends the connection.
pub async fn stay(mut stream: TcpStream, kind: Kind) {
    loop {
        // Nothing is held while nothing comes.
        if stream.readable().await.is_err() {
            return;
        }
        let mut read = [0; 512];
        match stream.try_read(&mut read) {
            Ok(0) => return,
            // Whatever comes beside it, an answer too many is none too few.
            Ok(_) if !matches!(kind, Kind::Events) && read.contains(&PING) => {
                let mut pong = vec![PONG, MASKED];
                pong.extend(NO_MASK);
                if stream.write_all(&pong).await.is_err() {
                    return;
                }
            }
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
