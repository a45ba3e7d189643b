//! What can go wrong between us and a provider that is asked over HTTP, and what each means: whether it was certainly not
//! done, may have been done, or can never be done.

use std::{error::Error, fmt};

use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use vitrine_commerce::ports::payment::ProviderError;

use super::http::{Answer, CallFault, Reply, read};

/// How long to wait where a provider limits the rate and does not say.
pub(super) const RETRY_AFTER_SECONDS: u64 = 5;

/// What a provider says with a status that is no success, and what it means by it.
pub(super) trait ErrorAnswer: fmt::Debug + Default + DeserializeOwned + Send + Sync + 'static {
    /// What the provider is called.
    const PROVIDER: &'static str;

    /// Whether the provider itself says it.
    fn is_the_providers(&self) -> bool;

    /// The most exact word for it.
    fn code(&self) -> Option<&str>;

    /// In a sentence.
    fn sentence(&self) -> Option<String>;

    /// The answer's id, where its headers do not tell it.
    fn request_id(&self) -> Option<&str> {
        None
    }

    /// Whether it cannot be done as things stand.
    fn is_refused(refusal: &Refusal<Self>) -> bool;

    /// Whether our keys are wrong, or do not allow it.
    fn is_misconfigured(refusal: &Refusal<Self>) -> bool;
}

/// Of a provider that refuses by an `E`.
#[derive(Debug)]
pub(super) enum Fault<E> {
    /// Nothing was sent.
    Unreachable(reqwest::Error),
    /// Nothing was asked, for want of what it is asked with.
    NoToken(Box<Fault<E>>),
    Lost(reqwest::Error),
    Unreadable(serde_json::Error),
    TooLong(usize),
    Nonsense(String),
    /// It was done, and what has become of it could not be read, or what follows from it could not be done.
    Unseen(Box<Fault<E>>),
    /// Not sent: it would have been more than our share of requests.
    Throttled,
    /// Not sent: it could only be refused.
    Impossible(String),
    Refused(Box<Refusal<E>>),
}

/// An answer that is no success.
#[derive(Debug)]
pub(super) struct Refusal<E> {
    pub(super) status: StatusCode,
    pub(super) retry_after_seconds: Option<u64>,
    pub(super) request_id: Option<String>,
    pub(super) error: E,
}

/// What an answer says, if it says that it was done.
pub(super) fn answer<T: DeserializeOwned, E: ErrorAnswer>(reply: Reply) -> Result<Answer<T>, Fault<E>> {
    let (status, retry_after_seconds) = (reply.status, reply.retry_after_seconds);
    let request_id = reply.request_id.clone();
    if status.is_success() {
        // 201 and 204 may tell nothing: it was done.
        let body = read(&reply.text?).map_err(Fault::<E>::Unreadable)?;
        return Ok(Answer { body, request_id });
    }
    let error: E = reply.error();
    Err(Fault::Refused(Box::new(Refusal {
        status,
        retry_after_seconds,
        request_id: request_id.or_else(|| error.request_id().map(str::to_owned)),
        error,
    })))
}

impl<E: ErrorAnswer> Fault<E> {
    /// Whether the provider has never heard of it.
    pub(super) fn is_not_found(&self) -> bool {
        self.is_refusal(StatusCode::NOT_FOUND)
    }

    pub(super) fn is_unauthorized(&self) -> bool {
        self.is_refusal(StatusCode::UNAUTHORIZED)
    }

    /// Whether the provider itself says that it can never be done.
    pub(super) fn is_refused_for_good(&self) -> bool {
        self.is_refusal(StatusCode::BAD_REQUEST) || self.is_refusal(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether the provider itself says that it cannot be done as things stand.
    pub(super) fn is_refused(&self) -> bool {
        matches!(self, Self::Refused(refusal) if E::is_refused(refusal))
    }

    fn is_refusal(&self, status: StatusCode) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is(status))
    }
}

impl<E: ErrorAnswer> Refusal<E> {
    /// Whether the provider itself says so. What merely stands between it and us knows nothing of what was done.
    pub(super) fn is(&self, status: StatusCode) -> bool {
        self.status == status && self.error.is_the_providers()
    }

    /// Whether the provider itself says by the status that it cannot be done.
    pub(super) fn is_by_status(&self) -> bool {
        let refusing = [
            StatusCode::BAD_REQUEST,
            StatusCode::NOT_FOUND,
            StatusCode::UNPROCESSABLE_ENTITY,
        ];
        refusing.into_iter().any(|status| self.is(status))
    }

    fn meaning(self: Box<Self>) -> ProviderError {
        match self.status {
            StatusCode::TOO_MANY_REQUESTS => ProviderError::RateLimited {
                retry_after_seconds: self.retry_after_seconds.unwrap_or(RETRY_AFTER_SECONDS),
            },
            _ if E::is_refused(&self) => ProviderError::Rejected(self.to_string()),
            _ if E::is_misconfigured(&self) => ProviderError::Misconfigured(self.to_string()),
            // A conflict may be the same request, which is under way. All else may have been done.
            _ => ProviderError::Unknown(Box::new(Fault::Refused(self))),
        }
    }
}

impl<E> From<CallFault> for Fault<E> {
    fn from(fault: CallFault) -> Self {
        match fault {
            CallFault::Throttled => Self::Throttled,
            CallFault::Unreachable(error) => Self::Unreachable(error),
            CallFault::Lost(error) => Self::Lost(error),
            CallFault::TooLong(max) => Self::TooLong(max),
        }
    }
}

impl<E: ErrorAnswer> From<Fault<E>> for ProviderError {
    fn from(fault: Fault<E>) -> Self {
        match fault {
            // Whoever is not known is told so with 401, and of a malformed request with 400.
            Fault::NoToken(fault) if fault.is_unauthorized() || fault.is_refused_for_good() => {
                Self::Misconfigured(fault.to_string())
            }
            Fault::NoToken(fault) => match Self::from(*fault) {
                limited @ (Self::RateLimited { .. } | Self::NotNow { .. } | Self::Misconfigured(_)) => limited,
                error => Self::Unavailable(Box::new(error)),
            },
            Fault::Unreachable(_) => Self::Unavailable(Box::new(fault)),
            // Ours, of this process: the others need not wait with it.
            Fault::Throttled => Self::NotNow { retry_after_seconds: 1 },
            Fault::Impossible(why) => Self::Rejected(why),
            Fault::Refused(refusal) => refusal.meaning(),
            Fault::Lost(_) | Fault::Unreadable(_) | Fault::TooLong(_) | Fault::Nonsense(_) | Fault::Unseen(_) => {
                Self::Unknown(Box::new(fault))
            }
        }
    }
}

// By hand: what derives it cannot tell the provider's name.
impl<E: ErrorAnswer> fmt::Display for Fault<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let provider = E::PROVIDER;
        match self {
            Self::Unreachable(_) => write!(f, "{provider} cannot be reached"),
            Self::NoToken(_) => write!(f, "{provider} gives no access token"),
            Self::Lost(_) => write!(f, "{provider}'s answer did not arrive"),
            Self::Unreadable(_) => write!(f, "{provider}'s answer cannot be read"),
            Self::TooLong(max) => write!(f, "{provider}'s answer is larger than {max} bytes"),
            Self::Nonsense(why) => write!(f, "{provider}'s answer makes no sense: {why}"),
            Self::Unseen(_) => write!(f, "it was done, and {provider} does not show what has become of it"),
            Self::Throttled => write!(f, "too many requests wait for {provider}"),
            Self::Impossible(why) => f.write_str(why),
            Self::Refused(refusal) => write!(f, "{provider} answered {refusal}"),
        }
    }
}

impl<E: ErrorAnswer> Error for Fault<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreachable(error) | Self::Lost(error) => Some(error),
            Self::Unreadable(error) => Some(error),
            Self::NoToken(fault) | Self::Unseen(fault) => Some(&**fault),
            Self::TooLong(_) | Self::Nonsense(_) | Self::Throttled | Self::Impossible(_) | Self::Refused(_) => None,
        }
    }
}

impl<E: ErrorAnswer> fmt::Display for Refusal<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if let Some(code) = self.error.code() {
            write!(f, " {code}")?;
        }
        if let Some(sentence) = self.error.sentence() {
            write!(f, ": {sentence}")?;
        }
        match &self.request_id {
            // By it the provider's support finds it.
            Some(id) => write!(f, " ({id})"),
            None => Ok(()),
        }
    }
}
