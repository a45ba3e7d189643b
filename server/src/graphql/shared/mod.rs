//! What every noun uses: paging, refusals and faults, loaders, scalars, and the values that many
//! objects hold.

mod address;
mod attribute;
mod boxed;
mod connection;
mod context;
mod count;
mod error_code;
mod failure;
mod given;
mod heading;
pub mod image;
pub(in crate::graphql) mod kept_rows;
mod loaders;
mod money;
mod picture_import;
mod public_url;
mod refused_payload;
pub mod rows;
mod scalars;
mod seo;
mod staff_guard;
mod user_error;

pub use address::{MailingAddress, MailingAddressInput};
pub use attribute::{Attribute, AttributeInput};
pub use boxed::{Boxed, Events, events};
pub(crate) use connection::connection;
pub use connection::{cost, map, page, page_info};
pub use context::ContextExt;
pub use count::{CountPrecision, Counted};
pub use error_code::ErrorCode;
pub use failure::{Failure, Result};
pub use given::{emptied, given};
pub use heading::HeadingPictureInput;
pub use image::Image;
pub use kept_rows::{KeptRows, learn};
pub(crate) use loaders::questions;
pub use loaders::{Batch, LoadError, Loaders, loaders};
pub use money::Money;
pub use picture_import::{MediaUse, PictureImport, PictureImportConnection};
pub use public_url::PublicUrl;
pub use scalars::{CountryCode, CurrencyCode, Date, Decimal, Html, Url, int};
pub use seo::Seo;
pub(crate) use user_error::payload;
pub use user_error::{UserError, outcome};
