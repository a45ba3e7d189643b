//! Runs the jobs, and looks after those that do not run well.
//!
//! [`run()`] is the one place that knows every handler. What fails is tried again after a pause, or
//! buried and told to staff, who [`list`] and [`revive`] it. What waits in the shop for a job and has
//! none gets one ([`make_missing`]).

mod counts;
mod failure;
mod list;
mod missing;
mod revive;
mod run;

pub use self::{
    counts::{JobCount, counts},
    list::{JobFilter, Kind, list},
    missing::{make_missing, make_missing_now},
    revive::{ReviveAll, revive, revive_all},
    run::{run, run_of},
};
