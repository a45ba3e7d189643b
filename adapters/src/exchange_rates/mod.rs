//! Exchange rates: of a file, and of the European Central Bank's address.

mod csv;
mod ecb;
mod file;
mod http;

pub use file::read;
pub use http::EcbRates;
