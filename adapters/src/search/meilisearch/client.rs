//! Meilisearch's client, with every call bounded and every failure sorted.

use std::{future::Future, time::Duration};

use meilisearch_sdk::{
    errors::{Error, ErrorCode, ErrorType},
    indexes::Index,
    task_info::TaskInfo,
    tasks::Task,
};
use vitrine_commerce::ports::search::SearchError;

use super::MeilisearchConfig;

const POLL_FIRST: Duration = Duration::from_millis(10);
const POLL_LAST: Duration = Duration::from_millis(250);

#[derive(Clone)]
pub(super) struct Client {
    pub(super) sdk: meilisearch_sdk::client::Client,
    timeout: Duration,
    task_timeout: Duration,
}

impl Client {
    pub(super) fn new(config: &MeilisearchConfig) -> Result<Self, SearchError> {
        // The client panics over a key that cannot stand in a header.
        if config
            .api_key
            .as_deref()
            .is_some_and(|key| !key.bytes().all(|byte| byte.is_ascii_graphic()))
        {
            return Err(SearchError::Refused(
                "the API key holds characters that no key has".to_owned(),
            ));
        }
        let url = config.url.trim_end_matches('/');
        let sdk = meilisearch_sdk::client::Client::new(url, config.api_key.as_deref()).map_err(Fault::Answer)?;
        Ok(Self {
            sdk,
            timeout: config.timeout,
            task_timeout: config.task_timeout,
        })
    }

    pub(super) fn index(&self, uid: &str) -> Index {
        self.sdk.index(uid)
    }

    pub(super) async fn call<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        match tokio::time::timeout(self.timeout, call).await {
            Ok(answer) => answer.map_err(Fault::Answer),
            Err(_) => Err(Fault::Slow(self.timeout)),
        }
    }

    /// Waits until the task has done its work.
    pub(super) async fn finish(&self, task: TaskInfo) -> Result<(), Fault> {
        match tokio::time::timeout(self.task_timeout, self.poll(task)).await {
            Ok(end) => end,
            Err(_) => Err(Fault::Slow(self.task_timeout)),
        }
    }

    async fn poll(&self, task: TaskInfo) -> Result<(), Fault> {
        let mut pause = POLL_FIRST;
        loop {
            match self.call(self.sdk.get_task(&task)).await? {
                Task::Succeeded { .. } => return Ok(()),
                Task::Failed { content } => return Err(Fault::Answer(content.error.into())),
                Task::Enqueued { .. } | Task::Processing { .. } => tokio::time::sleep(pause).await,
            }
            pause = (pause * 2).min(POLL_LAST);
        }
    }
}

/// What went wrong between us and Meilisearch.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error(transparent)]
    Answer(Error),
    #[error("Meilisearch took longer than {0:?}")]
    Slow(Duration),
    #[error("the index `{0}` is missing or has settings that are not ours; a rebuild is due")]
    NotReady(String),
    #[error("of {expected} documents of the rebuild {found} are there; was it taken for abandoned?")]
    Incomplete { expected: usize, found: usize },
}

impl Fault {
    pub(super) fn is(&self, code: &ErrorCode) -> bool {
        matches!(self, Self::Answer(Error::Meilisearch(error)) if error.error_code == *code)
    }

    /// A refusal is what would be refused again.
    fn refusal(&self) -> Option<String> {
        let Self::Answer(error) = self else { return None };
        match error {
            Error::Meilisearch(error) => match error.error_code {
                // We send well-formed filters and sorts only: a complaint means that the index
                // lost its settings.
                ErrorCode::IndexNotFound
                | ErrorCode::InvalidSearchFilter
                | ErrorCode::InvalidSearchSort
                | ErrorCode::InvalidSearchFacets => None,
                _ => matches!(error.error_type, ErrorType::InvalidRequest | ErrorType::Auth)
                    .then(|| format!("{}: {}", error.error_code, error.error_message)),
            },
            Error::MeilisearchCommunication(answer) => {
                let later = matches!(answer.status_code, 408 | 429 | 500..);
                (!later).then(|| format!("status {}", answer.status_code))
            }
            Error::HttpError(error) => error.is_builder().then(|| "the address is none".to_owned()),
            Error::InvalidRequest => Some(error.to_string()),
            _ => None,
        }
    }
}

impl From<Fault> for SearchError {
    fn from(fault: Fault) -> Self {
        match fault.refusal() {
            Some(refusal) => Self::Refused(refusal),
            None => Self::Unavailable(Box::new(fault)),
        }
    }
}
