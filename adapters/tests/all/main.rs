//! The adapters from outside: a shop's opening, its configuration, its event bus, its mails as files.

mod boot;
mod config;
mod config_payment;
mod event_bus;
mod mail;
