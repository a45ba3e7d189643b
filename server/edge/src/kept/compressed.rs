//! A kept body, compressed once for each encoding that is asked for: by the same layer that compresses all other answers.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    http::{Request, Response, header},
};
use tokio::sync::OnceCell;
use tower::{ServiceExt, service_fn};
use tower_http::compression::Compression;

use super::encoding::Encoding;

#[derive(Debug, Default)]
pub(super) struct Compressed([OnceCell<Option<Bytes>>; Encoding::ALL.len()]);

impl Compressed {
    /// `None` for what is not smaller by it.
    pub(super) async fn get(&self, body: &Bytes, encoding: Encoding) -> Option<Bytes> {
        let made = self.0[encoding as usize].get_or_init(|| compress(body, encoding)).await;
        made.clone()
    }
}

async fn compress(body: &Bytes, encoding: Encoding) -> Option<Bytes> {
    let plain = body.clone();
    let service = service_fn(move |_: Request<()>| {
        let mut response = Response::new(Body::from(plain.clone()));
        let json = header::HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        async move { Ok::<_, Infallible>(response) }
    });
    let mut request = Request::new(());
    let wanted = header::HeaderValue::from_static(encoding.name());
    request.headers_mut().insert(header::ACCEPT_ENCODING, wanted);
    let Ok(response) = Compression::new(service).oneshot(request).await;
    if !response.headers().contains_key(header::CONTENT_ENCODING) {
        return None;
    }
    let made = axum::body::to_bytes(Body::new(response.into_body()), body.len()).await;
    made.ok().filter(|made| made.len() < body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_encoding_is_made_once_and_smaller() {
        let body = Bytes::from("{\"data\":{\"title\":\"a chair\"}}".repeat(50));
        let compressed = Compressed::default();
        for encoding in Encoding::ALL {
            let made = compressed.get(&body, encoding).await.expect("it is smaller");
            let again = compressed.get(&body, encoding).await.expect("it is smaller");
            assert!(
                made.len() < body.len() / 4 && made.as_ptr() == again.as_ptr(),
                "{encoding:?}"
            );
        }
        assert_eq!(
            Compressed::default().get(&Bytes::from("{}"), Encoding::Gzip).await,
            None
        );
    }
}
