//! No crate declares what it does not use.

use std::collections::BTreeSet;

use super::{Dependency, room_of_file, rooms, root, sources};

/// Whoever takes a dependency out of the sources takes it out of Cargo.toml as well. What only a derive
/// names stands in its crate's `package.metadata.house.named_by_macros`.
#[test]
fn every_dependency_is_used() {
    let sources = sources();
    let mut unused = Vec::new();
    let mut used_somewhere = BTreeSet::new();
    for (room, dependencies) in rooms() {
        for Dependency { name, by_macros, .. } in dependencies {
            let own = sources.iter().filter(|(path, _)| room_of_file(path) == room);
            if !by_macros && !own.into_iter().any(|(_, text)| names(text, &name.replace('-', "_"))) {
                unused.push(format!("{room}/Cargo.toml: {name}"));
            }
            used_somewhere.insert(name);
        }
    }
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let shared = workspace.split("[workspace.dependencies]\n").nth(1).unwrap();
    let shared = shared.lines().take_while(|line| !line.starts_with('['));
    for name in shared.filter_map(|line| line.split_once(" = ").map(|(name, _)| name)) {
        if !used_somewhere.contains(name) {
            unused.push(format!("Cargo.toml: {name}"));
        }
    }
    assert!(unused.is_empty(), "nothing names these:\n{}", unused.join("\n"));
}

/// Whether a source names a crate: `name::…` that is no part of a longer path, or `use name;`.
fn names(text: &str, name: &str) -> bool {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.into_iter().any(|line| {
        line.match_indices(name).any(|(start, _)| {
            let (before, after) = (&line[..start], &line[start + name.len()..]);
            let begins = !before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ':' | '.'));
            let is_imported = before.trim_start().ends_with("use ") && after.starts_with([';', ' ']);
            begins && (after.starts_with("::") || is_imported)
        })
    })
}
