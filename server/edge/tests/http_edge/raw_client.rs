//! A client that speaks HTTP by its bytes, so that it sees its connections.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Listening, within};

/// Types of HTTP/2's frames.
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const GOAWAY: u8 = 7;

/// What a GOAWAY holds at first: for as long as a request may be on its way, any is taken. The highest id, and NO_ERROR.
pub(crate) const ENDING: [u8; 8] = [0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0];

pub(crate) const HELLO: &str = "GET /graphql?query=%7Bhello%7D HTTP/1.1\r\nhost: a\r\n\r\n";

pub(crate) const SUBSCRIBE: &str =
    "GET /graphql?query=subscription%7BFIELD%7D HTTP/1.1\r\nhost: a\r\naccept: text/event-stream\r\n\r\n";

pub(crate) async fn read_until(stream: &mut TcpStream, text: &str) -> String {
    let mut read = Vec::new();
    while !String::from_utf8_lossy(&read).contains(text) {
        let more = stream.read_buf(&mut read).await.expect("it can be read");
        assert_ne!(more, 0, "closed before {text}: {}", String::from_utf8_lossy(&read));
    }
    String::from_utf8_lossy(&read).into_owned()
}

pub(crate) async fn connect(server: &Listening) -> TcpStream {
    TcpStream::connect(server.address).await.expect("it listens")
}

pub(crate) async fn ask(stream: &mut TcpStream) -> String {
    stream.write_all(HELLO.as_bytes()).await.expect("it takes it");
    read_until(stream, "hello world").await
}

/// What comes until the server closes, which it does in order.
pub(crate) async fn rest(stream: &mut TcpStream) -> String {
    let mut rest = String::new();
    let read = within("it is closed", stream.read_to_string(&mut rest)).await;
    read.expect("in order");
    rest
}

/// HTTP/2's, of a connection.
pub(crate) struct Frames(TcpStream);

impl Frames {
    pub(crate) async fn open(mut stream: TcpStream) -> Self {
        let preface = [
            &b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..],
            &[0, 0, 0, SETTINGS, 0, 0, 0, 0, 0],
        ]
        .concat();
        stream.write_all(&preface).await.expect("it takes it");
        Self(stream)
    }

    /// What the next frame of this type holds.
    pub(crate) async fn next(&mut self, of: u8) -> Vec<u8> {
        loop {
            let mut head = [0; 9];
            let read = within("a frame comes", self.0.read_exact(&mut head)).await;
            read.expect("a frame's head");
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; usize::try_from(length).expect("it fits")];
            self.0.read_exact(&mut payload).await.expect("a frame");
            if head[3] == of {
                return payload;
            }
        }
    }
}
