//! `vitrine health`.

use std::{process::ExitCode, time::Duration};

use anyhow::{Context, bail};
use clap::Args;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vitrine_adapters::config::Config;

use super::print;

/// How long the server may take to answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The most that is read of an answer.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Asks a running server whether it can serve; fails if it cannot. For a container's health check.
#[derive(Debug, Args)]
pub(super) struct Health {
    /// What to ask, as in http://127.0.0.1:8080/health; by default the configured address.
    #[arg(long)]
    pub(super) url: Option<String>,
}

impl Health {
    pub(super) async fn run(&self, config: Option<&Config>) -> anyhow::Result<ExitCode> {
        let configured = || config.map(|config| format!("http://{}/health", config.http.address));
        let url = self
            .url
            .clone()
            .or_else(configured)
            .context("name what to ask after --url")?;
        let answer = tokio::time::timeout(TIMEOUT, ask(&url))
            .await
            .with_context(|| format!("{url} did not answer"))?;
        let (status, body) = answer.with_context(|| format!("asking {url}"))?;
        print::line(body)?;
        Ok(if status == 200 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// One `GET`, by hand: a client that speaks all of HTTP would be the larger half of a probe.
async fn ask(url: &str) -> anyhow::Result<(u16, String)> {
    let Some(rest) = url.strip_prefix("http://") else {
        bail!("only http:// is asked: ask the server itself, not a proxy")
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, "health"));
    let address = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let mut stream = TcpStream::connect(&address).await?;
    stream
        .write_all(format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").as_bytes())
        .await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok((status.context("the answer is not HTTP")?, body.trim().to_owned()))
}
