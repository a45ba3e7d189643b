//! Where traces go: the section `[telemetry]`, with its defaults.

use serde::Deserialize;

use super::{Secret, load};

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Telemetry {
    /// A collector that speaks OTLP over HTTP. Without it nothing is recorded.
    pub otlp_endpoint: Option<String>,
    /// Headers for it, as in `authorization=Bearer abc`.
    #[serde(deserialize_with = "load::secrets")]
    pub otlp_headers: Vec<Secret>,
    /// Which part of the requests, and of the jobs that come of none, is recorded: 0 to 1.
    pub sampling: f64,
    /// Whether a request that comes with a trace is recorded where, and only where, its caller says so.
    pub follow_callers: bool,
    /// By default the program's.
    pub service_name: Option<String>,
}

impl Telemetry {
    /// The collector, where one is named: Compose hands on as nothing what nobody has set.
    pub fn endpoint(&self) -> Option<&str> {
        self.otlp_endpoint
            .as_deref()
            .filter(|endpoint| !endpoint.trim().is_empty())
    }
}

impl Default for Telemetry {
    fn default() -> Self {
        Self {
            otlp_endpoint: None,
            otlp_headers: Vec::new(),
            sampling: 1.0,
            follow_callers: true,
            service_name: None,
        }
    }
}
