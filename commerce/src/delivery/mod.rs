//! Where the shop sends to and for how much, and whose tax is due there.

pub mod shipping;
pub mod tax;
