//! One connection: it fails once its peer takes nothing for too long, holds its place among those that are open, and
//! ends so that the last answer arrives.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::TcpStream,
    sync::OwnedSemaphorePermit,
    time::{Instant, Sleep},
};

use super::{drain::Drain, handover::Handover, head_timer::Heard, idle::Entry, shares::Share};

/// How long, and for how many bytes, the end waits for its peer's.
const LINGER_TIME: Duration = Duration::from_secs(1);
const LINGER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Among all connections, and among those of its address, if these are counted.
pub(super) struct Place {
    pub(super) _permit: OwnedSemaphorePermit,
    pub(super) _share: Option<Share>,
    pub(super) entry: Entry,
}

/// A connection. A WebSocket that it becomes holds it on.
pub(super) struct Connection {
    /// There until it is dropped.
    stream: Option<TcpStream>,
    place: Option<Place>,
    drain: Drain,
    timeout: Duration,
    /// Runs while a write waits.
    stalled: Option<Pin<Box<Sleep>>>,
    /// Whether the peer has ended it, or it broke.
    is_over: bool,
    handover: Handover,
    heard: Heard,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, place: Place, timeout: Duration, drain: Drain) -> Self {
        Self {
            stream: Some(stream),
            place: Some(place),
            drain,
            timeout,
            stalled: None,
            is_over: false,
            handover: Handover::default(),
            heard: Heard::default(),
        }
    }

    /// Hears whether what was to be written is.
    pub(super) fn handover(&self) -> Handover {
        self.handover.clone()
    }

    /// Hears whether something has come.
    pub(super) fn heard(&self) -> Heard {
        self.heard.clone()
    }

    /// What has come, which stays to be read.
    pub(super) async fn peek(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match &self.stream {
            Some(stream) => stream.peek(buffer).await,
            None => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    fn stream(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        let stream = self.stream.as_mut().map(Pin::new);
        stream.ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if let Poll::Ready(written) = written {
            self.stalled = None;
            self.is_over |= written.is_err();
            return Poll::Ready(written);
        }
        self.handover.fall_behind();
        let until = Instant::now() + self.timeout;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(until)));
        ready!(stalled.as_mut().poll(context));
        self.is_over = true;
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let (Some(stream), Some(place)) = (self.stream.take(), self.place.take()) else {
            return;
        };
        place.entry.end();
        // A runtime that is gone takes its connections along.
        if !self.is_over && tokio::runtime::Handle::try_current().is_ok() {
            self.drain.spawn(linger(stream, place));
        }
    }
}

/// Says that we are done and drops what still comes, for a moment. What a system has received for a connection that
/// is closed at once is answered by a reset, at which the peer may lose the answer that it had not read yet.
async fn linger(mut stream: TcpStream, place: Place) {
    let drained = async {
        stream.shutdown().await?;
        let mut dropped = [0; 4096];
        let mut left = LINGER_BYTES_MAX;
        loop {
            let read = stream.read(&mut dropped).await?;
            left = left.saturating_sub(read);
            if read == 0 || left == 0 {
                return io::Result::Ok(());
            }
        }
    };
    // Whatever becomes of it, the connection is over.
    let _ = tokio::time::timeout(LINGER_TIME, drained).await;
    drop((stream, place));
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let (before, room) = (buffer.filled().len(), buffer.remaining());
        let read = ready!(self.stream()?.poll_read(context, buffer));
        let is_more = buffer.filled().len() > before;
        if is_more {
            self.heard.something();
        }
        self.is_over |= read.is_err() || room > 0 && !is_more;
        Poll::Ready(read)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = self.stream()?.poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = self.stream()?.poll_write_vectored(context, slices);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.as_ref().is_some_and(AsyncWrite::is_write_vectored)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Asked for when nothing is left to be written.
        self.handover.catch_up();
        self.stream()?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_shutdown(context)
    }
}
