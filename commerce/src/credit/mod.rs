//! Money that the shop owes: what is on gift cards, and what customers have as store credit.
//!
//! Both are accounts of one ledger. `ledger` is the one place that changes a balance: in one statement, which takes no
//! more than is there, and together with the entry that tells why. What pays an order is held by the transaction that
//! places it (`pay`), and goes back once, whoever asks how often: what has gone back stands in the row that says what the
//! account paid.
//!
//! A card's code opens money, so that it lies nowhere: it is derived from the card's id with the shop's secret (`code`), the
//! database has its hash and its last four characters, and whoever sends it makes it again.

mod account;
mod adjust;
mod balance;
mod check;
mod code;
mod disable;
mod expire;
mod find;
mod findings;
mod grant;
mod issue;
mod ledger;
mod pay;
mod refund;
mod remind;
mod repair;
mod sell;
mod send;
mod shut;
mod swap;
mod take_over;
mod usable;
mod wish;
mod withdraw;

pub use account::CreditState;
pub use adjust::{Adjust, adjust};
pub use balance::{GiftCardBalance, balance};
pub use check::{Difference, differences};
pub use disable::set_active;
pub use expire::expire_if_due;
pub use find::{CreditFilter, account, accounts, entries, of_customers, of_orders};
pub use findings::{check_if_due, dismiss_finding, findings};
pub use grant::{Grant, grant};
pub use issue::{IssueGiftCard, Issued, issue};
pub use refund::of_refund;
pub use remind::remind_if_due;
pub use repair::{Repair, Right, repair_finding};
pub use send::{SendGiftCard, send};

pub(crate) use account::by_code;
pub(crate) use findings::findings_open;
pub(crate) use pay::{give_back, redeem};
pub(crate) use refund::{Part, Returnable, refund_account_as_credit, refund_as_credit, refund_to_account, returnable};
pub(crate) use remind::{Reminded, to_be_reminded};
pub(crate) use sell::issue_sold;
pub(crate) use send::{note_mailed, to_be_mailed};
pub use shut::{RefundsTo, refunds_to};
pub(crate) use shut::{is_shut, tell_of_shut};
pub(crate) use swap::{account_for_exchange, paying, put_back, take_off, tell_of_money};
pub(crate) use take_over::{TakenOver, take_over, take_over_again};
pub use usable::CartCredit;
pub(crate) use usable::{Usable, adjustments, applied, usable};
pub use wish::Wish;
pub(crate) use wish::{DELIVER_ON, check_wish};
pub(crate) use withdraw::{SoldCards, Withdrawal, sold_cards, withdraw, withdraw_sold};
