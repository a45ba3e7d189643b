//! The shop's programs, as processes of their own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::process::{Child, Command};

use crate::load::Connection;

/// How long a server may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(300);

/// How long it may take to end when it is asked to.
const FAREWELL: Duration = Duration::from_secs(40);

/// Where the programs lie, and which configuration they are given.
#[derive(Debug, Clone)]
pub struct Programs {
    folder: PathBuf,
    config: PathBuf,
}

/// One that runs. It is killed when it is dropped.
pub struct Process {
    child: Child,
}

impl Programs {
    /// By default they were built beside this one.
    pub fn find(folder: Option<&Path>, config: PathBuf) -> anyhow::Result<Self> {
        let own = std::env::current_exe()?;
        let folder = folder.or(own.parent()).context("no folder of programs")?.to_owned();
        if !folder.join("vitrine").exists() {
            bail!(
                "{} has no program `vitrine`: build the workspace (`cargo build --release --workspace`) or give --programs",
                folder.display()
            );
        }
        Ok(Self { folder, config })
    }

    /// Runs a command of `vitrine` to its end, and gives how long it took.
    pub async fn run(&self, arguments: &[&str]) -> anyhow::Result<Duration> {
        let started = Instant::now();
        let output = self.command("vitrine").args(arguments).output().await?;
        if !output.status.success() {
            bail!(
                "vitrine {}: {}{}",
                arguments.join(" "),
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(started.elapsed())
    }

    /// Starts a server, and gives how long it took until it was ready.
    pub async fn server(&self, address: SocketAddr) -> anyhow::Result<(Process, Duration)> {
        let started = Instant::now();
        let mut process = self.start("vitrine")?;
        while !is_ready(address).await {
            if let Some(status) = process.child.try_wait()? {
                bail!("the server ended with {status} instead of opening");
            }
            if started.elapsed() > PATIENCE {
                bail!("the server does not open");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok((process, started.elapsed()))
    }

    pub fn worker(&self) -> anyhow::Result<Process> {
        self.start("vitrine-worker")
    }

    fn start(&self, program: &str) -> anyhow::Result<Process> {
        let mut command = self.command(program);
        let child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?;
        Ok(Process { child })
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command
            .arg("--config")
            .arg(&self.config)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }
}

impl Process {
    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let Some(pid) = self.pid() else { return Ok(()) };
        // The shell's own: `kill` is not on every machine.
        Command::new("sh")
            .arg("-c")
            .arg(format!("kill -TERM {pid}"))
            .status()
            .await?;
        tokio::time::timeout(FAREWELL, self.child.wait())
            .await
            .context("a program does not end when it is asked to")??;
        Ok(())
    }
}

async fn is_ready(address: SocketAddr) -> bool {
    match Connection::open(address).await {
        Ok(mut connection) => connection.get("/health/ready").await.unwrap_or(false),
        Err(_) => false,
    }
}
