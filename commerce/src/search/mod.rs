//! Search as shoppers meet it and staff shape it: the engine finds, the database says what is shown, and answers
//! itself where the engine is away. What staff pin and hide ([`rules`]) is put above whoever answers, in one
//! place, so that all act alike. What was searched for is counted ([`record`]), and never by whom.

mod answers;
mod counts;
mod find;
mod looser;
mod members;
mod merged;
mod placing;
pub mod record;
pub mod rules;
mod sources;
pub mod suggest;

pub use self::find::{ProductSearch, count_again, search};
