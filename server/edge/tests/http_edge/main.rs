//! The edge from outside: a small schema of its own behind the real routes, asked as clients ask.

mod connections;
mod documents;
mod execution;
mod failures;
mod idle;
mod origins;
mod over_http;
mod overload;
mod raw_client;
mod schema;
mod serving;
mod streams;
mod support;
mod trusted;
mod websocket;
mod websocket_client;
mod websocket_limits;
