//! Messages to the signed-in customer.

pub mod mutation;
pub mod object;
pub mod subscription;
