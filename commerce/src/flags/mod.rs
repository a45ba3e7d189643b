//! What is switched while the shop runs, for some or for all: whatever offers a capability asks here whether it is on for
//! whoever wants it. The flags lie in memory with the [`Profile`](crate::profile::Profile), so that no request reads them;
//! staff change them in `settings::flags`.

mod ask;
mod capability;
mod decide;

pub use self::{
    ask::{VISITOR_LENGTH_MAX, are_on, is_on, is_on_for_all, require, require_in},
    capability::Capability,
};
