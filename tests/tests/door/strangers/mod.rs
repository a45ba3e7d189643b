//! What strangers learn, walked over the whole API: every field of the schema and every path of REST. What is added
//! later is walked, too, or these tests ask for what they need to know of it.

mod guards;
mod isolation;
mod paths;
mod schema;
