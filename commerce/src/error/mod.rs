//! What the caller can mend is a [`Refusal`] and becomes data in the answer; everything else is a
//! [`Fault`], is logged once where it is handled, and shows nothing of itself outside.

mod storage;

use sea_orm::{DbErr, RuntimeErr, sqlx};
use vitrine_entity::ids::CartLineId;

pub use self::storage::StorageFailure;
use self::storage::storage_failure;
use crate::{
    language::{self, Message},
    money::MoneyError,
    ports::{
        document_renderer::RenderError, event_stream::EventStreamError, mailer::MailError,
        media_store::MediaStoreError, payment::ProviderError, search::SearchError,
    },
};

/// A use case's answer.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case gave no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("refused: {}", .0.iter().map(|refusal| refusal.message.to_string()).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Something is broken, and not by the caller.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// The transaction was to be committed, and nobody knows whether it was.
    #[error("the outcome of a COMMIT is unknown")]
    CommitUnknown(#[source] DbErr),
    /// A row that should not be: a conversion of what the database holds failed.
    #[error("row {id} of {table} has an impossible {column}")]
    Corrupt {
        table: &'static str,
        column: &'static str,
        id: String,
    },
    #[error(transparent)]
    Provider(#[from] ProviderError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Media(#[from] MediaStoreError),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    EventStream(#[from] EventStreamError),
    /// A job's lease ran out and another worker has it: its late write is refused.
    #[error("the lease of the job was lost")]
    LeaseLost,
    /// There is no turn for it in time: too many do the same.
    #[error("too many are {0} at once")]
    Crowded(&'static str),
    #[error("{0}")]
    Other(String, #[source] Option<Box<dyn std::error::Error + Send + Sync>>),
}

impl Fault {
    /// Something that has no variant of its own.
    pub fn other(doing: impl Into<String>, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Other(doing.into(), Some(source.into()))
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Fault(Fault::Database(error))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl Error {
    /// Whether running the whole transaction again may work: a serialization failure, a deadlock,
    /// a lock that was not to be had, or SQLite's one.
    pub fn is_retryable(&self) -> bool {
        // 40001, 40P01, 55P03: PostgreSQL. 5, 517: SQLITE_BUSY and SQLITE_BUSY_SNAPSHOT.
        self.has_code(|code| matches!(code, "40001" | "40P01" | "55P03" | "5" | "517"))
    }

    /// Whether the database went away in the middle of it, or takes no writes for the moment. What was not committed was
    /// not done.
    pub fn is_cut(&self) -> bool {
        self.is_cut_off() || self.is_read_only()
    }

    /// Whether the connection is gone, and with it the answer to what was asked by it.
    pub(crate) fn is_cut_off(&self) -> bool {
        // Connection exceptions, and what a server says that shuts down, starts, or tired of waiting.
        let says_so = |code: &str| code.starts_with("08") || matches!(code, "57P01" | "57P02" | "57P03" | "25P03");
        matches!(self.sqlx(), Some(sqlx::Error::Io(_) | sqlx::Error::Protocol(_))) || self.has_code(says_so)
    }

    /// Why the database could not write, where what it writes to is at fault. Whatever was asked for was not done; the
    /// same request works once the storage does. A COMMIT that failing storage has cut short is none: see
    /// [`Fault::CommitUnknown`].
    pub fn storage_failure(&self) -> Option<StorageFailure> {
        let Some(sqlx::Error::Database(error)) = self.sqlx() else {
            return None;
        };
        storage_failure(&error.code()?)
    }

    /// Whether the database is a standby, or a primary that was demoted: the shop is connected to the wrong one.
    pub(crate) fn is_read_only(&self) -> bool {
        self.has_code(|code| code == "25006")
    }

    /// Whether the database holds what this program cannot read: asking again does not help, and a row beside it may be
    /// sound.
    pub(crate) fn is_corrupt(&self) -> bool {
        let said = matches!(
            self,
            Self::Fault(
                Fault::Corrupt { .. } | Fault::Database(DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. })
            )
        );
        said || matches!(
            self.sqlx(),
            Some(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_))
        )
    }

    /// Whether it may have been done, and may not.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(self, Self::Fault(Fault::CommitUnknown(_)))
    }

    /// Whether nothing is broken and it is merely too much at once, or a part of the shop is away for a
    /// moment: no connection or turn was to be had in time, the transaction lost every race, or the database can write
    /// nothing at present. The same request may work soon.
    pub fn is_overload(&self) -> bool {
        matches!(
            self,
            Self::Fault(
                Fault::Crowded(_)
                    | Fault::Database(DbErr::ConnectionAcquire(_) | DbErr::Conn(_))
                    | Fault::Media(MediaStoreError::Unavailable(_))
            )
        ) || self.is_retryable()
            || self.is_cut()
            || self.storage_failure().is_some()
    }

    /// Whether nothing is broken, and the same request may work soon: it [was too much](Self::is_overload) at once, or the
    /// answer to a statement was lost on the way, so that [nobody knows](Self::is_outcome_unknown) what it has done. For
    /// whoever may safely ask again.
    pub fn is_transient(&self) -> bool {
        self.is_overload() || self.is_outcome_unknown()
    }

    fn has_code(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        match self.sqlx() {
            Some(sqlx::Error::Database(error)) => error.code().is_some_and(|code| is_meant(&code)),
            _ => false,
        }
    }

    fn sqlx(&self) -> Option<&sqlx::Error> {
        match self {
            Self::Fault(Fault::Database(
                DbErr::Conn(RuntimeErr::SqlxError(error))
                | DbErr::Exec(RuntimeErr::SqlxError(error))
                | DbErr::Query(RuntimeErr::SqlxError(error)),
            )) => Some(error),
            _ => None,
        }
    }
}

/// An error and its sources on one line, bounded.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text.chars().take(1000).collect()
}

/// Why a request was not done, for the person who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: ErrorCode,
    /// Says what is wrong and what to do, in a sentence.
    pub message: Message,
    /// The path of the input's field that is at fault.
    pub field: Vec<String>,
    pub details: Option<Details>,
}

/// What helps a client to mend a particular refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Details {
    InsufficientStock {
        line: Option<CartLineId>,
        sku: String,
        available: i64,
    },
    RateLimited {
        retry_after_seconds: u64,
    },
}

impl Refusal {
    pub fn new(code: ErrorCode, message: impl Into<Message>) -> Self {
        Self {
            code,
            message: message.into(),
            field: Vec::new(),
            details: None,
        }
    }

    /// Names the input's field at fault.
    pub fn at(mut self, field: &[&str]) -> Self {
        self.field = field.iter().map(|part| (*part).to_owned()).collect();
        self
    }

    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, language::missing(what))
    }

    /// A change was meant for another version than `version`, at which the `what` is.
    pub fn outdated(what: &str, version: i64) -> Self {
        Self::new(ErrorCode::VersionConflict, language::outdated(what, version)).at(&["expectedVersion"])
    }
}

/// Refuses a change that was meant for another version than `version`, at which the `what` is.
///
/// # Errors
/// `VERSION_CONFLICT` at `expectedVersion`.
pub fn expect_version(what: &str, version: i64, expected: Option<i64>) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != version => Err(Refusal::outdated(what, version)),
        _ => Ok(()),
    }
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        Self::new(ErrorCode::InvalidAmount, error)
    }
}

/// Why a request was refused. Stable: clients branch on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// A field's value is missing, malformed, too long or out of bounds.
    Invalid,
    /// An amount of money is malformed, has too many decimals or is too large.
    InvalidAmount,
    /// The object does not exist, or is not the caller's.
    NotFound,
    /// The object has changed since the version that the caller named.
    VersionConflict,
    /// The cart has become an order and takes no more changes.
    CartCompleted,
    /// The cart has no lines.
    CartEmpty,
    /// The cart holds more lines, or more of one, than is allowed.
    CartLimit,
    /// The cart lacks something that placing an order needs; the message says what.
    CartIncomplete,
    /// A price is no longer the one that the shopper saw.
    PriceChanged,
    /// A manager of the company has to approve the purchase, or is asked to at present.
    ApprovalNeeded,
    /// A gift card or store credit has less left than the shopper saw, or pays nothing any more.
    CreditChanged,
    /// Less is available than was asked for.
    InsufficientStock,
    /// The variant is no longer sold.
    NotForSale,
    /// No shipping method reaches the address.
    NotShippable,
    /// The idempotency key was used for another request.
    IdempotencyKeyReused,
    /// The payment method is unknown or switched off.
    PaymentMethodUnknown,
    /// The order's payment is under way or done: no second attempt opens beside it.
    PaymentInProgress,
    /// The payment provider's keys or settings are missing or wrong.
    PaymentConfigMissing,
    /// The provider or the shopper's bank said no.
    PaymentDeclined,
    /// The shopper must confirm the payment first.
    PaymentActionRequired,
    /// The payment provider does not answer.
    PaymentProviderUnavailable,
    /// There is nothing to capture, or to pay back, in the state that the payment is in.
    PaymentState,
    /// More was to be captured than was authorized.
    CaptureExceedsAuthorized,
    /// More was to be paid back than was captured and is not on its way back yet.
    RefundExceedsCaptured,
    /// A draft order's state does not allow it, or that the cart is one's.
    DraftOrderState,
    /// The order's state does not allow it.
    OrderState,
    /// The mail address has an account already.
    EmailTaken,
    /// Mail address and password do not match an account.
    WrongCredentials,
    /// The account has no password: who made it signs in at a provider.
    PasswordNotSet,
    /// The provider at which somebody signed in does not say that their mail address is theirs.
    EmailUnverified,
    /// The provider at which somebody signs in does not answer.
    IdentityProviderUnavailable,
    /// A refresh token, or the token of a mail's link, is unknown, expired, used before, or was called back.
    InvalidToken,
    /// The password is right, and a code of the second factor is needed beside it.
    SecondFactorRequired,
    /// The code of the second factor is wrong, or was used before.
    WrongSecondFactor,
    /// Too many wrong attempts, or too many mails: later again.
    TooManyAttempts,
    /// That was too often: later again, as the details say.
    RateLimited,
    /// Nobody would be left who may do everything.
    LastAdministrator,
    /// The password is too short, too long, or soon guessed.
    WeakPassword,
    /// Signing in is needed.
    Unauthenticated,
    /// The caller's role does not allow it.
    Forbidden,
    /// The slug or SKU is taken.
    Taken,
    /// A policy has changed since the shopper agreed to it.
    PolicyChanged,
    /// A discount does not apply: it has expired, is used up, or is for something else than the cart.
    DiscountUnavailable,
    /// It can be had now: there is nothing to wait for.
    InStock,
}
