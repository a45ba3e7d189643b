//! Orders that staff put together for somebody, by phone or mail: what they hold, for how much, and until when they may be
//! paid by a link.
//!
//! A draft order is a cart, so that it is priced, paid and placed as any other. Its lines cost what they did when staff put
//! them in, until staff take today's prices; own lines cost what staff say. Whoever has the link gives addresses and pays;
//! what it holds only staff change. No stock is held until it is an order.
//!
//! Whoever changes one locks its cart, and the row after it, as whoever places its order does.

mod complete;
mod create;
mod duplicate;
mod fields;
mod find;
mod forget;
mod life;
mod link;
mod row;
mod send;
mod update;

pub(crate) use self::forget::forget;
pub use self::{
    complete::{Complete, complete},
    create::{Create, create},
    duplicate::duplicate,
    fields::{DiscountOff, DraftFields, ShippingFields},
    find::{DraftFilter, DraftStatus, by_id, count, list, of_cart, of_orders, status},
    life::{delete, restore},
    link::link,
    send::{Send, send},
    update::{SetLines, set_lines, update},
};
