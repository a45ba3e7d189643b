//! The database of a run: a file of its own, or one made on a PostgreSQL.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};

use crate::usage;

/// A connection of its own, without the shop's time limits: a million orders take longer to copy or to check.
pub async fn without_limits(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await
}

/// One made for this run, and dropped at its end.
pub struct Made {
    admin_url: String,
    name: String,
}

impl Made {
    /// Makes one beside the one that `admin_url` names.
    pub async fn make(admin_url: &str) -> anyhow::Result<Self> {
        let name = format!("vitrine_bench_{}", std::process::id());
        let admin = Database::connect(admin_url).await?;
        admin
            .execute_unprepared(&format!("drop database if exists {name} with (force)"))
            .await?;
        admin.execute_unprepared(&format!("create database {name}")).await?;
        admin.close().await?;
        Ok(Self {
            admin_url: admin_url.to_owned(),
            name,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    pub fn url(&self) -> String {
        self.at(&self.admin_url)
    }

    /// The same on the PostgreSQL that `admin_url` names, which follows.
    pub fn at(&self, admin_url: &str) -> String {
        let (address, query) = match admin_url.split_once('?') {
            Some((address, query)) => (address, format!("?{query}")),
            None => (admin_url, String::new()),
        };
        let host_starts = address.find("://").map_or(0, |scheme| scheme + 3);
        let path = address[host_starts..]
            .find('/')
            .map_or(address.len(), |path| host_starts + path);
        format!("{}/{}{query}", &address[..path], self.name)
    }

    pub async fn drop(self) -> anyhow::Result<()> {
        let admin = Database::connect(&self.admin_url).await?;
        admin
            .execute_unprepared(&format!("drop database {} with (force)", self.name))
            .await?;
        Ok(admin.close().await?)
    }
}

/// The first process of a PostgreSQL on this machine.
pub async fn process(db: &DatabaseConnection) -> Option<u32> {
    if db.get_database_backend() != DbBackend::Postgres {
        return None;
    }
    let ask = Statement::from_string(DbBackend::Postgres, "select pg_backend_pid()");
    let serving: i32 = db.query_one_raw(ask).await.ok()??.try_get_by_index(0).ok()?;
    let first = usage::parent(serving.try_into().ok()?)?;
    // On another machine it would be somebody else's number.
    let name = std::fs::read_to_string(format!("/proc/{first}/comm")).ok()?;
    name.starts_with("postgres").then_some(first)
}
