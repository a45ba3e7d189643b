//! What every answer carries, whichever path it is of, and by which protocol it comes.

use reqwest::{Method, Version};
use vitrine_tests::TestShop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_tells_browsers_what_to_leave_alone() {
    let shop = TestShop::open_with(|config| {
        config.http.public_url = Some("https://shop.example".to_owned());
        config.http.cors_origins = vec!["https://front.example".to_owned()];
        config.http.cors_headers = vec!["x-storefront".to_owned()];
    })
    .await;
    let guest = shop.guest();
    for path in [
        "/",
        "/graphql?query={__typename}",
        "/api/products",
        "/api/docs",
        "/api/docs/docs.js",
        "/api/openapi.json",
        "/problems/invalid",
        "/health/live",
        "/schema.graphql",
        "/sitemap.xml",
        "/media/x",
        "/downloads/x",
        "/no-such",
    ] {
        let answer = guest.get(path).await;
        let header = |name: &str| answer.headers().get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        // A page's own forms have to say where they come from.
        let referrer = if path == "/" { "same-origin" } else { "no-referrer" };
        assert_eq!(header("referrer-policy"), referrer, "{path}");
        assert!(
            header("content-security-policy").contains("default-src 'none'"),
            "{path}"
        );
        assert!(header("strict-transport-security").starts_with("max-age="), "{path}");
        assert!(!header("cross-origin-resource-policy").is_empty(), "{path}");
        assert!(!header("x-request-id").is_empty(), "{path}");
    }
    assert_eq!(guest.get("/metrics").await.status(), 404, "it has a port of its own");

    let wanted = "content-type, authorization, apollo-require-preflight, apollographql-client-name, \
        apollographql-client-version, x-apollo-operation-name, sentry-trace, baggage, traceparent, tracestate, \
        x-datadog-trace-id, idempotency-key, order-access-token, x-storefront";
    let preflight = vitrine_tests::client::http()
        .request(Method::OPTIONS, format!("{}/graphql", guest.base()))
        .header("origin", "https://front.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", wanted);
    let answer = preflight.send().await.unwrap();
    let allowed = answer.headers()["access-control-allow-headers"].to_str().unwrap();
    for name in wanted.split(", ") {
        assert!(allowed.split(',').any(|one| one.trim() == name), "{name} in {allowed}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_compressed_as_the_client_likes_and_come_by_http2_to_proxies() {
    let shop = TestShop::open_with(|config| config.http.trusted_proxies = vec!["127.0.0.1".to_owned()]).await;
    let url = format!("{}/schema.graphql", shop.guest().base());
    let mut sizes = Vec::new();
    for encoding in ["identity", "gzip", "br", "zstd"] {
        let request = vitrine_tests::client::http()
            .get(&url)
            .header("accept-encoding", encoding);
        let answer = request.send().await.unwrap();
        let told = answer
            .headers()
            .get("content-encoding")
            .map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(told.as_deref().unwrap_or("identity"), encoding);
        sizes.push(answer.bytes().await.unwrap().len());
    }
    assert!(sizes[1..].iter().all(|size| size * 3 < sizes[0]), "{sizes:?}");

    let client = reqwest::Client::builder()
        .http2_prior_knowledge()
        .tls_built_in_root_certs(false)
        .build()
        .unwrap();
    let asking = (0..20).map(|_| client.get(format!("{}/api/products", shop.guest().base())).send());
    for answer in futures::future::join_all(asking).await {
        let answer = answer.unwrap();
        assert_eq!((answer.version(), answer.status().as_u16()), (Version::HTTP_2, 200));
    }
    shop.close().await;
}
