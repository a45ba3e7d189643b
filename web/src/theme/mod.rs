//! What the pages look like: templates, styles, scripts, words and tokens, ours or a folder's that stand for them by name.

mod assets;
mod files;
mod tokens;

use std::{path::Path, sync::Arc};

use minijinja::{Environment, UndefinedBehavior, Value, syntax::SyntaxConfig, value::Serde};

use crate::{filters, words::Words};
pub use assets::Asset;
use assets::Assets;
use files::Files;

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    #[error("{path} cannot be read")]
    Read {
        path: String,
        #[source]
        source: std::io::Error,
    },
    #[error("{name} is not a template")]
    Template {
        name: String,
        #[source]
        source: minijinja::Error,
    },
    #[error("{name}: {problem}")]
    Content { name: String, problem: String },
}

/// All of it, read and checked.
pub struct Theme {
    pub templates: Environment<'static>,
    pub words: Arc<Words>,
    assets: Arc<Assets>,
}

impl Theme {
    /// Ours, with what `folder` has in its place.
    ///
    /// # Errors
    /// For what cannot be read, and what is not what its name says.
    pub fn read(folder: Option<&Path>) -> Result<Self, ThemeError> {
        let files = Files::read(folder)?;
        let words = Arc::new(words(&files)?);
        let tokens = tokens::Tokens::read(&files)?;
        let assets = Arc::new(Assets::new(&files, &tokens));
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_syntax(syntax()?);
        filters::add(&mut templates, Arc::clone(&words));
        let of_pages = Arc::clone(&assets);
        templates.add_function("asset", move |name: &str| {
            Value::from_safe_string(of_pages.url(name).unwrap_or_default())
        });
        let logo = tokens.logo.as_deref().and_then(|logo| assets.url(logo));
        templates.add_global("logo", logo.map(Value::from_safe_string).unwrap_or(Value::from(())));
        templates.add_global("theme_colours", Value::from(Serde(tokens.paper())));
        // Both are escaped, by their names.
        let pages = files.with_extension("html").into_iter();
        for (name, text) in pages.chain(files.with_extension("xml")) {
            let added = templates.add_template_owned(name.to_owned(), text.to_owned());
            added.map_err(|source| ThemeError::Template {
                name: name.to_owned(),
                source,
            })?;
        }
        Ok(Self {
            templates,
            words,
            assets,
        })
    }

    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.find(name)
    }
}

/// The colours, fonts and shapes of a theme, or ours, as custom properties of CSS: for pages of others that shall look alike.
///
/// # Errors
/// For what cannot be read, and for values that are none.
pub fn tokens(folder: Option<&Path>) -> Result<String, ThemeError> {
    Ok(tokens::Tokens::read(&Files::read(folder)?)?.css())
}

/// What tells whether a folder has changed.
pub fn fingerprint(folder: &Path) -> Option<u64> {
    files::fingerprint(folder)
}

/// A block's line leaves no line behind.
fn syntax() -> Result<SyntaxConfig, ThemeError> {
    let built = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    built.map_err(|source| ThemeError::Template {
        name: "the syntax".to_owned(),
        source,
    })
}

fn words(files: &Files) -> Result<Words, ThemeError> {
    let mut words = Words::default();
    for (name, text) in files.layers("words/", "toml") {
        let language = name.trim_start_matches("words/").trim_end_matches(".toml");
        let language = language.split('/').next().unwrap_or(language);
        words.add(language, text).map_err(|problem| ThemeError::Content {
            name: name.to_owned(),
            problem,
        })?;
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use minijinja::context;

    use super::*;

    #[test]
    fn ours_is_whole() {
        let theme = Theme::read(None).expect("our own theme");
        assert!(theme.asset("shop.css").is_some() && theme.words.languages().any(|language| language == "de"));
    }

    #[test]
    fn every_message_that_a_template_says_is_there() {
        let files = Files::read(None).expect("our own");
        let words = words(&files).expect("our own");
        let (mut said, mut missing) = (0, Vec::new());
        let pages = files.with_extension("html").into_iter();
        for (page, text) in pages.chain(files.with_extension("xml")) {
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
            let calls = text
                .match_indices("t(")
                .filter(|(at, _)| !text[..*at].ends_with(is_word));
            for call in calls.filter_map(|(at, _)| text.get(at + 2..)) {
                let (Some(quote), rest) = (call.chars().next(), call.get(1..).unwrap_or_default()) else {
                    continue;
                };
                // A name that is put together is known only when it is.
                let Some((name, after)) = rest.split_once(quote).filter(|_| matches!(quote, '"' | '\'')) else {
                    continue;
                };
                if !name.contains('.') || !after.starts_with([')', ',']) {
                    continue;
                }
                said += 1;
                let find = |name: &str| words.find("en", name).is_some();
                let has_forms = find(&format!("{name}.one")) && find(&format!("{name}.other"));
                if !(find(name) || has_forms && after.contains("n=")) {
                    missing.push(format!("{page}: {name}"));
                }
            }
        }
        assert!(said > 500, "only {said} were found");
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn a_folder_stands_for_what_it_names() {
        let folder = std::env::temp_dir().join(format!("vitrine-theme-{}", std::process::id()));
        for (name, text) in [
            ("storefront/problem/page.html", "{{ t('shop.skip') }}: {{ logo }}"),
            (
                "design/theme.toml",
                "logo = 'assets/mark.svg'\n[light]\naccent = '#123456'",
            ),
            ("assets/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("words/fr.toml", "[shop]\nskip = 'Au contenu'"),
        ] {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        let theme = Theme::read(Some(&folder)).expect("a theme");
        let page = theme
            .templates
            .get_template("storefront/problem/page.html")
            .expect("it");
        let shown = page.render(context! { language => "fr" }).expect("it renders");
        assert!(
            shown.starts_with("Au contenu: ") && shown.ends_with("assets/mark.svg"),
            "{shown}"
        );
        let css = theme.asset("shop.css").expect("styles");
        assert!(String::from_utf8_lossy(&css.body).contains("--accent: #123456"));
        fs::write(folder.join("design/theme.toml"), "[light]\naccent = 'red} body{'").expect("written");
        assert!(
            Theme::read(Some(&folder)).is_err(),
            "a token is a value and nothing more"
        );
        fs::remove_dir_all(&folder).expect("removed");
    }
}
