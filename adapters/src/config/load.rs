//! Reads the file and the environment, and says where a fault was set.

use std::{
    fmt,
    marker::PhantomData,
    path::{Path, PathBuf},
};

use figment::{
    Figment, Metadata, Profile, Provider,
    error::Kind,
    providers::{Format, Toml},
    value::{Dict, Map, Value},
};
use serde::{Deserialize, Deserializer};

use super::{Config, Secret};

const FILE: &str = "vitrine.toml";
const PREFIX: &str = "VITRINE_";

/// Everything that is wrong with a configuration, a line each: the key, what is wrong, where it
/// was set, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("the configuration cannot be used:\n{}", .0.iter().map(|problem| format!("  - {problem}")).collect::<Vec<_>>().join("\n"))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// Reads `file` (or `vitrine.toml`, if there is one) and this process's environment.
    ///
    /// # Errors
    /// When a key is unknown, has an impossible value, or is unsafe in production.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let file = match file {
            Some(file) if !file.is_file() => {
                return Err(ConfigError(vec![format!(
                    "`{}` is not a file: name one that exists after --config",
                    file.display()
                )]));
            }
            Some(file) => Some(file.to_owned()),
            None => Some(PathBuf::from(FILE)).filter(|file| file.is_file()),
        };
        let toml = file.map(Toml::file_exact);
        Self::from_parts(toml, environment())
    }

    /// Reads a text in place of a file, and this process's environment.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_text(text: &str) -> Result<Self, ConfigError> {
        Self::from_parts(Some(Toml::string(text)), environment())
    }

    /// Reads a text in place of a file, and no environment.
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        Self::from_parts(Some(Toml::string(text)), [])
    }

    /// Reads a text in place of a file, and variables in place of the environment.
    pub fn from_toml_and_environment(
        text: &str,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        Self::from_parts(Some(Toml::string(text)), variables)
    }

    fn from_parts(
        toml: Option<impl Provider>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut figment = Figment::new();
        if let Some(toml) = toml {
            figment = figment.merge(toml);
        }
        let figment = figment.merge(Variables::read(variables)?);
        // Variables are texts: "lossy" lets a text stand for the number or boolean it spells.
        let config: Self = figment
            .extract_lossy()
            .map_err(|error| ConfigError(error.into_iter().map(describe).collect()))?;
        let problems: Vec<String> = config
            .problems()
            .into_iter()
            .map(|problem| {
                format!(
                    "`{}` {}{}: {}",
                    problem.key,
                    problem.what,
                    origin(&figment, problem.key),
                    problem.remedy
                )
            })
            .collect();
        match problems.is_empty() {
            true => Ok(config),
            false => Err(ConfigError(problems)),
        }
    }
}

/// A variable that is not Unicode cannot be one of ours.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(key, value)| key.into_string().ok().zip(value.into_string().ok()))
}

/// Our variables. Only those with a double underscore, and `VITRINE_ENVIRONMENT`, are
/// configuration: others merely share the prefix, such as those that Kubernetes sets for a
/// service of this name (`VITRINE_PORT_8080_TCP`) and the tests' own.
struct Variables(Vec<(Vec<String>, String)>);

impl Variables {
    fn read(variables: impl IntoIterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut read = Vec::new();
        for (name, value) in variables {
            let Some(key) = name.strip_prefix(PREFIX) else { continue };
            if key != "ENVIRONMENT" && !key.contains("__") {
                continue;
            }
            let key = key.to_lowercase();
            let (key, value) = match key.strip_suffix("_file") {
                // The one key that itself ends in `_file`.
                Some(key) if key != "auth__key" => (key.to_owned(), read_secret(&name, &value)?),
                _ => (key, value),
            };
            read.push((key.split("__").map(str::to_owned).collect(), value));
        }
        // The same order on every start, so that a conflict always ends the same way.
        read.sort();
        Ok(Self(read))
    }
}

fn read_secret(name: &str, path: &str) -> Result<String, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
        Err(error) => Err(ConfigError(vec![format!(
            "`{name}` names the file `{path}`, which cannot be read: {error}"
        )])),
    }
}

impl Provider for Variables {
    fn metadata(&self) -> Metadata {
        Metadata::named("the environment").interpolater(|_, keys| format!("{PREFIX}{}", keys.join("__").to_uppercase()))
    }

    fn data(&self) -> figment::Result<Map<Profile, Dict>> {
        let mut root = Dict::new();
        for (path, value) in &self.0 {
            insert(&mut root, path, value);
        }
        Ok(Profile::Default.collect(root))
    }
}

fn insert(dict: &mut Dict, path: &[String], value: &str) {
    match path {
        [] => {}
        [last] => {
            dict.insert(last.clone(), Value::from(value));
        }
        [first, rest @ ..] => {
            let inner = dict.entry(first.clone()).or_insert_with(|| Value::from(Dict::new()));
            // That a section is there may be said besides what stands in it.
            if inner.as_str().is_some_and(|text| text.trim() == "true") {
                *inner = Value::from(Dict::new());
            }
            if let Value::Dict(_, inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// A fault found while reading: the key, what is wrong, where, and what to do.
fn describe(error: figment::Error) -> String {
    let mut path = error.path.clone();
    let (what, remedy) = match &error.kind {
        Kind::UnknownField(name, known) => {
            if path.last() != Some(name) {
                path.push(name.clone());
            }
            (
                "is not a known key".to_owned(),
                format!("remove it, or write one of {}", known.join(", ")),
            )
        }
        Kind::UnknownVariant(value, known) => (
            format!("cannot be `{value}`"),
            format!("write one of {}", known.join(", ")),
        ),
        Kind::MissingField(name) => {
            path.push(name.to_string());
            ("is missing".to_owned(), "set it, or remove its section".to_owned())
        }
        // Without the value: it may be a secret.
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => {
            (format!("is not {expected}"), "see vitrine.example.toml".to_owned())
        }
        other => (
            format!("cannot be read: {other}"),
            "see vitrine.example.toml".to_owned(),
        ),
    };
    let place = error
        .metadata
        .as_ref()
        .map(|metadata| place(metadata, &path))
        .unwrap_or_default();
    match path.is_empty() {
        true => format!("the file {what}{place}: {remedy}"),
        false => format!("`{}` {what}{place}: {remedy}", path.join(".")),
    }
}

/// Where a key that breaks a rule was set.
fn origin(figment: &Figment, key: &str) -> String {
    let path: Vec<String> = key.split('.').map(str::to_owned).collect();
    match figment.find_metadata(key) {
        Some(metadata) => place(metadata, &path),
        None => " (by default)".to_owned(),
    }
}

fn place(metadata: &Metadata, path: &[String]) -> String {
    match &metadata.source {
        Some(source) => format!(" (set in {source})"),
        None if metadata.name == "the environment" => {
            format!(" (set by {})", metadata.interpolate(&Profile::Default, path))
        }
        None => format!(" (set in the {})", metadata.name),
    }
}

/// A section that need say nothing but that it is there: itself, or, as a variable must write it, `true` or `false`.
pub(super) fn section<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    struct Visitor<T>(PhantomData<T>);

    impl<'de, T: Default + Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a section, true or false")
        }

        fn visit_bool<E: serde::de::Error>(self, is_there: bool) -> Result<Self::Value, E> {
            Ok(is_there.then(T::default))
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            match text.trim() {
                "true" => self.visit_bool(true),
                "false" => self.visit_bool(false),
                other => Err(E::invalid_value(serde::de::Unexpected::Str(other), &self)),
            }
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            T::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Some)
        }
    }

    deserializer.deserialize_any(Visitor(PhantomData))
}

/// As [`list`].
pub(super) fn secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Secret>, D::Error> {
    Ok(list(deserializer)?.into_iter().map(Secret::new).collect())
}

/// A list, or, as a variable must write it, texts with commas between.
pub(super) fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Visitor;

    impl<'de> serde::de::Visitor<'de> for Visitor {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of texts")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(text
                .split(',')
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect())
        }

        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, sequence: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(serde::de::value::SeqAccessDeserializer::new(sequence))
        }
    }

    deserializer.deserialize_any(Visitor)
}
