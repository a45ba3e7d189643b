//! What a picture's file is called in its address: made by the shop, so that nothing of what somebody sent
//! reaches a path.

const LENGTH_MAX: usize = 60;

/// Letters and digits of ASCII with hyphens between, from a file's name without its folders and ending.
pub(super) fn of_file(file: &str) -> String {
    let last = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let mut name = String::new();
    for c in stem.chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            'A'..='Z' => name.push(c.to_ascii_lowercase()),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
        if name.len() == LENGTH_MAX {
            break;
        }
    }
    match name.trim_end_matches('-') {
        "" => "picture".to_owned(),
        name => name.to_owned(),
    }
}

pub(super) fn is_name(text: &str) -> bool {
    (1..=LENGTH_MAX).contains(&text.len())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_the_shops() {
        for (file, name) in [
            ("Oak Chair (front).JPG", "oak-chair-front"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\mug.png", "mug"),
            ("Стул.webp", "picture"),
            (".htaccess", "picture"),
            ("", "picture"),
            ("a\0b\r\nc.gif", "a-b-c"),
        ] {
            assert_eq!(of_file(file), name, "{file}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sent_becomes_a_name(file in ".{0,200}") {
            prop_assert!(is_name(&of_file(&file)));
        }
    }
}
