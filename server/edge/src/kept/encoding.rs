//! In which encoding a kept answer goes out.

use axum::http::{HeaderMap, header};

/// Those that the server compresses with, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Zstd,
    Brotli,
    Gzip,
}

impl Encoding {
    pub(super) const ALL: [Self; 3] = [Self::Zstd, Self::Brotli, Self::Gzip];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The one that the client would rather have; none, where it takes none or says nothing.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let values = headers.get_all(header::ACCEPT_ENCODING).iter();
        let texts: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        let ranges = || texts.iter().flat_map(|text| text.split(',')).filter_map(range);
        let weight = |name: &str| {
            let of = |wanted: &str| ranges().find(|(range, _)| range.eq_ignore_ascii_case(wanted));
            of(name).or_else(|| of("*")).map_or(0, |(_, weight)| weight)
        };
        let offered = Self::ALL
            .iter()
            .rev()
            .map(|encoding| (weight(encoding.name()), *encoding));
        let best = offered
            .filter(|(weight, _)| *weight > 0)
            .max_by_key(|(weight, _)| *weight);
        best.map(|(_, encoding)| encoding)
    }
}

/// A name, and its weight in thousandths.
fn range(text: &str) -> Option<(&str, u16)> {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let name = name.trim();
    let weight = match parameters.trim().strip_prefix("q=") {
        Some(weight) => (weight.trim().parse::<f32>().ok()?.clamp(0.0, 1.0) * 1000.0) as u16,
        None => 1000,
    };
    (!name.is_empty()).then_some((name, weight))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_client_chooses_and_then_we_do() {
        for (accept, encoding) in [
            ("gzip, deflate, br, zstd", Some(Encoding::Zstd)),
            ("gzip, br", Some(Encoding::Brotli)),
            ("gzip;q=1.0, br;q=0.5", Some(Encoding::Gzip)),
            ("GZIP", Some(Encoding::Gzip)),
            ("*", Some(Encoding::Zstd)),
            ("*;q=0.5, zstd;q=0, br;q=0", Some(Encoding::Gzip)),
            ("identity", None),
            ("gzip;q=0", None),
            ("", None),
        ] {
            let value = HeaderValue::from_str(accept).expect("a header value");
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, value)]);
            assert_eq!(Encoding::negotiate(&headers), encoding, "{accept}");
        }
        assert_eq!(Encoding::negotiate(&HeaderMap::new()), None);
    }
}
