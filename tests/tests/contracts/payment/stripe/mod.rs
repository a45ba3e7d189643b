//! What is Stripe's own, over the stand-in: its failures, its lost answers, its lists, its secrets.

mod faults;
mod lost_answers;
mod old_attempts;
mod parts;
mod secrecy;
mod shared_account;
