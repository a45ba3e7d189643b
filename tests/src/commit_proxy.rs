//! Stands between a shop and its PostgreSQL, and interrupts one COMMIT: of the transaction in which a text was sent. Or has
//! every connection fall silent on which a text is sent.

use std::{
    io,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use vitrine_adapters::config::{Config, Secret};

/// As sqlx sends it: a simple query.
const COMMIT: &[u8] = b"Q\0\0\0\x0bCOMMIT\0";
const BEGIN: &[u8] = b"BEGIN";

/// What becomes of a COMMIT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interruption {
    /// It does not arrive: the connection is cut.
    CutBefore,
    /// It is done, and the connection is cut before its answer.
    CutAfter,
    /// It is done, and nothing is heard on the connection any more.
    SilentAfter,
}

/// What is to be interrupted next: the transaction in which this text is sent.
type Planned = Option<(Vec<u8>, Interruption)>;

/// The proxy. It ends with the process.
pub struct CommitProxy {
    listener: TcpListener,
    server: Arc<OnceLock<String>>,
    plans: Arc<Plans>,
}

#[derive(Default)]
struct Plans {
    planned: Mutex<Planned>,
    silencing: Mutex<Option<Vec<u8>>>,
}

/// Plans interruptions.
pub struct Interruptions(Arc<Plans>);

impl Interruptions {
    pub fn plan(&self, text: &str, interruption: Interruption) {
        let planned = Some((text.as_bytes().to_vec(), interruption));
        *self.0.planned.lock().unwrap_or_else(PoisonError::into_inner) = planned;
    }

    /// From now on nothing is heard any more on a connection on which this text is sent; `None` lets them be.
    pub fn silence(&self, text: Option<&str>) {
        let text = text.map(|text| text.as_bytes().to_vec());
        *self.0.silencing.lock().unwrap_or_else(PoisonError::into_inner) = text;
    }
}

impl CommitProxy {
    /// # Panics
    /// When no port is free.
    pub async fn new() -> Self {
        Self {
            listener: TcpListener::bind("127.0.0.1:0").await.expect("a free port"),
            server: Arc::default(),
            plans: Arc::default(),
        }
    }

    /// Has a shop connect here, if it is on PostgreSQL.
    ///
    /// # Panics
    /// When the database's address names no host.
    pub fn stand_before(self, config: &mut Config) -> Option<Interruptions> {
        let url = config.database.url.expose().to_owned();
        let rest = url.strip_prefix("postgres://")?;
        let place = rest.split('/').next().expect("a place");
        let host = place.rsplit('@').next().expect("a host");
        let here = self.listener.local_addr().expect("a bound port").to_string();
        config.database.url = Secret::new(url.replacen(host, &here, 1));
        let server = match host.contains(':') {
            true => host.to_owned(),
            false => format!("{host}:5432"),
        };
        self.server.set(server).expect("it stands before one");
        let plans = Arc::clone(&self.plans);
        tokio::spawn(self.serve());
        Some(Interruptions(plans))
    }

    async fn serve(self) {
        let server = self.server.get().expect("it stands before one").clone();
        while let Ok((client, _)) = self.listener.accept().await {
            let (server, plans) = (server.clone(), Arc::clone(&self.plans));
            tokio::spawn(async move {
                // Whoever is cut off hears of it by that.
                let _ = pass(client, &server, &plans).await;
            });
        }
    }
}

async fn pass(client: TcpStream, server: &str, plans: &Plans) -> io::Result<()> {
    let planned = &plans.planned;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = TcpStream::connect(server).await?.into_split();
    let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut is_meant = false;
    loop {
        tokio::select! {
            read = from_server.read(&mut answered) => match read? {
                0 => return Ok(()),
                bytes => to_client.write_all(&answered[..bytes]).await?,
            },
            read = from_client.read(&mut asked) => {
                let sent = match read? {
                    0 => return Ok(()),
                    bytes => &asked[..bytes],
                };
                if is_silenced(plans, sent) {
                    std::future::pending::<()>().await;
                }
                if contains(sent, BEGIN) {
                    is_meant = false;
                }
                is_meant |= is_planned(planned, sent);
                let interruption = match is_meant && contains(sent, COMMIT) {
                    true => planned.lock().unwrap_or_else(PoisonError::into_inner).take(),
                    false => None,
                };
                if let Some((_, Interruption::CutBefore)) = interruption {
                    return Ok(());
                }
                to_server.write_all(sent).await?;
                if let Some((_, interruption)) = interruption {
                    // Its answer says that it is done.
                    let _some = from_server.read(&mut answered).await?;
                    if interruption == Interruption::SilentAfter {
                        std::future::pending::<()>().await;
                    }
                    return Ok(());
                }
            }
        }
    }
}

fn is_silenced(plans: &Plans, sent: &[u8]) -> bool {
    let silencing = plans.silencing.lock().unwrap_or_else(PoisonError::into_inner);
    silencing.as_ref().is_some_and(|text| contains(sent, text))
}

fn is_planned(planned: &Mutex<Planned>, sent: &[u8]) -> bool {
    let planned = planned.lock().unwrap_or_else(PoisonError::into_inner);
    planned.as_ref().is_some_and(|(text, _)| contains(sent, text))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
