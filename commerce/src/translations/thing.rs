//! The things that have texts, and who may translate theirs.

use std::{fmt, str::FromStr, sync::Arc};

use uuid::Uuid;
use vitrine_entity::ids::{
    CategoryId, CollectionId, DiscountId, LocationId, MenuId, PageId, PictureId, ProductId, ProductVideoId,
    ShippingMethodId,
};

use crate::staff::Permission;

/// The longest name of an option, an attribute, a way to pay or a tax.
const NAME_LENGTH_MAX: usize = 255;

/// A thing that has texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    Product(ProductId),
    Picture(PictureId),
    Video(ProductVideoId),
    Category(CategoryId),
    Collection(CollectionId),
    /// What products are chosen by, by its name: one for all products that call it so.
    Option(Arc<str>),
    /// A named value of products, by its name.
    Attribute(Arc<str>),
    Page(PageId),
    Menu(MenuId),
    ShippingMethod(ShippingMethodId),
    Location(LocationId),
    Discount(DiscountId),
    /// A way to pay, by its provider's name.
    PaymentMethod(Arc<str>),
    /// A tax, by its name: one for all rates that are called so.
    Tax(Arc<str>),
}

/// A text names no thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownThing;

/// The field of an option's or an attribute's value, or of a link of a menu, which have no id: named by what is translated.
pub fn value_field(value: &str) -> String {
    format!("value:{value}")
}

macro_rules! kinds {
    ($($kind:ident = $stored:literal, $permission:ident;)*) => {
        /// What kind of thing it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind {
            $($kind,)*
        }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// As it is stored.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $stored,)* }
            }

            /// What staff need to read and write its translations.
            pub fn permission(self) -> Permission {
                match self { $(Self::$kind => Permission::$permission,)* }
            }
        }

        impl Thing {
            pub fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)* }
            }
        }
    };
}

kinds! {
    Product = "PRODUCT", Catalog;
    Picture = "PICTURE", Catalog;
    Video = "VIDEO", Catalog;
    Category = "CATEGORY", Catalog;
    Collection = "COLLECTION", Catalog;
    Option = "OPTION", Catalog;
    Attribute = "ATTRIBUTE", Catalog;
    Page = "PAGE", Content;
    Menu = "MENU", Content;
    ShippingMethod = "SHIPPING_METHOD", Settings;
    Location = "LOCATION", Settings;
    Discount = "DISCOUNT", Catalog;
    PaymentMethod = "PAYMENT_METHOD", Settings;
    Tax = "TAX", Settings;
}

macro_rules! by_id {
    ($($kind:ident($id:ty)),*) => {
        $(
            impl From<$id> for Thing {
                fn from(id: $id) -> Self {
                    Self::$kind(id)
                }
            }
        )*

        impl Thing {
            /// Its id, where it has one.
            pub fn id(&self) -> Option<Uuid> {
                match self {
                    $(Self::$kind(id) => Some(id.0),)*
                    Self::Option(_) | Self::Attribute(_) | Self::PaymentMethod(_) | Self::Tax(_) => None,
                }
            }

            fn with_id(text: &str) -> Option<Self> {
                None$(.or_else(|| text.parse().ok().map(Self::$kind)))*
            }
        }

        impl fmt::Display for Thing {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind(id) => id.fmt(f),)*
                    Self::Option(name) => write!(f, "option:{name}"),
                    Self::Attribute(name) => write!(f, "attribute:{name}"),
                    Self::PaymentMethod(name) => write!(f, "payment:{name}"),
                    Self::Tax(name) => write!(f, "tax:{name}"),
                }
            }
        }
    };
}

by_id! {
    Product(ProductId), Picture(PictureId), Video(ProductVideoId), Category(CategoryId), Collection(CollectionId),
    Page(PageId), Menu(MenuId), ShippingMethod(ShippingMethodId), Location(LocationId),
    Discount(DiscountId)
}

impl FromStr for Thing {
    type Err = UnknownThing;

    /// As [`Display`](fmt::Display) writes it.
    fn from_str(text: &str) -> Result<Self, UnknownThing> {
        let Some((kind, name)) = text.split_once(':') else {
            return Self::with_id(text).ok_or(UnknownThing);
        };
        if name.is_empty() || name.chars().count() > NAME_LENGTH_MAX || name.contains(char::is_control) {
            return Err(UnknownThing);
        }
        match kind {
            "option" => Ok(Self::Option(name.into())),
            "attribute" => Ok(Self::Attribute(name.into())),
            "payment" => Ok(Self::PaymentMethod(name.into())),
            "tax" => Ok(Self::Tax(name.into())),
            _ => Err(UnknownThing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_survives_the_round_trip() {
        let id = Uuid::from_u128(7);
        for thing in [
            Thing::Product(id.into()),
            Thing::Menu(id.into()),
            Thing::Discount(id.into()),
            Thing::Option("Colour: frame".into()),
            Thing::Attribute("Matière".into()),
            Thing::PaymentMethod("stripe".into()),
            Thing::Tax("VAT".into()),
        ] {
            assert_eq!(thing.to_string().parse(), Ok(thing));
        }
        for text in [
            "",
            "ord_00000000000000000000000007",
            "option:",
            "staff:x",
            "option:a\0b",
        ] {
            assert_eq!(text.parse::<Thing>(), Err(UnknownThing), "{text:?}");
        }
    }
}
