//! Stands before a service on this machine, and is shut: what goes through is cut, and whoever comes is refused, as where
//! nothing listens.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tokio_util::task::AbortOnDropHandle;

/// The pause until its port is tried again, should somebody have it.
const PAUSE: Duration = Duration::from_millis(20);

pub struct Gate {
    address: SocketAddr,
    is_open: watch::Sender<bool>,
    _serving: AbortOnDropHandle<()>,
}

impl Gate {
    /// An open one, before what is at `server`.
    pub async fn before(server: String) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (is_open, opened) = watch::channel(true);
        let serving = tokio::spawn(serve(listener, address, server, opened));
        Ok(Self {
            address,
            is_open,
            _serving: AbortOnDropHandle::new(serving),
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn set_open(&self, is_open: bool) {
        self.is_open.send_replace(is_open);
    }
}

async fn serve(first: TcpListener, address: SocketAddr, server: String, mut opened: watch::Receiver<bool>) {
    let mut listener = Some(first);
    loop {
        if let Some(listener) = listener.take() {
            pass_until_shut(&listener, &server, &mut opened).await;
        }
        // Whoever owns it has gone.
        if opened.wait_for(|is_open| *is_open).await.is_err() {
            return;
        }
        listener = TcpListener::bind(address).await.ok();
        if listener.is_none() {
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// What goes through is cut when this ends.
async fn pass_until_shut(listener: &TcpListener, server: &str, opened: &mut watch::Receiver<bool>) {
    let mut passing = JoinSet::new();
    loop {
        tokio::select! {
            _ = opened.wait_for(|is_open| !is_open) => return,
            Some(_) = passing.join_next() => {}
            accepted = listener.accept() => {
                if let Ok((client, _)) = accepted {
                    passing.spawn(pass(client, server.to_owned()));
                }
            }
        }
    }
}

/// Whoever is cut off hears of it by that.
async fn pass(mut client: TcpStream, server: String) -> io::Result<()> {
    let mut server = TcpStream::connect(server).await?;
    tokio::io::copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}
