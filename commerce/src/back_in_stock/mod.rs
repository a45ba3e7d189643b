//! Who wants to be told when a variant is back in stock, and is told: once, by mail, in the order in which they asked.
//!
//! Whatever changes a level of stock asks for the job (`tell`) when something is available of what there was nothing
//! of, if anybody waits for it.

mod expected_jobs;
mod forget;
mod link;
mod list;
mod own;
mod request;
mod stop;
pub(crate) mod tell;

pub(crate) use self::{expected_jobs::EXPECTED_JOBS, forget::forget, link::link};
pub use self::{
    list::{Demand, demand, list},
    own::{cancel, of_customer},
    request::{AlertRequest, request},
    stop::{find, stop},
};
