//! What every noun uses: paging, refusals and faults, loaders, ids, scalars, and the values that many objects hold.

pub mod address;
pub mod connection;
pub mod context;
pub mod error_code;
pub mod failure;
pub mod image;
pub mod loaders;
pub mod money;
pub mod public_url;
pub mod scalars;
pub mod user_error;
