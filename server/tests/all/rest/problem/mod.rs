#[path = "../../../../src/rest/problem/details.rs"]
mod details;
#[path = "../../../../src/rest/problem/kind.rs"]
mod kind;
