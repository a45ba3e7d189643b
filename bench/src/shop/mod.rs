//! The shop that is measured: filled, and run by its own programs with the configuration that the README gives.

pub mod database;
mod orders;
mod process;

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    time::Duration,
};

use anyhow::Context;
use sea_orm::DatabaseConnection;
use tempfile::TempDir;
use vitrine_adapters::{boot, config::Config};

pub use process::Process;

use crate::{arguments::Arguments, catalogue, soak::Services, usage::Watched, verdict, workloads::Purchases};
use process::Programs;

/// How many orders are placed through the door before they are copied.
const ORIGINALS: u64 = 20;

/// A shop that stands still.
pub struct Shop {
    pub address: SocketAddr,
    pub config: Config,
    programs: Programs,
    made: Option<database::Made>,
    folder: TempDir,
}

/// A shop whose programs run.
pub struct Running {
    pub watched: Watched,
    /// From the start of the server until it was ready.
    pub ready_in: Duration,
    processes: Vec<Process>,
}

/// What filling took.
pub struct Filled {
    pub products: usize,
    pub import: Duration,
    pub orders: u64,
}

impl Shop {
    /// An empty one, on what the arguments say, and among `services`, where there are any.
    pub async fn open(arguments: &Arguments, services: Option<&Services>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let made = match &arguments.database_url {
            Some(url) => Some(database::Made::make(url).await.context("making a database")?),
            None => None,
        };
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let redis_url = match services {
            Some(services) => services.redis_url(),
            None => arguments.redis_url.as_deref(),
        };
        let replica = made.as_ref().zip(arguments.replica_url.as_ref());
        let replica = replica.map(|(made, url)| made.at(url));
        let mut text = configuration(redis_url, (made.as_ref(), replica), folder.path(), address);
        text.extend(services.map(Services::configuration));
        let file = folder.path().join("vitrine.toml");
        std::fs::write(&file, &text)?;
        Ok(Self {
            address,
            config: Config::load(Some(&file))?,
            programs: Programs::find(arguments.programs.as_deref(), file)?,
            made,
            folder,
        })
    }

    /// Gives it so many products by its importer, and so many orders.
    pub async fn fill(&self, arguments: &Arguments) -> anyhow::Result<Filled> {
        let (products, orders) = (arguments.products, arguments.orders);
        self.programs.run(&["migrate"]).await?;
        if self.config.search.meilisearch.is_some() {
            // What is written into an engine that has no index yet is refused.
            self.programs.run(&["reindex"]).await?;
        }
        self.programs.run(&["seed"]).await?;
        let file = self.folder.path().join("catalogue.csv");
        catalogue::write(&file, products, arguments.sale_pieces)?;
        let import = self.programs.run(&["import", &file.to_string_lossy()]).await?;
        if orders > 0 {
            let running = self.run().await?;
            Purchases::new(self.address, None)
                .await?
                .place(self.address, ORIGINALS)
                .await?;
            verdict::rest(&self.config).await?;
            running.stop().await?;
            orders::multiply(self.config.database.url.expose(), orders / ORIGINALS).await?;
        }
        let db = boot::open_database(&self.config).await?;
        let orders = orders::count(&db).await?;
        db.close().await?;
        Ok(Filled {
            products,
            import,
            orders,
        })
    }

    /// Starts the server, and the worker where it is a program of its own.
    pub async fn run(&self) -> anyhow::Result<Running> {
        let (server, ready_in) = self.programs.server(self.address).await?;
        let mut processes = vec![server];
        if !self.config.is_embedded() {
            processes.push(self.programs.worker()?);
        }
        let db: DatabaseConnection = boot::open_database(&self.config).await?;
        let watched = Watched {
            shop: processes.iter().filter_map(Process::pid).collect(),
            database: database::process(&db).await,
        };
        db.close().await?;
        Ok(Running {
            watched,
            ready_in,
            processes,
        })
    }

    pub async fn close(self) -> anyhow::Result<()> {
        match self.made {
            Some(made) => made.drop().await,
            None => Ok(()),
        }
    }
}

impl Running {
    pub async fn stop(self) -> anyhow::Result<()> {
        // The server first: what it still answers may need the worker.
        for process in self.processes {
            process.stop().await?;
        }
        Ok(())
    }
}

/// The defaults, but for what a run from a single address needs.
fn configuration(
    redis_url: Option<&str>,
    (made, replica): (Option<&database::Made>, Option<String>),
    folder: &Path,
    address: SocketAddr,
) -> String {
    let database_url = match made {
        Some(made) => made.url(),
        None => format!("sqlite://{}?mode=rwc", folder.join("shop.db").display()),
    };
    let redis = match (redis_url, made) {
        (Some(url), Some(made)) => format!("[redis]\nurl = {url:?}\nprefix = {:?}\n", made.name()),
        _ => String::new(),
    };
    let replicas: Vec<_> = replica.into_iter().collect();
    format!(
        r#"
[http]
address = "{address}"
connections_max = 50000
streams_max = 50000

[database]
url = {database_url:?}
replicas = {replicas:?}

{redis}
[mail]
folder = {mails:?}

[media]
folder = {media:?}
# The catalogue's pictures lie nowhere.
import = false

[auth]
signing_secret = "a secret of the benchmark, and long enough"

[limits]
# All visitors come from one address.
enabled = false
connections_per_address = 20000
streams_per_address = 20000

[log]
level = "warn"
"#,
        mails = folder.join("mails"),
        media = folder.join("media"),
    )
}
