//! How a file is given that is kept under a name of its own.

/// What `Content-Disposition` says of such a file: its name, for browsers of today (RFC 8187) and in letters that every
/// program reads.
pub fn attachment(name: &str) -> String {
    let plain = |c: char| match c {
        ' ' | '!' | '#'..='[' | ']'..='~' if c != '%' => c,
        _ => '_',
    };
    let ascii: String = name.chars().map(plain).collect();
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name() {
        assert_eq!(
            attachment("Übung \"1\"; a%b.pdf"),
            "attachment; filename=\"_bung _1_; a_b.pdf\"; filename*=UTF-8''%C3%9Cbung%20%221%22%3B%20a%25b.pdf"
        );
    }
}
