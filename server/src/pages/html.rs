//! Small pages for people: plain HTML that needs no script and nothing from elsewhere.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// Nothing but our own styles and pictures, and forms that come back here.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLE: &str = "
    :root { color-scheme: light dark }
    body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; font: 16px/1.6 system-ui, sans-serif }
    h1 { font-size: 1.6rem; line-height: 1.25 } h2 { font-size: 1.1rem; margin-top: 2rem }
    a { color: #0b6b5d } code, pre { font: 14px/1.5 ui-monospace, monospace }
    pre { white-space: pre-wrap; padding: 1rem; border: 1px solid #8884; border-radius: .5rem }
    table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid #8883; vertical-align: top }
    .muted, .soft { opacity: .7 } iframe { width: 100%; height: 34rem; border: 1px solid #8884; border-radius: .5rem; background: #fff }
    button { font: inherit; padding: .5rem 1.2rem; border-radius: .5rem; border: 1px solid #0b6b5d; background: #0b6b5d; color: #fff; cursor: pointer }
    button.quiet { background: transparent; color: inherit; border-color: #8888 }
    form { display: flex; gap: .75rem; margin: 1.5rem 0 }
    @media (prefers-color-scheme: dark) { a { color: #5fd0bd } }
";

/// A page. `body` is HTML: whatever came from outside has gone through [`escape`].
pub(super) fn page(title: &str, body: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    );
    answer(html, POLICY)
}

/// HTML under a policy of its own.
pub(super) fn answer(html: String, policy: &'static str) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (headers, html).into_response()
}

/// Text as it may stand in HTML, in an attribute, too.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            escape("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"
        );
    }
}
