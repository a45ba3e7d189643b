//! The messages of a language, as Fluent reads them: each file is parsed once in the life of a process.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use unic_langid::LanguageIdentifier;
use vitrine_locale::{FALLBACK, Formats, direction};

use super::message::{NamedValue, Value};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

static RESOURCES: LazyLock<BTreeMap<&str, Vec<FluentResource>>> = LazyLock::new(|| {
    let mut resources: BTreeMap<&str, Vec<FluentResource>> = BTreeMap::new();
    for (language, _, text) in FILES {
        // A test reads them, too: what is no message is left out.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        resources.entry(language).or_default().push(resource);
    }
    resources
});

/// The languages that there are words of.
pub fn languages() -> impl Iterator<Item = &'static str> {
    RESOURCES.keys().copied()
}

pub(super) struct Bundle(FluentBundle<&'static FluentResource>);

impl Bundle {
    /// What `language` lacks is said in English.
    pub(super) fn new(tag: &str, language: &str) -> Self {
        let id: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Names and amounts keep their own direction within a text of the other.
        bundle.set_use_isolating(direction(tag) == "rtl");
        bundle.set_formatter(Some(write_number));
        for resource in [FALLBACK, language]
            .iter()
            .filter_map(|of| RESOURCES.get(*of))
            .flatten()
        {
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    pub(super) fn knows(&self, id: &str) -> bool {
        self.0.has_message(id)
    }

    /// A message with its values. Numbers stay what they are, for their plurals.
    pub(super) fn say(&self, id: &str, values: &[NamedValue], write: impl Fn(&Value) -> String) -> String {
        let Some(pattern) = self.0.get_message(id).and_then(|message| message.value()) else {
            tracing::error!(id, "there is no such message");
            return id.to_owned();
        };
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            match value {
                Value::Number(number) => args.set(&**name, *number),
                value => args.set(&**name, write(value)),
            }
        }
        let mut errors = Vec::new();
        let said = self.0.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if let Some(error) = errors.first() {
            tracing::error!(
                id,
                error = error as &dyn std::error::Error,
                "a message could not be said as it is written"
            );
        }
        said
    }
}

/// Numbers as the language writes them.
struct Numbers(Arc<Formats>);

impl Memoizable for Numbers {
    type Args = ();
    type Error = std::convert::Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Self::Error> {
        Ok(Self(Formats::of(&language.to_string())))
    }
}

fn write_number(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let decimal = number.as_string();
    memoizer
        .with_try_get::<Numbers, _, _>((), |numbers| numbers.0.decimal(&decimal))
        .ok()
}
