//! Small pages for people: plain HTML that needs no script and nothing from elsewhere.

use std::sync::LazyLock;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// Nothing but our own styles and pictures, and forms that come back here.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// In the colours and letters of the shop's own pages, without a theme.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    let tokens = vitrine_web::tokens(None).expect("our own theme is read by a test");
    format!("{tokens}{RULES}")
});

const RULES: &str = "
    :root { color-scheme: light dark }
    body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--font-body); overflow-wrap: break-word }
    h1, h2 { font-family: var(--font-head); font-weight: normal; line-height: 1.25 } h1 { font-size: 1.9rem } h2 { font-size: 1.3rem; margin-top: 2rem }
    a { color: var(--link); text-underline-offset: .2em } code, pre { font: 14px/1.5 ui-monospace, monospace }
    pre { white-space: pre-wrap; padding: 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: var(--radius) }
    table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--rule); vertical-align: top }
    .muted, .soft { color: var(--soft) } iframe { width: 100%; height: 34rem; border: 1px solid var(--rule); border-radius: var(--radius); background: #fff }
    button { font: inherit; font-weight: 600; padding: .6rem 1.6rem; border-radius: var(--radius); border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); cursor: pointer }
    button.quiet { background: transparent; color: var(--link); border-color: var(--edge); font-weight: 500 }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 3px }
    form { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 }
";

/// A page. `body` is HTML: whatever came from outside has gone through [`escape`].
pub(super) fn page(title: &str, body: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n",
        *STYLE
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
