//! Text messages about an order, for shoppers who have agreed to them there: that goods are on their way, out for delivery,
//! delivered, or ready to be picked up.
//!
//! `consent` keeps what they said, `send` is the job; which entries of the timeline are told, and in which words, is
//! [`notifications`](crate::notifications)' to know. A message is paid for and disturbs, so that one which may have been sent is not sent again: `order_sms` has a row
//! for each, which says so before anybody is asked.

mod consent;
mod load;
mod resend;
mod send;

pub(crate) use self::send::run;
pub use self::{
    consent::{SmsConsent, set},
    load::{consents_of, messages_of},
    resend::{SmsResend, resend},
};
