//! Pages for people: what development shows in a browser, and what a shop needs whose storefront is
//! switched off.

pub mod account;
pub mod dev_mail;
pub mod dev_parcels;
pub mod dev_payments;
pub mod home;
mod html;
pub mod ide;
pub mod order;
pub mod pictures;
pub mod schema_file;
pub mod sitemap;
pub mod staff;
pub mod stop;
