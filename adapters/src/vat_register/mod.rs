//! Who is asked whether a VAT number is known.

mod vies;

pub use vies::ViesRegister;
