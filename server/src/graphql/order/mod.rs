//! Placed orders: the object and its parts, placing one, and what happens to it.

pub mod after_sale;
pub mod analytics;
pub mod connection;
pub mod cost;
pub mod credit;
pub mod download;
pub mod edit;
pub mod event;
pub mod fields;
pub mod filter;
pub mod fulfilment;
pub mod line;
pub mod mutation;
pub mod note;
pub mod object;
pub mod progress;
pub mod push;
pub mod query;
pub mod questions;
pub mod shipment;
pub mod sms;
pub mod subscription;
