//! Where a request comes from, behind the proxies that are trusted.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// A longer chain of proxies is not followed.
const HOPS_MAX: usize = 32;

/// The first 64 bits of an IPv6 address are what one household or machine is given.
const NETWORK_BITS: u8 = 64;

/// Stands in every request's extensions: who talks to us, or to the first proxy that is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Of the network of IPv6 that stands for all of IPv4.
const MAPPED_PREFIX_LENGTH: u8 = 96;

/// Networks whose word about others is taken.
#[derive(Debug, Clone, Default)]
pub(super) struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    pub(super) fn new(networks: &[IpNet]) -> Self {
        Self(networks.iter().copied().map(canonical).collect())
    }

    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The nearest hop that is no trusted proxy. Each writes whom it talked to behind what it was told, so that what
    /// a client makes up stands further left than the client itself.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trusts(client) {
            return client;
        }
        for hop in hops(headers).into_iter().rev().take(HOPS_MAX) {
            // A hop that cannot be read ends what is known.
            let Some(hop) = hop else { break };
            client = hop;
            if !self.trusts(hop) {
                break;
            }
        }
        client
    }
}

/// A network of IPv4 that is written as one of IPv6 is that of IPv4: addresses are compared in that form.
fn canonical(network: IpNet) -> IpNet {
    let IpNet::V6(mapped) = network else { return network };
    let inside = mapped.prefix_len().checked_sub(MAPPED_PREFIX_LENGTH);
    let plain = mapped.network().to_ipv4_mapped().zip(inside);
    let plain = plain.and_then(|(address, length)| Ipv4Net::new(address, length).ok());
    plain.map_or(network, IpNet::V4)
}

/// Puts the client's address into the request.
pub(super) async fn locate(State(trusted): State<TrustedProxies>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    if let Some(peer) = peer {
        let client = trusted.client(peer, request.headers());
        request.extensions_mut().insert(ClientAddress(client));
    }
    next.run(request).await
}

/// What counts as one address: IPv6 by its network.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            // 64 is a length that IPv6 has.
            let network = Ipv6Net::new(address, NETWORK_BITS).map_or(address, |network| network.trunc().addr());
            IpAddr::V6(network)
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// The hops that proxies named, the nearest last: in `X-Forwarded-For`, which nearly all of them write, or in `Forwarded`
/// (RFC 7239) where there is none. A trusted proxy must write the one or take it out, for it passes on what a client made up.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let listed = |name| {
        let values = headers.get_all(name).iter();
        let texts = values.map(|value| value.to_str().unwrap_or_default());
        texts
            .flat_map(|text| text.split(','))
            .map(str::trim)
            .collect::<Vec<_>>()
    };
    let forwarded_for = listed(header::HeaderName::from_static("x-forwarded-for"));
    if !forwarded_for.is_empty() {
        return forwarded_for.into_iter().map(address).collect();
    }
    listed(header::FORWARDED).into_iter().map(forwarded).collect()
}

/// `for="[2001:db8::1]:4711";proto=https`
fn forwarded(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, node) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    address(node.trim().trim_matches('"'))
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .map(|(inside, _)| inside);
    let address = match bare {
        Some(bare) => bare.parse().ok(),
        None => text
            .parse()
            .ok()
            .or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip())),
    };
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn client(peer: &str, lines: &[(&'static str, &'static str)]) -> String {
        let networks = ["10.0.0.0/8", "2001:db8:ffff::/48"].map(|network| network.parse().unwrap());
        let lines = lines
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, value);
        }
        let trusted = TrustedProxies::new(&networks);
        trusted.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn nobody_is_believed_but_trusted_proxies() {
        let forged = [("x-forwarded-for", "1.2.3.4"), ("forwarded", "for=1.2.3.4")];
        assert_eq!(client("203.0.113.9", &forged), "203.0.113.9");
        assert_eq!(client("10.1.1.1", &[]), "10.1.1.1");
        assert_eq!(
            client("10.1.1.1", &[("x-forwarded-for", "198.51.100.7")]),
            "198.51.100.7"
        );
        assert_eq!(
            client("::ffff:10.1.1.1", &[("x-forwarded-for", "198.51.100.7:4711")]),
            "198.51.100.7"
        );
    }

    #[test]
    fn a_network_may_be_written_in_either_form() {
        let trusts = |network: &str, address: &str| {
            let proxies = TrustedProxies::new(&[network.parse().unwrap()]);
            proxies.trusts(address.parse().unwrap())
        };
        assert!(trusts("::ffff:10.0.0.0/104", "10.1.1.1") && trusts("10.0.0.0/8", "::ffff:10.1.1.1"));
        assert!(!trusts("::ffff:10.0.0.0/104", "11.1.1.1") && !trusts("2001:db8::/32", "10.1.1.1"));
    }

    #[test]
    fn what_a_client_made_up_stands_further_left() {
        let through_two = [("x-forwarded-for", "1.2.3.4, 198.51.100.7, 10.2.2.2")];
        assert_eq!(client("10.1.1.1", &through_two), "198.51.100.7");
        let in_two_lines = [("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "198.51.100.7")];
        assert_eq!(client("10.1.1.1", &in_two_lines), "198.51.100.7");
        assert_eq!(
            client("10.1.1.1", &[("x-forwarded-for", "1.2.3.4, unknown")]),
            "10.1.1.1"
        );
        let of_rfc_7239 = [(
            "forwarded",
            "for=1.2.3.4, for=\"[2001:db8:1::7]:80\";proto=https, For=10.2.2.2",
        )];
        assert_eq!(client("2001:db8:ffff::1", &of_rfc_7239), "2001:db8:1::7");
    }
}
