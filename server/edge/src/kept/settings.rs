//! How answers are kept.

use axum::http::HeaderName;

/// What the operator says of it.
#[derive(Debug, Clone)]
pub struct KeptSettings {
    /// How much memory they may take.
    pub bytes_max: u64,
    /// For how long caches between here and there may keep what is asked for by `GET`, in seconds.
    pub s_maxage: u32,
    /// Who sends one of these is somebody.
    pub private_headers: Vec<HeaderName>,
}
