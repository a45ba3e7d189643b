//! Where the world reaches this server.

/// The address before every path of ours, as in `https://shop.example`, without a slash at its end.
#[derive(Debug, Clone)]
pub struct PublicUrl(String);

impl PublicUrl {
    pub fn new(url: &str) -> Self {
        Self(url.trim_end_matches('/').to_owned())
    }

    /// A path of ours as an address; an address stays what it is.
    pub fn absolute(&self, source: &str) -> String {
        if source.starts_with('/') {
            format!("{}{source}", self.0)
        } else {
            source.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_become_absolute() {
        let url = PublicUrl::new("https://shop.example/");
        assert_eq!(url.absolute("/pictures/a.svg"), "https://shop.example/pictures/a.svg");
        assert_eq!(url.absolute("https://cdn.example/a.jpg"), "https://cdn.example/a.jpg");
    }
}
