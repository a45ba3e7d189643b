//! Moving from an older system while both run: clients that know its checkout alone ask it at our addresses (the server's
//! `rest/legacy`), and the flag `own_checkout` says whose cart it becomes. An order that is placed here is written there by a
//! job, one that is placed there is noted here, and what both say of it is compared until it is over.

mod compare;
mod decide;
mod expected_jobs;
mod find;
mod note;
mod record;
mod sync;

pub use self::{
    decide::{dismiss, repair},
    find::{is_ours, list},
    note::note_there,
    record::{of_order, status},
};
pub(crate) use self::{expected_jobs::EXPECTED_JOBS, find::findings_open, note::note_placed, sync::run};
