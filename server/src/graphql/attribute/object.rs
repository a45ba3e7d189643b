use async_graphql::Enum;
use vitrine_commerce::catalog::{attributes::Definition, measure};

/// What a value of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::attribute_definition::AttributeKind")]
pub enum AttributeKind {
    /// A line of text.
    Text,
    /// A decimal number of at most six places.
    Number,
    /// A number with a unit, kept in the attribute's own: `1500 g` becomes `1.5 kg`.
    NumberWithUnit,
    /// `true` or `false`.
    Boolean,
    /// A date, `2026-01-31`.
    Date,
    /// A colour, `#rrggbb`.
    Colour,
    /// Another thing of the shop, by its id.
    Reference,
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::attribute_definition::ReferenceKind")]
pub enum AttributeReferenceKind {
    /// A product.
    Product,
    /// A variant of a product.
    Variant,
    /// A category.
    Category,
    /// A collection.
    Collection,
}

/// A unit of measurement. Those of one dimension become each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::catalog::measure::Unit")]
pub enum MeasurementUnit {
    /// mg.
    #[graphql(name = "MG")]
    Milligram,
    /// g.
    #[graphql(name = "G")]
    Gram,
    /// kg.
    #[graphql(name = "KG")]
    Kilogram,
    /// ml.
    #[graphql(name = "ML")]
    Millilitre,
    /// cl.
    #[graphql(name = "CL")]
    Centilitre,
    /// l.
    #[graphql(name = "L")]
    Litre,
    /// m³.
    #[graphql(name = "M3")]
    CubicMetre,
    /// mm.
    #[graphql(name = "MM")]
    Millimetre,
    /// cm.
    #[graphql(name = "CM")]
    Centimetre,
    /// m.
    #[graphql(name = "M")]
    Metre,
    /// cm².
    #[graphql(name = "CM2")]
    SquareCentimetre,
    /// m².
    #[graphql(name = "M2")]
    SquareMetre,
    /// W.
    #[graphql(name = "W")]
    Watt,
    /// kW.
    #[graphql(name = "KW")]
    Kilowatt,
    /// V.
    #[graphql(name = "V")]
    Volt,
    /// s.
    #[graphql(name = "S")]
    Second,
    /// min.
    #[graphql(name = "MIN")]
    Minute,
    /// h.
    #[graphql(name = "H")]
    Hour,
    /// d, of 24 hours.
    #[graphql(name = "D")]
    Day,
    /// °C.
    #[graphql(name = "CELSIUS")]
    Celsius,
    /// MB.
    #[graphql(name = "MB")]
    Megabyte,
    /// GB.
    #[graphql(name = "GB")]
    Gigabyte,
    /// TB.
    #[graphql(name = "TB")]
    Terabyte,
    /// Pieces.
    #[graphql(name = "PIECE")]
    Piece,
}

impl MeasurementUnit {
    /// By the code that is stored.
    pub fn of(code: Option<&str>) -> Option<Self> {
        code.and_then(measure::Unit::from_code).map(Into::into)
    }
}

/// What a named value of products must be.
#[derive(Debug, Clone)]
pub struct AttributeDefinition(pub Definition);
