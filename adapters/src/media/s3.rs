//! Any store that speaks S3's protocol: Amazon's, MinIO, Garage, Cloudflare's R2, Hetzner's …

use std::{sync::Arc, time::Duration};

use object_store::{
    BackoffConfig, ClientOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
};

use super::Objects;
use crate::config::S3;

/// How long one request may take, and all tries of it together: whoever asked waits.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const RETRY_TIMEOUT: Duration = Duration::from_secs(25);
const RETRIES_MAX: usize = 3;

/// Why the settings make no store.
#[derive(Debug, thiserror::Error)]
#[error("the settings of the S3 store cannot be used")]
pub struct S3Error(#[source] object_store::Error);

/// The store that the settings describe. Nothing is asked of it yet.
pub fn s3(settings: &S3) -> Result<Objects, S3Error> {
    let store = client(settings, REQUEST_TIMEOUT)?;
    Ok(Objects::new(Arc::new(store), &settings.prefix, true))
}

/// The store itself, for whoever has objects that are larger than a picture.
pub(crate) fn client(settings: &S3, request_timeout: Duration) -> Result<AmazonS3, S3Error> {
    let options = ClientOptions::new()
        .with_allow_http(settings.allow_http)
        .with_connect_timeout(CONNECT_TIMEOUT)
        .with_timeout(request_timeout);
    let retry = RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: RETRIES_MAX,
        retry_timeout: RETRY_TIMEOUT.max(request_timeout),
    };
    // Not from the environment: what the configuration says is all that holds.
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(settings.access_key_id.expose())
        .with_secret_access_key(settings.secret_access_key.expose())
        .with_virtual_hosted_style_request(!settings.path_style)
        .with_allow_http(settings.allow_http)
        .with_client_options(options)
        .with_retry(retry);
    if let Some(endpoint) = &settings.endpoint {
        builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
    }
    builder.build().map_err(S3Error)
}
