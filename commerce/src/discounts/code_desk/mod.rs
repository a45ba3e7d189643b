//! The codes of a discount, for staff: found, counted, and switched off and on one by one.

mod list;
mod switch;

pub use self::{
    list::{CodeFilter, list, orders_of},
    switch::switch,
};
