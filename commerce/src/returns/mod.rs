//! Goods that come back: asked for by the shopper or by staff, approved, received, inspected, paid back.
//!
//! [`state`] is the pure machine. What became of each unit stands in the lines of the return, whose numbers only grow, each
//! by one statement that takes no more than is left: so a unit is received, put back in stock and paid back once, whoever
//! asks how often. Only what a provider could not pay back is taken off again (`refund_failed`). A return is changed while its order is locked, and the return after it.

pub(crate) mod arrival;
mod claim;
mod close;
mod decide;
mod exchange;
mod exchange_promised;
mod exemption;
mod expected_jobs;
mod find;
mod inspect;
mod pictures;
mod policy;
mod receive;
mod refund;
pub(crate) mod refund_failed;
mod replacement;
mod request;
mod returnable;
mod row;
mod settled;
pub mod state;
mod steps;
pub(crate) mod unpaid;
mod withdrawn;

pub(crate) use self::{
    claim::RESENT,
    exemption::exemptions_on,
    expected_jobs::EXPECTED_JOBS,
    find::fee_minor_of,
    pictures::purge as purge_pictures,
    policy::policy_on,
    returnable::read as returnable_on,
    unpaid::payable_until,
    withdrawn::{Withdrawn, take_back},
};
pub use self::{
    claim::{Claim, claim, claims_of, resent_by},
    close::close,
    decide::{Approve, approve, cancel, refuse},
    exchange::{Exchange, ExchangeUnits, exchange},
    exemption::{exemptions_of, set_exemption},
    find::{
        ReturnFilter, by_id, count, count_of_customer, events_of, exchanged_by, lines_of, list, of_customer, of_orders,
    },
    inspect::{Inspect, Inspected, inspect},
    pictures::{
        PictureFile, PictureGrant, PictureTarget, admit_picture, keep_picture, open_picture, picture_address,
        picture_target, pictures_of,
    },
    policy::{PolicyUpdate, policy, update_policy},
    receive::{Receive, Received, receive},
    refund::{Refund, RefundUnits, refund},
    request::{Request, RequestLine, request},
    returnable::{Hindrance, Returnable, returnable_of},
};
