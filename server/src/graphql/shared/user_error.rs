//! Why a mutation did nothing, as data: a refusal of the use case in the schema's words.

use async_graphql::{ID, Interface, SimpleObject};
use vitrine_commerce::{Error, Fault, Refusal, error::Details};

use super::{error_code::ErrorCode, said::Said};
use crate::ids;

/// Why a mutation did not do what was asked, in a form that a client can branch on.
///
/// `code` is stable, `message` is for people, and `field` is the path of the input's field at
/// fault. Some errors carry more: select it with `... on InsufficientStockError`. An answer that
/// has user errors has changed nothing.
#[derive(Debug, Interface)]
#[graphql(
    field(name = "code", ty = "ErrorCode", desc = "What is wrong. Stable: branch on it."),
    field(
        name = "message",
        ty = "&Said",
        desc = "What is wrong and what to do, in a sentence for a person."
    ),
    field(
        name = "field",
        ty = "&Option<Vec<String>>",
        desc = "The path of the input's field at fault, as in `[\"input\", \"email\"]`."
    )
)]
pub enum UserError {
    InvalidInput(InvalidInputError),
    InsufficientStock(InsufficientStockError),
    RateLimited(RateLimitedError),
    Refused(RefusedError),
}

/// A field of the input is at fault: its value is missing, malformed, taken, or names nothing.
#[derive(Debug, SimpleObject)]
pub struct InvalidInputError {
    /// What is wrong. Stable: branch on it.
    #[graphql(owned)]
    pub code: ErrorCode,
    /// What is wrong and what to do, in a sentence for a person.
    pub message: Said,
    /// The path of the input's field at fault, as in `["input", "email"]`.
    pub field: Option<Vec<String>>,
}

/// Less is in stock than was asked for.
#[derive(Debug, SimpleObject)]
pub struct InsufficientStockError {
    /// Always `INSUFFICIENT_STOCK`.
    #[graphql(owned)]
    pub code: ErrorCode,
    /// What is wrong and what to do, in a sentence for a person.
    pub message: Said,
    /// The path of the input's field at fault, where one is.
    pub field: Option<Vec<String>>,
    /// The cart's line that asks for too much, where there is one.
    pub line_id: Option<ID>,
    /// The SKU that is short.
    pub sku: String,
    /// How many units could be had at this moment.
    pub available_quantity: i32,
}

/// It was tried too often: at one account, or for one order.
#[derive(Debug, SimpleObject)]
pub struct RateLimitedError {
    /// Always `RATE_LIMITED`.
    #[graphql(owned)]
    pub code: ErrorCode,
    /// What is wrong and what to do, in a sentence for a person.
    pub message: Said,
    /// Always null: no single field is at fault.
    pub field: Option<Vec<String>>,
    /// When it may be tried again, in seconds.
    pub retry_after_seconds: i32,
}

/// A rule of the shop stands against it: the state of an order, a version that has changed
/// meanwhile, a missing permission.
#[derive(Debug, SimpleObject)]
pub struct RefusedError {
    /// What is wrong. Stable: branch on it.
    #[graphql(owned)]
    pub code: ErrorCode,
    /// What is wrong and what to do, in a sentence for a person.
    pub message: Said,
    /// Always null: no single field is at fault.
    pub field: Option<Vec<String>>,
}

impl From<Refusal> for UserError {
    fn from(refusal: Refusal) -> Self {
        let Refusal {
            code,
            message,
            field,
            details,
        } = refusal;
        let (code, message) = (code.into(), Said(message));
        // A use case names the fields of its input; here that is the argument `input`.
        let path = |field: Vec<String>| ["input".to_owned()].into_iter().chain(field).collect();
        let field: Option<Vec<String>> = (!field.is_empty()).then(|| path(field));
        match details {
            Some(Details::InsufficientStock { line, sku, available }) => {
                Self::InsufficientStock(InsufficientStockError {
                    code,
                    message,
                    field,
                    line_id: line.map(ids::public),
                    sku,
                    available_quantity: available.try_into().unwrap_or(i32::MAX),
                })
            }
            Some(Details::RateLimited { retry_after_seconds }) => Self::RateLimited(RateLimitedError {
                code,
                message,
                field: None,
                retry_after_seconds: retry_after_seconds.try_into().unwrap_or(i32::MAX),
            }),
            None if field.is_some() => Self::InvalidInput(InvalidInputError { code, message, field }),
            None => Self::Refused(RefusedError { code, message, field }),
        }
    }
}

/// Parts what the client can mend, which is data, from what is broken, which is an error.
///
/// # Errors
/// A fault, as it is.
pub fn outcome<T>(result: Result<T, Error>) -> Result<(Option<T>, Vec<UserError>), Fault> {
    match result {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Error::Refused(refusals)) => Ok((None, refusals.into_iter().map(UserError::from).collect())),
        Err(Error::Fault(fault)) => Err(fault),
    }
}

/// Makes a mutation's payload: the object it is about, nullable, and `userErrors`.
///
/// ```text
/// payload! {
///     /// What `cartNoteUpdate` answers.
///     CartNoteUpdatePayload {
///         /// The cart as it is now.
///         cart: Cart,
///     }
/// }
/// ```
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $type:ty $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            $(#[$field_doc])*
            pub $field: Option<$type>,
            /// Why nothing was done; empty when it was done.
            pub user_errors: Vec<$crate::graphql::shared::UserError>,
        }

        impl $name {
            /// # Errors
            /// When something is broken, and not by the caller.
            pub fn of(result: vitrine_commerce::Result<$type>) -> $crate::graphql::shared::Result<Option<Self>> {
                let ($field, user_errors) = $crate::graphql::shared::outcome(result)?;
                Ok(Some(Self { $field, user_errors }))
            }
        }
    };
}
pub(crate) use payload;
