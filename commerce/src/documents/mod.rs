//! Invoices, credit notes and delivery notes: numbered without gaps, written once, and never changed.
//!
//! `make` decides what is due of an order and `write` writes it, in one transaction with its number (`numbers`). What it says
//! is built by `invoice` and `trade` (for programs, as EN 16931 means it) and `sheet` (for people, in the order's language), and kept
//! by `content`. Files are made of that when somebody wants one: `file` as PDF, by a port, and as XML by `cii` and `ubl`.
//!
//! A document stays although its order's person is erased: the law wants it for years. `forget` takes what it says once they are over;
//! its row stays, so that the series has no gap.

mod address;
mod archive;
mod cii;
mod content;
mod expected_jobs;
mod file;
mod find;
mod forget;
mod format;
mod gather;
mod heading;
mod invoice;
pub(crate) mod make;
mod numbers;
mod seller;
mod settings;
mod sheet;
mod trade;
mod ubl;
mod write;
mod xml;

pub use self::{
    address::{Address, address, archive_address, kind_name, kind_of},
    archive::open as open_archive,
    file::{File, open},
    find::{DocumentFilter, find, list, of_orders},
    format::Format,
    make::make,
    seller::{SellerChange, missing},
    settings::{DocumentSettings, DocumentSettingsChange, InvoiceAt, Seller, settings, update},
};
pub(crate) use self::{expected_jobs::EXPECTED_JOBS, file::pdf, find::by_id, forget::forget};
