//! Compiled in: what the REST facade refuses, and what it shows of a payment that waits for the shopper.

mod problem;
mod view;
