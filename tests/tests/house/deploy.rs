//! What lies in `deploy/`, the compose file and the runbooks says only what the program reads.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use vitrine_adapters::config::Config;

use super::root;

#[test]
fn every_setting_that_is_deployed_exists() {
    let mut named = BTreeSet::new();
    for file in files() {
        let text = fs::read_to_string(&file).unwrap();
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let ours = words.filter(|word| word.starts_with("VITRINE_") && word.contains("__") && !word.ends_with('_'));
        named.extend(ours.map(|word| (word.to_owned(), file.clone())));
    }
    assert!(named.len() > 40, "{}", named.len());
    let mut unknown = Vec::new();
    for (name, file) in named {
        // A file that holds the value is read at once: what matters here is the key.
        let key = match name.strip_suffix("_FILE") {
            Some(key) if name != "VITRINE_AUTH__KEY_FILE" => key.to_owned(),
            _ => name.clone(),
        };
        if let Err(error) = Config::from_toml_and_environment("", [(key, "true".to_owned())])
            && error.0.iter().any(|problem| problem.contains("is not a known key"))
        {
            unknown.push(format!("{}: {name}", file.display()));
        }
    }
    assert!(unknown.is_empty(), "no such setting:\n{}", unknown.join("\n"));
}

/// What an operator copies from the example starts: the settings of the production overlay and the secrets' keys make a
/// configuration that production accepts.
#[test]
fn the_production_overlay_makes_a_shop() {
    let kubernetes = root().join("deploy/kubernetes");
    let mut variables = Vec::new();
    for file in ["base/settings.env", "overlays/production/settings.env"] {
        let text = fs::read_to_string(kubernetes.join(file)).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        variables.extend(lines.map(|line| {
            let (name, value) = line.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        }));
    }
    let secrets = fs::read_to_string(kubernetes.join("overlays/production/secrets.env.example")).unwrap();
    let secrets: Vec<_> = secrets.lines().filter_map(|line| line.split_once('=')).collect();
    let server = fs::read_to_string(kubernetes.join("base/server.yaml")).unwrap();
    let mut read = 0;
    for line in server
        .lines()
        .filter(|line| line.contains("_FILE, value: /run/secrets/vitrine/"))
    {
        let (name, file) = line.split_once("_FILE, value: /run/secrets/vitrine/").unwrap();
        let name = name.split_once("name: ").unwrap().1;
        let file = file.trim_end_matches([' ', '}']);
        let (_, value) = secrets
            .iter()
            .find(|(key, _)| *key == file)
            .unwrap_or_else(|| panic!("no secret {file}"));
        // In its form, and long enough.
        let value = match name {
            "VITRINE_AUTH__SIGNING_SECRET" => "x".repeat(48),
            _ => value.replace('…', "example"),
        };
        variables.push((name.to_owned(), value));
        read += 1;
    }
    assert_eq!(read, secrets.iter().filter(|(key, _)| !key.starts_with('#')).count());
    let config = Config::from_toml_and_environment("", variables).unwrap();
    assert_eq!(config.warnings(), Vec::<String>::new());
    assert!(config.metrics.address.is_some() && config.metrics.worker_address.is_some());
}

fn files() -> Vec<PathBuf> {
    let mut files = ["docker-compose.yml", "Dockerfile", "README.md"]
        .map(|name| root().join(name))
        .to_vec();
    for folder in ["deploy", "docs", ".github"] {
        collect(&root().join(folder), &mut files);
    }
    files
}

pub(super) fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, into),
            false => into.push(path),
        }
    }
}
