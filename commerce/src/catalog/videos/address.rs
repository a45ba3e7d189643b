//! Where a video lies: pure.

/// The most characters of an address.
pub(super) const ADDRESS_LENGTH_MAX: usize = 2_048;

/// Where a video lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At YouTube, by its id there.
    YouTube(String),
    /// At Vimeo, by its number there, with the key of one that is not listed.
    Vimeo(String, Option<String>),
    /// A file that a browser plays.
    File,
}

/// Where the address leads, which is one of HTTPS; `None` where that is no video that a page could show.
pub fn place(address: &str) -> Option<Place> {
    let rest = address.strip_prefix("https://")?;
    let plain = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '\\');
    if address.len() > ADDRESS_LENGTH_MAX || rest.contains(plain) {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.to_ascii_lowercase();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let query = query.split('#').next().unwrap_or_default();
    let path = path.split('#').next().unwrap_or_default();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match host.as_str() {
        "youtu.be" => youtube(parts.next()?),
        "youtube.com" | "www.youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com" => match parts.next()? {
            "watch" => youtube(query.split('&').find_map(|pair| pair.strip_prefix("v="))?),
            "embed" | "shorts" | "live" => youtube(parts.next()?),
            _ => None,
        },
        "vimeo.com" | "www.vimeo.com" => vimeo(parts.next()?, parts.next()),
        "player.vimeo.com" => {
            let number = parts.nth(1)?;
            vimeo(number, query.split('&').find_map(|pair| pair.strip_prefix("h=")))
        }
        _ => file(&host, path),
    }
}

impl Place {
    /// What a page shows in a frame; `None` for a file, which it plays itself.
    pub fn embed(&self) -> Option<String> {
        match self {
            Self::YouTube(id) => Some(format!("https://www.youtube-nocookie.com/embed/{id}")),
            Self::Vimeo(number, None) => Some(format!("https://player.vimeo.com/video/{number}")),
            Self::Vimeo(number, Some(key)) => Some(format!("https://player.vimeo.com/video/{number}?h={key}")),
            Self::File => None,
        }
    }

    /// A picture of it, where the place has one at an address that can be told.
    pub fn thumbnail(&self) -> Option<String> {
        match self {
            Self::YouTube(id) => Some(format!("https://i.ytimg.com/vi/{id}/hqdefault.jpg")),
            _ => None,
        }
    }
}

fn youtube(id: &str) -> Option<Place> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (id.len() == 11 && id.chars().all(fits)).then(|| Place::YouTube(id.to_owned()))
}

fn vimeo(number: &str, key: Option<&str>) -> Option<Place> {
    let is_number = (1..=15).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_key = |key: &&str| (1..=40).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_number.then(|| Place::Vimeo(number.to_owned(), key.filter(is_key).map(str::to_owned)))
}

/// A file of a kind that browsers play, at a named host of the web.
fn file(host: &str, path: &str) -> Option<Place> {
    let name = host.split(':').next().unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let is_named = name.contains('.') && name.chars().all(fits) && !name.ends_with(|c: char| c.is_ascii_digit());
    let path = path.to_ascii_lowercase();
    let plays = [".mp4", ".webm", ".m4v", ".mov"].iter().any(|end| path.ends_with(end));
    (is_named && plays).then_some(Place::File)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_lead_where_they_say() {
        let youtube = Some(Place::YouTube("dQw4w9WgXcQ".into()));
        for address in [
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3s",
            "https://youtu.be/dQw4w9WgXcQ?si=x",
            "https://www.youtube.com/shorts/dQw4w9WgXcQ",
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        ] {
            assert_eq!(place(address), youtube, "{address}");
        }
        assert_eq!(
            place("https://vimeo.com/76979871"),
            Some(Place::Vimeo("76979871".into(), None))
        );
        let unlisted = Some(Place::Vimeo("76979871".into(), Some("8272103f6e".into())));
        assert_eq!(place("https://vimeo.com/76979871/8272103f6e"), unlisted);
        assert_eq!(place("https://player.vimeo.com/video/76979871?h=8272103f6e"), unlisted);
        assert_eq!(place("https://cdn.example.com/a/chair.MP4?x=1"), Some(Place::File));
        for address in [
            "http://youtu.be/dQw4w9WgXcQ",
            "https://youtu.be/../../evil",
            "https://www.youtube.com/watch?v=short",
            "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
            "https://user@youtu.be/dQw4w9WgXcQ",
            "https://127.0.0.1/a.mp4",
            "https://localhost/a.mp4",
            "https://cdn.example.com/a.html",
            "javascript:alert(1)",
            "https://cdn.example.com/\"a.mp4",
            "",
        ] {
            assert_eq!(place(address), None, "{address}");
        }
    }

    proptest! {
        #[test]
        fn what_is_embedded_is_the_same_video(id in "[A-Za-z0-9_-]{11}", number in "[1-9][0-9]{0,9}", key in proptest::option::of("[a-z0-9]{10}")) {
            for found in [Place::YouTube(id), Place::Vimeo(number, key)] {
                let embed = found.embed().expect("a frame");
                prop_assert_eq!(place(&embed), Some(found));
            }
        }

        #[test]
        fn any_text_leads_somewhere_or_nowhere(text in "(https://)?(youtu.be|vimeo.com|a.example|player.vimeo.com)?.{0,40}") {
            if let Some(embed) = place(&text).and_then(|found| found.embed()) {
                prop_assert!(embed.chars().all(|c| c.is_ascii_graphic()) && !embed.contains(['"', '<', '>']));
            }
        }
    }
}
