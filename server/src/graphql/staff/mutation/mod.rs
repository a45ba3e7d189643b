//! Staff change who works here, and what they themselves are let in by.

pub mod account;
pub mod invitation;
pub mod member;
pub mod role;
pub mod second_factor;
