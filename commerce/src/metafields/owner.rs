//! The things that metafields are kept with, and who may see and change theirs.

use std::{fmt, str::FromStr};

use sea_orm::{ConnectionTrait, EntityTrait};
use vitrine_entity::{
    category, collection, customer,
    ids::{CategoryId, CollectionId, CustomerId, OrderId, ProductId, VariantId},
    order, product, variant,
};

use crate::{Result, staff::Permission};

/// A thing that metafields are kept with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    Product(ProductId),
    Variant(VariantId),
    Category(CategoryId),
    Collection(CollectionId),
    Customer(CustomerId),
    Order(OrderId),
}

impl Owner {
    /// What staff need to see all of its metafields, and to change them.
    pub fn permission(self) -> Permission {
        match self {
            Self::Product(_) | Self::Variant(_) | Self::Category(_) | Self::Collection(_) => Permission::Catalog,
            Self::Customer(_) => Permission::Customers,
            Self::Order(_) => Permission::Orders,
        }
    }

    pub(super) async fn exists(self, db: &impl ConnectionTrait) -> Result<bool> {
        Ok(match self {
            Self::Product(id) => product::Entity::find_by_id(id).one(db).await?.is_some(),
            Self::Variant(id) => variant::Entity::find_by_id(id).one(db).await?.is_some(),
            Self::Category(id) => category::Entity::find_by_id(id).one(db).await?.is_some(),
            Self::Collection(id) => collection::Entity::find_by_id(id).one(db).await?.is_some(),
            Self::Customer(id) => customer::Entity::find_by_id(id).one(db).await?.is_some(),
            Self::Order(id) => order::Entity::find_by_id(id).one(db).await?.is_some(),
        })
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Product(id) => id.fmt(f),
            Self::Variant(id) => id.fmt(f),
            Self::Category(id) => id.fmt(f),
            Self::Collection(id) => id.fmt(f),
            Self::Customer(id) => id.fmt(f),
            Self::Order(id) => id.fmt(f),
        }
    }
}

impl FromStr for Owner {
    type Err = ();

    /// By an id in its public form.
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let product = || text.parse().map(Self::Product);
        product()
            .or_else(|_| text.parse().map(Self::Variant))
            .or_else(|_| text.parse().map(Self::Category))
            .or_else(|_| text.parse().map(Self::Collection))
            .or_else(|_| text.parse().map(Self::Customer))
            .or_else(|_| text.parse().map(Self::Order))
            .map_err(|_| ())
    }
}

macro_rules! owners {
    ($($id:ty => $owner:ident),* $(,)?) => {
        $(impl From<$id> for Owner {
            fn from(id: $id) -> Self {
                Self::$owner(id)
            }
        })*
    };
}

owners! {
    ProductId => Product,
    VariantId => Variant,
    CategoryId => Category,
    CollectionId => Collection,
    CustomerId => Customer,
    OrderId => Order,
}
