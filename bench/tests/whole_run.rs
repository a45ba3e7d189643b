//! The benchmark itself, at its smallest: that it fills, drives and checks a shop to the end.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

#[test]
fn a_small_run_measures_everything_and_finds_the_books_balanced() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("figures.json");
    let output = Command::new(env!("CARGO_BIN_EXE_vitrine-bench"))
        .args([
            "--products",
            "30",
            "--seconds",
            "1",
            "--at-once",
            "2",
            "--sale-pieces",
            "40",
            "--subscribers",
            "40",
            "--open-percent",
            "50",
            "--held",
            "20",
            "--sign-ins",
            "10",
            "--rest-seconds",
            "0",
            "--give-back-seconds",
            "0",
        ])
        .arg("--programs")
        .arg(programs())
        .arg("--json")
        .arg(&json)
        .output()
        .expect("the benchmark starts");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let report: Value = serde_json::from_slice(&std::fs::read(&json).expect("figures")).expect("JSON");
    assert_eq!(report["violations"], serde_json::json!([]));
    let figures = report["figures"].as_array().expect("figures");
    // Four pages and the purchase in two ways each, one SKU, the sale, the followers. On a busy machine no whole purchase
    // may be done within a second: then there is no rate at which more could be asked for, either.
    assert!((12..=13).contains(&figures.len()), "{report:#}");
    let is_done = |line: &Value| line["per_second"].as_f64().is_some_and(|rate| rate > 0.0);
    let may_be_none = |line: &Value| line["what"].as_str().is_some_and(|what| what.starts_with("purchase"));
    assert!(
        figures.iter().all(|line| is_done(line) || may_be_none(line)),
        "{report:#}"
    );
    assert!(
        figures.iter().all(|line| line["failures"] == serde_json::json!({})),
        "{report:#}"
    );
    let memory = report["memory"].as_array().expect("memory");
    assert_eq!(memory.len(), 5, "{report:#}");
    assert!(
        memory.iter().all(|row| row["during_mib"].as_f64() > Some(1.0)),
        "{report:#}"
    );
    let statements = report["statements"].as_array().expect("statements");
    assert!(
        statements
            .iter()
            .any(|line| line["what"] == "purchase, jobs included" && line["each"].as_f64() > Some(1.0))
    );
}

/// As whoever has just built them says, or built now.
fn programs() -> PathBuf {
    if let Some(folder) = std::env::var_os("VITRINE_TEST_PROGRAMS") {
        return folder.into();
    }
    let built = Command::new(env!("CARGO"))
        .args(["build", "--workspace", "--bins"])
        .status()
        .expect("cargo runs");
    assert!(built.success(), "the shop's programs were not built");
    let own = Path::new(env!("CARGO_BIN_EXE_vitrine-bench"));
    own.parent().expect("a folder").to_owned()
}
