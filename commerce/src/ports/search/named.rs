//! A value with the name of what it is a value of, as one text. Pure.

/// `Color=Oak`. In a name, `=` is written as `%3D` and `%` as `%25`, so that it ends at the first `=`.
pub fn named(name: &str, value: &str) -> String {
    match name.contains(['=', '%']) {
        true => format!("{}={value}", name.replace('%', "%25").replace('=', "%3D")),
        false => format!("{name}={value}"),
    }
}

/// What [`named`] put together; `None` for what it did not.
pub fn parted(text: &str) -> Option<(String, &str)> {
    let (name, value) = text.split_once('=')?;
    Some((name.replace("%3D", "=").replace("%25", "%"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_may_hold_anything() {
        for (name, value) in [("Color", "a=b"), ("W=H", "10=20"), ("%3D", "%"), ("100 %", "=")] {
            assert_eq!(parted(&named(name, value)), Some((name.to_owned(), value)));
        }
        assert_ne!(named("a", "b=c"), named("a=b", "c"));
        assert_eq!(parted("Color"), None);
    }
}
