//! The server's crate is compiled without unit tests, for it is large: what it has of them is compiled by `server/tests/all`.

use std::collections::BTreeSet;

use super::sources;

const SOURCES: &str = "server/src";
const PROGRAM: &str = "server/tests/all";

/// Tests in a file that is not compiled in would never run, and nobody would be told.
#[test]
fn no_unit_test_of_the_server_is_left_out() {
    let (mut with_tests, mut compiled) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in sources() {
        if let Ok(file) = path.strip_prefix(SOURCES)
            && text.contains("#[cfg(test)]")
        {
            with_tests.insert(file.to_string_lossy().into_owned());
        }
        if path.starts_with(PROGRAM) {
            let paths = text.split("#[path = \"").skip(1);
            let files = paths.filter_map(|rest| rest.split('"').next()?.split_once("../src/"));
            compiled.extend(files.map(|(_, file)| file.to_owned()));
        }
    }
    assert!(!with_tests.is_empty(), "no file was read");
    assert_eq!(with_tests, compiled);
}
