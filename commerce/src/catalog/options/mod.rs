//! What a product's variants are chosen by: staff add, rename, reorder and remove options and their values,
//! and say how a value is shown. The variants follow, so that each keeps one value for each option.

mod arrange;
mod swatch;
mod update;

pub(super) use self::swatch::copy;
pub use self::{
    arrange::{OptionChange, SwatchFields, ValueChange},
    swatch::{ColourOf, show_as_colours, swatches_of},
    update::{OptionsUpdate, update},
};
