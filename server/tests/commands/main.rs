//! The program itself, in a folder of its own.
#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

const CSV: &str = "Handle,Title,Vendor,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price\n\
    mug,A mug,Lina,TRUE,Title,Default Title,MUG-1,350,7,12.00\n";

fn vitrine(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_vitrine"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("VITRINE_CONFIG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

const INIT: [&str; 9] = [
    "init",
    "--name",
    "Lina's \"best\"",
    "--country",
    "at",
    "--admin-email",
    "lina@example.com",
    "--admin-password-stdin",
    "--yes",
];

#[test]
fn an_own_shop_takes_one_command() {
    let folder = tempfile::tempdir().unwrap();
    let short = vitrine(folder.path(), &INIT, "short\n");
    assert!(
        !short.status.success() && said(&short).contains("nothing was written"),
        "{}",
        said(&short)
    );
    assert!(
        std::fs::read_dir(folder.path()).unwrap().next().is_none(),
        "not even a folder"
    );

    let opened = vitrine(folder.path(), &INIT, "correct horse battery staple\n");
    assert!(opened.status.success(), "{}", said(&opened));
    assert!(said(&opened).contains("at home 4.90 EUR (express 12.90 EUR), free from 59.00 EUR"));
    let config = std::fs::read_to_string(folder.path().join("vitrine.toml")).unwrap();
    assert!(
        config.contains("signing_secret") && config.contains("lina@example.com"),
        "{config}"
    );

    std::fs::write(folder.path().join("goods.csv"), CSV).unwrap();
    let imported = vitrine(folder.path(), &["import", "goods.csv"], "");
    assert!(imported.status.success(), "{}", said(&imported));

    let exported = vitrine(folder.path(), &["shop", "export"], "");
    assert!(exported.status.success(), "{}", said(&exported));
    std::fs::write(folder.path().join("shop.toml"), &exported.stdout).unwrap();
    let plan = ["shop", "plan", "shop.toml", "--detailed-exit-code"];
    assert_eq!(vitrine(folder.path(), &plan, "").status.code(), Some(0));
    let dearer = said(&exported).replace("price = \"4.90\"", "price = \"5.90\"");
    std::fs::write(folder.path().join("shop.toml"), dearer).unwrap();
    let planned = vitrine(folder.path(), &plan, "");
    assert_eq!(planned.status.code(), Some(2), "{}", said(&planned));
    assert!(
        said(&planned).contains("~ zones Inland\n    methods.Standardversand.price: 4.90 -> 5.90"),
        "{}",
        said(&planned)
    );
    let applied = vitrine(folder.path(), &["shop", "apply", "-"], "[settings]\nname = ''");
    assert!(
        !applied.status.success() && said(&applied).contains("line 1"),
        "{}",
        said(&applied)
    );

    let again = vitrine(folder.path(), &INIT, "correct horse battery staple\n");
    let told = said(&again);
    assert!(
        !again.status.success() && told.contains("There is a shop here already: it was opened before."),
        "{told}"
    );
    assert_eq!(
        std::fs::read_to_string(folder.path().join("vitrine.toml")).unwrap(),
        config
    );
    let demo = vitrine(folder.path(), &["demo", "remove", "--dry-run"], "");
    assert_eq!(said(&demo).trim(), "There is nothing of the demo in this shop.");
}

#[test]
fn the_doctor_says_what_would_lose_orders() {
    let folder = tempfile::tempdir().unwrap();
    let healthy = vitrine(folder.path(), &["doctor"], "");
    assert!(healthy.status.success(), "{}", said(&healthy));
    let told = said(&healthy);
    assert!(
        told.contains("ok       database answers") && told.contains("ok       what is acknowledged is kept"),
        "{told}"
    );
    std::fs::write(
        folder.path().join("forgets.toml"),
        "[database]\nurl = \"sqlite::memory:\"\n",
    )
    .unwrap();
    let forgetful = vitrine(folder.path(), &["--config", "forgets.toml", "doctor"], "");
    let told = said(&forgetful);
    assert!(!forgetful.status.success(), "{told}");
    assert!(
        told.contains("WRONG    The database is in memory") && told.contains("`database.allow_data_loss`"),
        "{told}"
    );
}

#[test]
fn what_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = vitrine(folder.path(), &["init", "--yes", "--name", "Lina"], "");
    assert!(
        said(&output).contains("give --country, --admin-email"),
        "{}",
        said(&output)
    );
    let output = vitrine(
        folder.path(),
        &[&INIT[..], &["--currency", "EURO"]].concat(),
        "a password that is long\n",
    );
    assert!(said(&output).contains("--currency cannot be EURO"), "{}", said(&output));
}
