//! The GraphQL API: one schema for shoppers and staff.
//!
//! A noun is a folder: `object` is what it is, mostly a row; `fields` what it shows and leads to, where
//! others lead back to it, so that objects may form circles and files none; `query`, `mutation` and
//! `subscription` are its part in the roots; `questions` are its loaders. To add one, write its folder,
//! and a line in each root that it has part in ([`roots`]). What all nouns use is [`shared`].
//!
//! Resolvers are thin: they read the arguments, call one use case, and show what it gave. What must
//! hold everywhere:
//!
//! - **In a mutation** a refusal of the use case is data: the payload's `userErrors`, with the
//!   object null. So is an id that is ill-formed or of another kind: it answers like a missing one.
//! - **In a query** such an id, a missing object and somebody else's answer alike: null. What is
//!   wrong with an argument (a page of a million, a forged cursor) is a GraphQL error with the
//!   code `BAD_USER_INPUT` at that field, which is nullable, so that the rest is still answered.
//! - **A fault** is a GraphQL error with the code `INTERNAL_ERROR` and a correlation id. Every field
//!   of the roots is nullable, so that it takes nothing else along: not what an earlier mutation of
//!   the same request has done.
//! - Every edge of the graph goes through a loader ([`shared::loaders()`]); every list is bounded and
//!   priced by [`shared::cost`].
//! - Everything that a client can name is described, staff's fields with the permission they need.
//!   The doc comments are the manual; `schema.graphql` is generated from them.

pub mod app;
pub mod attribute;
pub mod audit;
pub mod bulk;
pub mod cart;
pub mod catalog;
pub mod category;
pub mod collection;
pub mod company;
pub mod country;
pub mod credit;
pub mod customer;
pub mod customer_group;
pub mod discount;
pub mod document;
pub mod draft_order;
pub mod export;
pub mod flag;
pub mod identity;
pub mod imported_order;
pub mod inventory;
pub mod job;
pub mod legacy;
pub mod location;
pub mod market;
pub mod media;
pub mod menu;
pub mod metafield;
pub mod node;
pub mod notification;
pub mod order;
pub mod order_return;
pub mod page;
pub mod payment;
pub mod price;
pub mod product;
pub mod product_import;
pub mod reconciliation;
pub mod redirect;
pub mod roots;
pub mod safety;
pub mod schema;
pub mod search;
pub mod session;
pub mod shared;
pub mod shipping;
pub mod shop;
pub mod staff;
pub mod tax;
pub mod translation;
pub mod variant;
pub mod webhook;
pub mod withdrawal;
