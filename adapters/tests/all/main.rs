//! The adapters from outside: a shop's opening, its configuration, its event bus, its mails as files.

mod boot;
mod config;
mod event_bus;
mod mail;
