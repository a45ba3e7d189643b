//! Texts of things in other languages than the shop's own.
//!
//! A text stands in its thing's row in the shop's own language; `translation` has what it is in others, by thing, language
//! and field, together with the text that was translated: where the row says something else by now, the translation is
//! outdated, and shown all the same. Whoever shows a text asks [`languages`] which languages are looked into: none where
//! the shop's own is asked for, and none for those who work here, who change the rows and must see what stands in them.
//!
//! Words that many products have in common, the names and values of options and of attributes, are translated once for all
//! ([`Thing::Option`], [`Thing::Attribute`]).

mod copy;
mod find;
mod forget;
mod form;
mod init;
mod language;
mod load;
mod names;
mod products;
mod remove;
mod rename;
mod report;
mod set;
mod slugs;
mod sources;
mod stream;
pub mod table;
mod thing;

pub(crate) use self::{
    copy::copy,
    forget::forget_gone,
    rename::{rename_attribute, rename_attribute_value},
};
pub use self::{
    find::{Translatable, TranslatableField, find},
    form::Form,
    init::init,
    language::{languages, languages_of},
    load::{TextInLanguage, Words, every_text, of_thing, of_things},
    names::own_names,
    products::in_language,
    remove::{TranslationsRemove, remove},
    report::{Progress, State, progress, report},
    set::{NewTranslation, TranslationsSet, set},
    slugs::{of_slug, own_slugs, slugs_of},
    sources::{Source, digest},
    stream::{count, stream},
    thing::{Kind, Thing, UnknownThing, value_field},
};
