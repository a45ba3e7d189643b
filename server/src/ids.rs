//! Ids in their public form, `ord_01j…`: opaque to clients, typed as soon as they are in.

use std::{fmt::Display, str::FromStr};

use async_graphql::ID;
use vitrine_commerce::{ErrorCode, Refusal};

/// An id as clients see it.
pub fn public(id: impl Display) -> ID {
    ID(id.to_string())
}

/// Reads an id in a query, where one that is ill-formed or of another kind answers as a missing
/// object does: `None`.
pub fn find<T: FromStr>(id: &str) -> Option<T> {
    id.parse().ok()
}

/// Reads the id of a `what` in a mutation's input, at `field`.
///
/// # Errors
/// `NOT_FOUND`, the same as for an object that does not exist or is not the caller's.
pub fn input<T: FromStr>(id: &str, what: &str, field: &[&str]) -> Result<T, Refusal> {
    id.parse().map_err(|_| Refusal::not_found(what).at(field))
}

/// Reads one of the two ways to name an object in a query.
///
/// # Errors
/// Unless exactly one is given.
pub fn one_of(id: Option<ID>, slug: Option<String>) -> Result<Named, Refusal> {
    match (id, slug) {
        (Some(id), None) => Ok(Named::Id(id.0)),
        (None, Some(slug)) => Ok(Named::Slug(slug)),
        _ => Err(Refusal::new(ErrorCode::Invalid, "Give either `id` or `slug`.").at(&["id"])),
    }
}

/// How an object was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Id(String),
    Slug(String),
}

#[cfg(test)]
mod tests {
    use vitrine_entity::ids::{CartId, OrderId};

    use super::*;

    #[test]
    fn an_id_of_another_kind_is_as_good_as_missing() {
        let cart = CartId(uuid::Uuid::from_u128(7));
        assert_eq!(find::<CartId>(&public(cart)), Some(cart));
        assert_eq!(find::<OrderId>(&public(cart)), None);
        let refusal = input::<OrderId>("ord_'; drop table orders", "order", &["orderId"]).expect_err("refused");
        assert_eq!(
            (refusal.code, refusal.message.to_string().as_str()),
            (ErrorCode::NotFound, "There is no such order.")
        );
        assert_eq!(refusal.field, ["orderId"]);
    }

    #[test]
    fn an_object_is_named_in_one_way() {
        assert_eq!(
            one_of(None, Some("chair".to_owned())),
            Ok(Named::Slug("chair".to_owned()))
        );
        assert!(one_of(None, None).is_err());
        assert!(one_of(Some(ID("x".to_owned())), Some("chair".to_owned())).is_err());
    }
}
