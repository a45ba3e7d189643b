//! The IDE.

use axum::http::{StatusCode, header};

use crate::support::{App, get};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[tokio::test]
async fn a_browser_sees_the_ide_in_development_alone() {
    let app = App::development();
    let page = app.send(get("/graphql", BROWSER)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
    assert!(!page.text.contains("https://"), "the page loads nothing from elsewhere");
    assert!(!page.text.contains("<style") && !page.text.contains(" style=") && !page.text.contains(" onclick="));

    App::new()
        .send(get("/graphql", BROWSER))
        .await
        .assert_refused(400, "BAD_REQUEST");
}

#[tokio::test]
async fn everything_that_the_page_loads_is_served() {
    let app = App::development();
    let page = app.send(get("/graphql", BROWSER)).await.text;
    let script = app.send(get("/graphql/ide.js", "*/*")).await;
    let all = format!("{page}{}", script.text);
    let files: Vec<&str> = all.split('"').filter(|text| text.starts_with("/graphql/")).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for file in files {
        let answer = app.send(get(file, "*/*")).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.text.is_empty());
        assert_eq!(App::new().send(get(file, "*/*")).await.status, StatusCode::NOT_FOUND);
    }
}
