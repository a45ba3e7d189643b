//! Failures on command: which requests fail, how often, and in which of a stand-in's ways.

pub(crate) struct Faults<F>(Vec<Planned<F>>);

struct Planned<F> {
    requests: String,
    times: usize,
    fault: F,
}

impl<F> Default for Faults<F> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<F: Copy> Faults<F> {
    pub(crate) fn add(&mut self, requests: &str, times: usize, fault: F) {
        self.0.push(Planned {
            requests: requests.to_owned(),
            times,
            fault,
        });
    }

    /// From now on nothing fails.
    pub(crate) fn heal(&mut self) {
        self.0.clear();
    }

    /// The first that was planned for such a request, if any is left.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<F> {
        let planned = self
            .0
            .iter_mut()
            .find(|planned| planned.times > 0 && matches(&planned.requests, method, path))?;
        planned.times -= 1;
        Some(planned.fault)
    }
}

/// Whether `POST /v1/refunds`, `* /v1/payment_intents/*` or `*` describes a request.
pub(crate) fn matches(pattern: &str, method: &str, path: &str) -> bool {
    let Some((methods, paths)) = pattern.split_once(' ') else {
        return pattern == "*";
    };
    let fits = |pattern: &str, text: &str| pattern == "*" || pattern == text;
    let mut segments = path.split('/');
    fits(methods, method)
        && paths
            .split('/')
            .all(|pattern| segments.next().is_some_and(|segment| fits(pattern, segment)))
        && segments.next().is_none()
}
