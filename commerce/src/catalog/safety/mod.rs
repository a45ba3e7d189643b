//! What buyers in the EU are told for their safety (Regulation 2023/988): who makes a product, who answers for
//! it in the EU, and what it warns of. Makers and responsible persons are kept once, and products name them.

mod load;
mod operator;
mod set;

pub(super) use self::set::copy;
pub use self::{
    load::{all_operators, operators, safety_of},
    operator::{OperatorFields, create, delete, restore, update},
    set::{SafetySet, set},
};
