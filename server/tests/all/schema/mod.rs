//! The contract as a whole: what it says of itself, and that it is the committed one.

mod contract;
mod descriptions;
mod events;
mod examples;
mod loading;
