//! Staff switch flags while the shop runs: its [`Capability`](crate::flags::Capability)s, and those that its front ends ask for by names of their own.
//! Every process holds them with the [`Profile`](crate::profile::Profile), whose version they raise; who has what is decided
//! in [`flags`](crate::flags).

mod check;
mod find;
mod life;
mod row;
mod set;

pub use self::{
    find::{find, history, list},
    life::{delete, restore},
    set::{FlagEdit, set},
};
