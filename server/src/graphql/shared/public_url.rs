//! Where the world reaches this server, and its pictures.

/// The address before every path of ours, as in `https://shop.example`, without a slash at its end.
#[derive(Debug, Clone)]
pub struct PublicUrl {
    own: String,
    /// Before the paths of pictures, where a CDN stands before the server.
    media: Option<String>,
}

/// What the path of every stored picture begins with.
const MEDIA: &str = "/media/";

impl PublicUrl {
    pub fn new(url: &str) -> Self {
        Self {
            own: url.trim_end_matches('/').to_owned(),
            media: None,
        }
    }

    /// With another address for pictures.
    #[must_use]
    pub fn with_media(self, url: Option<&str>) -> Self {
        Self {
            media: url.map(|url| url.trim_end_matches('/').to_owned()),
            ..self
        }
    }

    /// A path of ours as an address; an address stays what it is.
    pub fn absolute(&self, source: &str) -> String {
        match &self.media {
            Some(media) if source.starts_with(MEDIA) => format!("{media}{source}"),
            _ if source.starts_with('/') => format!("{}{source}", self.own),
            _ => source.to_owned(),
        }
    }
}
