//! Holds the house to its plan: who may know whom, how long a file may be, and what may not be left behind.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, a panic is the report; clippy spares only the test functions themselves"
)]

mod dependencies;
mod deploy;
mod docs;
mod floors;
mod imports;
mod migrations;
mod reports;
mod unit_tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use floors::{COMMERCE, GRAPHQL, House, SERVER};
use imports::{arrows, circles};

/// The arrows of ARCHITECTURE.md, all of them: a missing one is as wrong as one too many.
const MAY_KNOW: [(&str, &[&str]); 12] = [
    ("entity", &[]),
    ("migration", &[]),
    ("locale", &[]),
    ("commerce", &["entity", "locale"]),
    ("demo", &["commerce", "entity"]),
    ("adapters", &["commerce", "entity", "migration"]),
    ("web", &["locale"]),
    ("worker", &["adapters", "commerce", "entity"]),
    ("edge", &[]),
    (
        "server",
        &["adapters", "commerce", "demo", "edge", "entity", "web", "worker"],
    ),
    ("bench", &["adapters", "edge", "server", "tests", "worker"]),
    (
        "tests",
        &[
            "adapters",
            "commerce",
            "demo",
            "edge",
            "entity",
            "migration",
            "server",
            "worker",
        ],
    ),
];

/// What belongs behind a port or at an edge. Whatever begins so is meant, too: `apalis` is also `apalis-redis`.
const NOT_IN_THE_DOMAIN: [&str; 13] = [
    "apalis",
    "async-graphql",
    "async-stripe",
    "axum",
    "klarna",
    "lettre",
    "meilisearch",
    "paypal",
    "redis",
    "reqwest",
    "stripe",
    "tantivy",
    "tower",
];

const LINES_MAX: usize = 400;

#[test]
fn every_room_knows_exactly_whom_it_may() {
    let rooms = rooms();
    let mut expected = BTreeMap::new();
    for (room, knows) in MAY_KNOW {
        expected.insert(
            room.to_owned(),
            knows.iter().map(|known| (*known).to_owned()).collect::<BTreeSet<_>>(),
        );
    }
    let mut found = BTreeMap::new();
    for (room, dependencies) in &rooms {
        // What only a room's own tests use is not an arrow of the house.
        let ours = dependencies.iter().filter(|dependency| !dependency.only_tests);
        let ours = ours.filter_map(|dependency| dependency.name.strip_prefix("vitrine-"));
        found.insert(room.clone(), ours.map(str::to_owned).collect::<BTreeSet<_>>());
    }
    assert_eq!(found, expected);
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut found = Vec::new();
    for (room, _) in MAY_KNOW {
        for circle in circles(&arrows(&root().join(folder_of(room)).join("src"))) {
            found.push(format!("{room}: {circle:?}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_room_stands_above_what_it_names() {
    for House { name, folder, floors } in [COMMERCE, SERVER, GRAPHQL] {
        let floor = |room: &str| floors.iter().position(|floor| floor.contains(&room));
        let mut wrong = Vec::new();
        for (file, named) in arrows(&root().join(folder_of(name)).join("src")) {
            let Ok(place) = file.strip_prefix(folder) else { continue };
            for target in named.iter().filter_map(|target| target.strip_prefix(folder).ok()) {
                let (from, to) = (room_in(place), room_in(target));
                // The crate's head hands on what others define.
                if from == to || from == "lib" || from == "main" {
                    continue;
                }
                match (floor(&from), floor(&to)) {
                    (Some(above), Some(below)) if above <= below => {}
                    (Some(_), Some(_)) => wrong.push(format!("{} names {}", file.display(), target.display())),
                    (None, _) => wrong.push(format!("{from} stands on no floor")),
                    (_, None) => wrong.push(format!("{to} stands on no floor")),
                }
            }
        }
        wrong.dedup();
        assert!(wrong.is_empty(), "{name}/{folder}:\n{}", wrong.join("\n"));
    }
}

/// The room of a file under `src`: its first folder, or itself.
fn room_in(file: &Path) -> String {
    let first = file
        .with_extension("")
        .iter()
        .next()
        .map(|part| part.to_string_lossy().into_owned());
    first.unwrap_or_default()
}

#[test]
fn the_domain_names_no_tool_of_the_edges() {
    let rooms = rooms();
    for room in ["commerce", "entity", "migration"] {
        let dependencies = &rooms[room];
        assert!(!dependencies.is_empty(), "{room} has lost its dependencies");
        for Dependency { name, .. } in dependencies {
            let forbidden = NOT_IN_THE_DOMAIN.iter().find(|tool| name.starts_with(**tool));
            assert_eq!(
                forbidden, None,
                "{room} depends on {name}: put it behind a port, in adapters"
            );
        }
    }
}

#[test]
fn no_source_file_is_too_long_to_be_read() {
    let mut too_long = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        if lines > LINES_MAX {
            too_long.push(format!("{}: {lines}", path.display()));
        }
    }
    assert!(
        too_long.is_empty(),
        "over {LINES_MAX} lines, so more than one thing each:\n{}",
        too_long.join("\n")
    );
}

#[test]
fn nothing_is_left_for_later() {
    // In pieces, for this file is read as well.
    let forbidden = [
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("#[", "ignore"),
        concat!("dbg", "!("),
    ];
    let mut left = Vec::new();
    for (path, text) in sources() {
        for (index, line) in text.lines().enumerate() {
            if forbidden.iter().any(|mark| line.contains(mark)) {
                left.push(format!("{}:{}: {}", path.display(), index + 1, line.trim()));
            }
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

struct Dependency {
    name: String,
    only_tests: bool,
    by_macros: bool,
}

/// Every crate of the workspace, by its folder's name, with what it depends on.
fn rooms() -> BTreeMap<String, Vec<Dependency>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| (room_of(package), dependencies_of(package)))
        .collect()
}

fn room_of(package: &Value) -> String {
    let name = package["name"].as_str().unwrap();
    name.strip_prefix("vitrine-")
        .unwrap_or_else(|| panic!("{name} is not named vitrine-…"))
        .to_owned()
}

fn dependencies_of(package: &Value) -> Vec<Dependency> {
    let dependencies = package["dependencies"].as_array().unwrap().iter();
    let by_macros = package["metadata"]["house"]["named_by_macros"].as_array();
    dependencies
        .map(|dependency| Dependency {
            name: dependency["name"].as_str().unwrap().to_owned(),
            only_tests: dependency["kind"] == "dev",
            by_macros: by_macros.is_some_and(|named| named.contains(&dependency["name"])),
        })
        .collect()
}

/// Where a room lies, from the root.
fn folder_of(room: &str) -> &str {
    match room {
        "edge" => "server/edge",
        "locale" => "commerce/locale",
        _ => room,
    }
}

/// The room that a file is of: the innermost in whose folder it lies.
fn room_of_file(path: &Path) -> &'static str {
    let rooms = MAY_KNOW.into_iter().map(|(room, _)| room);
    let around = rooms.filter(|room| path.starts_with(folder_of(room)));
    around.max_by_key(|room| folder_of(room).len()).unwrap_or_default()
}

/// Every Rust file of every room, with its path from the root.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for (room, _) in MAY_KNOW {
        collect_sources(&root().join(folder_of(room)), &mut files);
    }
    // One that lies within another's folder is found with that, too.
    files.sort();
    files.dedup();
    // Else a moved folder would let everything pass.
    assert!(
        files
            .iter()
            .any(|(path, _)| path.ends_with("tests/tests/house/main.rs")),
        "this very file was not found"
    );
    files
}

fn collect_sources(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path.strip_prefix(root()).unwrap().to_owned(), text));
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
