//! A client that connects to nothing inside.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::{self, Attempt},
};

use super::address::is_public;

/// How a client may be used.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For one request, with all that it is redirected to.
    pub timeout: Duration,
    pub connect_timeout: Duration,
    pub redirects_max: usize,
    /// For development, and for those who mean it: nothing is asked of addresses.
    pub allow_inside: bool,
}

/// Why an address is not asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Inside {
    #[error("the address begins with neither `https://` nor `http://`")]
    Scheme,
    #[error("the address holds a user name or a password")]
    Credentials,
    #[error("the address leads to this machine or an inner network")]
    Private,
    #[error("the address is redirected too often")]
    Redirects,
}

/// A client that follows redirects, as many as it may, and looks at each address that it is to connect to.
pub fn client(limits: Limits) -> Result<Client, reqwest::Error> {
    let Limits {
        timeout,
        connect_timeout,
        redirects_max,
        allow_inside,
    } = limits;
    let redirects = match redirects_max {
        // What sends on elsewhere has answered.
        0 => redirect::Policy::none(),
        _ => redirect::Policy::custom(move |attempt| follow(attempt, redirects_max, allow_inside)),
    };
    Client::builder()
        .user_agent(concat!("vitrine/", env!("CARGO_PKG_VERSION")))
        .timeout(timeout)
        .connect_timeout(connect_timeout)
        .no_proxy()
        .referer(false)
        .pool_max_idle_per_host(2)
        .dns_resolver(Arc::new(Outside { allow_inside }))
        .redirect(redirects)
        .build()
}

/// Whether an address may be asked, as far as can be known before its name is resolved. What holds an address
/// in numbers is not resolved at all.
pub fn check(url: &Url, allow_inside: bool) -> Result<(), Inside> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(Inside::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Inside::Credentials);
    }
    // `Url` has brought every notation of an address of version 4 (127.1, 0x7f000001) to the one form.
    let host = url.host_str().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
    match address {
        Some(address) if !allow_inside && !is_public(address) => Err(Inside::Private),
        _ => Ok(()),
    }
}

fn follow(attempt: Attempt<'_>, redirects_max: usize, allow_inside: bool) -> redirect::Action {
    if attempt.previous().len() > redirects_max {
        return attempt.error(Inside::Redirects);
    }
    match check(attempt.url(), allow_inside) {
        Ok(()) => attempt.follow(),
        Err(inside) => attempt.error(inside),
    }
}

/// Resolves names to what may be connected to.
struct Outside {
    allow_inside: bool,
}

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_inside = self.allow_inside;
        Box::pin(async move {
            // The port is the address's, and put in by the client.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let outside = outside(found, allow_inside)?;
            Ok(Box::new(outside.into_iter()) as Addrs)
        })
    }
}

/// A name that leads inside as well is not asked at all: whoever set it up so means the inside.
fn outside(found: impl Iterator<Item = SocketAddr>, allow_inside: bool) -> Result<Vec<SocketAddr>, Inside> {
    let found: Vec<SocketAddr> = found.collect();
    match allow_inside || found.iter().all(|address| is_public(address.ip())) {
        true => Ok(found),
        false => Err(Inside::Private),
    }
}

/// What of ours stopped a request, wherever in the error it stands.
pub fn is_inside(error: &reqwest::Error) -> Option<Inside> {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if let Some(inside) = cause.downcast_ref::<Inside>() {
            return Some(inside.clone());
        }
        source = cause.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(url: &str) -> Result<(), Inside> {
        check(&Url::parse(url).unwrap(), false)
    }

    #[test]
    fn no_notation_leads_inside() {
        for url in [
            "http://127.0.0.1/a.png",
            "http://127.1/a.png",
            "http://0x7f000001/a.png",
            "http://2130706433/a.png",
            "http://017700000001/a.png",
            "http://0/a.png",
            "http://[::1]/a.png",
            "http://[::ffff:127.0.0.1]/a.png",
            "http://[::ffff:7f00:1]:8080/a.png",
            "http://169.254.169.254/latest/meta-data/",
            "http://[fd00:ec2::254]/latest/meta-data/",
            "http://１２７.0.0.1/a.png",
        ] {
            assert_eq!(checked(url), Err(Inside::Private), "{url}");
        }
        assert_eq!(checked("https://ada@example.com/a.png"), Err(Inside::Credentials));
        assert_eq!(checked("https://:secret@example.com/a.png"), Err(Inside::Credentials));
        for url in [
            "file:///etc/passwd",
            "ftp://example.com/a.png",
            "gopher://example.com/",
            "data:image/png;base64,AA",
        ] {
            assert_eq!(checked(url), Err(Inside::Scheme), "{url}");
        }
        assert_eq!(checked("https://cdn.example.com/a.png"), Ok(()));
        assert_eq!(checked("http://8.8.8.8:8080/a.png"), Ok(()));
    }

    #[test]
    fn a_name_is_asked_if_all_of_it_is_outside() {
        let found = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| text.parse().unwrap())
                .collect::<Vec<SocketAddr>>()
        };
        let mixed = found(&["8.8.8.8:0", "[::1]:0"]);
        assert_eq!(outside(mixed.clone().into_iter(), false), Err(Inside::Private));
        assert_eq!(outside(mixed.clone().into_iter(), true), Ok(mixed));
        let public = found(&["8.8.8.8:0", "[2606:4700::1111]:0"]);
        assert_eq!(outside(public.clone().into_iter(), false), Ok(public));
    }
}
