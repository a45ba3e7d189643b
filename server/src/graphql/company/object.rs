use vitrine_entity::company;

use crate::graphql::shared::connection;

/// A company that buys on terms of its own.
#[derive(Debug, Clone)]
pub struct Company(pub company::Model);

connection! { CompanyConnection, CompanyEdge, Company }
