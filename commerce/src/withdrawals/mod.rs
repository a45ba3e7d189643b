//! Consumers withdraw from a contract (directive 2011/83/EU, articles 9 to 16, and the function of article 11a): they declare it
//! in two steps, whoever they are, and are told at once that it was received.
//!
//! `declare` takes a statement whatever the rules say of it: one that is late, or of goods that are exempt, or of
//! no order that anybody knows is received and confirmed like any other, and answers alike. What follows is found by the job
//! `settle`, by one rule for everybody: what is in time and not exempt comes back as a return that nobody has to approve, or is
//! cancelled where nothing was sent; of all else staff are told, and decide (`decide`). What was declared, when, and under which text
//! the order was placed is never changed (triggers); `withdrawal_event` is append-only.

mod carry_out;
mod decide;
mod declare;
mod expected_jobs;
mod find;
mod forget;
mod judge;
mod notify;
mod period;
mod row;
pub(crate) mod settle;
mod statement;

pub use self::{
    decide::{Accept, accept, match_order, refuse},
    declare::{Declaration, Declared, declare, prepare},
    find::{WithdrawalFilter, by_id, by_ids, count, events_of, lines_of, list, of_orders, returns_of},
    period::{Period, period_of},
};
pub(crate) use self::{
    expected_jobs::EXPECTED_JOBS,
    forget::forget,
    row::{confirm_sent, statement_of},
};
