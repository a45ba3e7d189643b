//! What the guides and the README name is there: fields of the API, codes, settings, commands, and pages that they lead to. That
//! their GraphQL documents are answered is seen behind the door (`tests/tests/door/watched.rs`).

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use vitrine_adapters::config::Config;

use super::{deploy::collect, root};

/// Names of others, which look like ours: of Kubernetes, of what persists documents for front ends, of curl, of a file's column.
const ELSEWHERE: [&str; 7] = [
    "backendRefs",
    "documentId",
    "fsS",
    "persistConfig",
    "persistedDocuments",
    "persistedQuery",
    "sha256Hash",
];

/// It begins as a command does.
const DEMO_PASSWORD: &str = "vitrine demo staff";

/// Columns of files, and codes of answers that stand beside the schema: what writes them has them as texts.
const WRITTEN_BY: [&str; 4] = ["commerce/src", "server/src", "server/edge/src", "demo/src"];

/// A file, and its text.
struct Guide {
    path: PathBuf,
    text: String,
}

fn guides() -> Vec<Guide> {
    let mut paths = vec![root().join("README.md")];
    collect(&root().join("docs"), &mut paths);
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    let read = |path: PathBuf| Guide {
        text: fs::read_to_string(&path).unwrap(),
        path,
    };
    paths.into_iter().map(read).collect()
}

impl Guide {
    /// What stands between backticks within lines.
    fn codes(&self) -> Vec<String> {
        let prose = self.text.split("```").step_by(2);
        let codes = prose.flat_map(|text| text.split('`').skip(1).step_by(2));
        codes.map(str::to_owned).collect()
    }

    /// Lines of the blocks that a shell is given.
    fn shell(&self) -> Vec<String> {
        let blocks = self.text.split("```sh\n").skip(1);
        let blocks = blocks.filter_map(|rest| rest.split("```").next());
        blocks.flat_map(str::lines).map(str::to_owned).collect()
    }

    fn told(&self, what: &str) -> String {
        format!("{}: {what}", self.path.strip_prefix(root()).unwrap().display())
    }
}

/// Every name of the schema: types, fields, arguments, values.
fn schema() -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("schema.graphql")).unwrap();
    let outside_of_descriptions: String = text.split("\"\"\"").step_by(2).collect();
    words(&outside_of_descriptions).map(str::to_owned).collect()
}

/// Every text in the sources that may write a code or a column.
fn written() -> String {
    sources(&WRITTEN_BY)
}

/// What is named in the sources of REST, whose fields and codes are not in the schema: fields as they are there, `like_this`.
fn rest() -> BTreeSet<String> {
    words(&sources(&["server/src/rest"])).map(str::to_owned).collect()
}

fn snake(word: &str) -> String {
    let parts = word.chars().map(|c| match c.is_ascii_uppercase() {
        true => format!("_{}", c.to_ascii_lowercase()),
        false => c.to_string(),
    });
    parts.collect()
}

fn sources(folders: &[&str]) -> String {
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut paths);
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// `likeThis`.
fn is_field(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.contains(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}

/// `LIKE_THIS`.
fn is_code(word: &str) -> bool {
    let is_variable = word.starts_with("VITRINE_") || word.starts_with("OTEL_");
    word.contains('_')
        && !word.ends_with('_')
        && !is_variable
        && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

#[test]
fn every_name_of_the_api_that_the_guides_use_is_there() {
    let (schema, written, rest) = (schema(), written(), rest());
    let is_of_rest = |word: &str| match is_code(word) {
        true => rest.contains(word),
        false => rest.contains(&snake(word)),
    };
    let is_there = |word: &str| {
        let is_elsewhere = ELSEWHERE.contains(&word) || written.contains(&format!("\"{word}\""));
        schema.contains(word) || is_elsewhere || is_of_rest(word)
    };
    let (mut named, mut unknown) = (0, Vec::new());
    for guide in guides() {
        for code in guide.codes() {
            for word in words(&code).filter(|word| is_field(word) || is_code(word)) {
                named += 1;
                if !is_there(word) {
                    unknown.push(guide.told(word));
                }
            }
        }
    }
    assert!(named > 300, "{named}");
    assert!(unknown.is_empty(), "no such name:\n{}", unknown.join("\n"));
}

#[test]
fn every_setting_that_the_guides_name_is_known() {
    let example = fs::read_to_string(root().join("vitrine.example.toml")).unwrap();
    let sections: BTreeSet<_> = example
        .lines()
        .filter_map(|line| line.trim_start_matches(['#', ' ']).strip_prefix('['))
        .filter_map(|rest| words(rest).next())
        .collect();
    let schema = schema();
    let (mut named, mut unknown) = (0, Vec::new());
    for guide in guides() {
        for code in guide.codes() {
            let path = code.split('=').next().unwrap_or_default().trim();
            let parts: Vec<_> = path.split('.').collect();
            let is_path = parts.len() > 1 && parts.iter().all(|part| words(part).eq([*part]));
            // `shop.locales` is a setting's place and a field's, too.
            let is_field = parts.iter().skip(1).all(|part| schema.contains(*part));
            if !is_path || !sections.contains(parts[0]) || is_field {
                continue;
            }
            named += 1;
            let variable = format!("VITRINE_{}", parts.join("__").to_uppercase());
            if let Err(error) = Config::from_toml_and_environment("", [(variable, "true".to_owned())])
                && error.0.iter().any(|problem| problem.contains("is not a known key"))
            {
                unknown.push(guide.told(path));
            }
        }
    }
    assert!(named > 25, "{named}");
    assert!(unknown.is_empty(), "no such setting:\n{}", unknown.join("\n"));
}

#[test]
fn every_command_that_the_guides_name_is_there() {
    let program = vitrine_server::commands::command();
    let (mut named, mut unknown) = (0, Vec::new());
    for guide in guides() {
        for line in guide.codes().into_iter().chain(guide.shell()) {
            let Some(rest) = line.strip_prefix("vitrine ").filter(|_| line != DEMO_PASSWORD) else {
                continue;
            };
            named += 1;
            if let Some(word) = unknown_word(&program, rest) {
                unknown.push(guide.told(&format!("{word} in {line}")));
            }
        }
    }
    assert!(named > 25, "{named}");
    assert!(unknown.is_empty(), "no such command:\n{}", unknown.join("\n"));
}

/// The first word that is neither a command where one is wanted, nor an option of the command that it stands behind.
fn unknown_word<'a>(program: &clap::Command, line: &'a str) -> Option<&'a str> {
    let mut command = program;
    // A comment, what comes of the output, and what is left out.
    let line = line.split(['#', '>', '|', '…', '\\']).next().unwrap_or_default();
    for word in line.split_whitespace() {
        let word = word.trim_matches(['[', ']']);
        if let Some(option) = word.strip_prefix("--") {
            let has = |command: &clap::Command| command.get_arguments().any(|known| known.get_long() == Some(option));
            if option != "help" && !has(command) && !has(program) {
                return Some(word);
            }
        } else if let Some(inner) = command.find_subcommand(word) {
            command = inner;
        } else if command.has_subcommands() {
            return Some(word);
        }
    }
    None
}

#[test]
fn every_link_of_the_guides_leads_somewhere() {
    let (mut followed, mut broken) = (0, Vec::new());
    for guide in guides() {
        let targets = guide.text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")) {
            followed += 1;
            let (file, chapter) = target.split_once('#').unwrap_or((target, ""));
            let path = match file {
                "" => guide.path.clone(),
                file => guide.path.parent().unwrap().join(file),
            };
            if !path.exists() || !(chapter.is_empty() || chapters(&path).contains(chapter)) {
                broken.push(guide.told(target));
            }
        }
    }
    assert!(followed > 40, "{followed}");
    assert!(broken.is_empty(), "these lead nowhere:\n{}", broken.join("\n"));
}

/// The headings of a page, as those who show Markdown name them.
fn chapters(path: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| -> String {
        let kept = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}
