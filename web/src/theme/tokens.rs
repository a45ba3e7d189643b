//! The settings of a theme: `design/theme.toml`. Colours, fonts and shapes become custom properties of the styles.

use std::fmt::Write;

use toml::{Table, Value};

use super::{ThemeError, files::Files};

const NAME: &str = "design/theme.toml";

/// No value of a property is longer.
const LENGTH_MAX: usize = 300;

pub(super) struct Tokens {
    /// The name of a picture among the theme's files; without one the shop's name is written.
    pub(super) logo: Option<String>,
    table: Table,
}

impl Tokens {
    /// Ours, with what the folder's says in their place.
    pub(super) fn read(files: &Files) -> Result<Self, ThemeError> {
        let wrong = |problem: String| ThemeError::Content {
            name: NAME.to_owned(),
            problem,
        };
        let mut table = Table::new();
        for (_, text) in files.layers(NAME.trim_end_matches(".toml"), "toml") {
            let layer: Table = text
                .parse()
                .map_err(|error: toml::de::Error| wrong(error.to_string()))?;
            merge(&mut table, layer);
        }
        let logo = match table.remove("logo") {
            Some(Value::String(logo)) if !logo.is_empty() => Some(logo),
            _ => None,
        };
        let tokens = Self { logo, table };
        tokens.check().map_err(wrong)?;
        Ok(tokens)
    }

    fn check(&self) -> Result<(), String> {
        for (section, value) in &self.table {
            let Value::Table(values) = value else {
                return Err(format!("`{section}` is not a section"));
            };
            for (name, value) in values {
                let is_name = name
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
                let is_value = value.as_str().is_some_and(is_value);
                if !is_name || !is_value {
                    return Err(format!("`{section}.{name}` is not a value of CSS, written as a text"));
                }
            }
        }
        Ok(())
    }

    /// `:root { --paper: … }`, with the section `dark` for those who like it dark.
    pub(super) fn css(&self) -> String {
        let mut css = String::from(":root {\n");
        for section in self.table.keys().filter(|section| *section != "dark") {
            self.write(section, &mut css);
        }
        css.push_str("}\n@media (prefers-color-scheme: dark) {\n:root {\n");
        self.write("dark", &mut css);
        css.push_str("}\n}\n");
        css
    }

    /// What browsers colour their own bars with: by light and by dark.
    pub(super) fn paper(&self) -> [String; 2] {
        ["light", "dark"].map(|section| {
            let section = self.table.get(section).and_then(Value::as_table);
            let paper = section.and_then(|section| section.get("paper")).and_then(Value::as_str);
            paper.unwrap_or_default().to_owned()
        })
    }

    fn write(&self, section: &str, css: &mut String) {
        let values = self.table.get(section).and_then(Value::as_table);
        for (name, value) in values.into_iter().flatten() {
            let _ = writeln!(css, "--{name}: {};", value.as_str().unwrap_or_default());
        }
    }
}

/// Ends no rule, and fetches nothing.
fn is_value(text: &str) -> bool {
    let is_plain = !text.contains(['{', '}', ';', '<', '>', '\\', '@']) && !text.contains("url(");
    is_plain && !text.is_empty() && text.len() <= LENGTH_MAX
}

fn merge(table: &mut Table, layer: Table) {
    for (name, value) in layer {
        match (table.get_mut(&name), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                table.insert(name, value);
            }
        }
    }
}
