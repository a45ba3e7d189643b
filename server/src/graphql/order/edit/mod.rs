//! Orders that are changed before they are sent.

pub mod input;
pub mod mutation;
pub mod policy;
pub mod preview;
pub mod version;
