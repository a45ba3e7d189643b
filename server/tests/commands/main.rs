//! The program itself, in a folder of its own.
#![expect(clippy::unwrap_used, reason = "a test that meets what it did not expect has failed")]

mod outside;

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

    // What is written goes into folders that are not there yet.
    std::fs::write(
        folder.path().join("more.jsonl"),
        "{\"op\": \"stockSet\", \"sku\": \"MUG-1\", \"onHand\": 8}\n",
    )
    .unwrap();
    let bulk = ["bulk", "run", "more.jsonl", "--results", "made/by/bulk.jsonl"];
    let done = vitrine(folder.path(), &bulk, "");
    assert!(done.status.success(), "{}", said(&done));
    let results = std::fs::read_to_string(folder.path().join("made/by/bulk.jsonl")).unwrap();
    assert!(results.contains("\"ok\":true"), "{results}");
    for _ in 0..2 {
        let written = vitrine(folder.path(), &["event-schema", "made/events"], "");
        assert!(written.status.success(), "{}", said(&written));
    }
    let asyncapi = std::fs::read_to_string(folder.path().join("made/events/asyncapi.json")).unwrap();
    assert!(asyncapi.contains("\"asyncapi\""), "{asyncapi}");

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
fn a_shop_is_examined_kept_and_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = vitrine(folder.path(), arguments, "");
        (output.status.success(), said(&output))
    };
    let done = |arguments: &[&str]| {
        let (success, told) = run(arguments);
        assert!(success, "{arguments:?}: {told}");
        told
    };
    let refused = |arguments: &[&str], why: &str| {
        let (success, told) = run(arguments);
        assert!(!success && told.contains(why), "{arguments:?}: {told}");
    };
    let nothing = tempfile::tempdir().unwrap();
    for (arguments, told) in [
        (&["doctor"][..], "warning  database: there is none yet"),
        (&["backup"][..], "there is no database at vitrine-data/shop.db"),
        (
            &["restore", "latest"][..],
            "there is no such backup at vitrine-data/backups",
        ),
        (&["migrate", "--plan"][..], "There is no database yet"),
    ] {
        let output = said(&vitrine(nothing.path(), arguments, ""));
        assert!(output.contains(told), "{arguments:?}: {output}");
    }

    let opened = vitrine(folder.path(), &INIT, "correct horse battery staple\n");
    assert!(opened.status.success(), "{}", said(&opened));
    std::fs::write(folder.path().join("goods.csv"), CSV).unwrap();
    done(&["import", "goods.csv"]);
    let told = done(&["doctor"]);
    for line in [
        "ok       schema: all ",
        "ok       secrets: the signing secret is the one that the database knows",
        "ok       database: it takes what is written",
        "ok       durability: what is acknowledged is kept",
        "ok       payment: simulated takes our keys",
        "ok       pictures: their store takes",
        "ok       books: the ledger explains all stock",
        "warning  backups: there is none",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }

    let told = done(&["backup"]);
    assert!(
        told.contains("0 orders, schema m0")
            && told.contains("not in it: pictures and files, the folder vitrine-data/media")
    );
    assert!(done(&["doctor"]).contains("ok       backups: the newest is 0 hours old (shop-"));
    assert!(done(&["backup", "--list"]).contains("0 orders, schema m0"));

    let told = done(&["doctor", "--send-test", "ada@example.com"]);
    assert!(
        told.contains("the mail to ada@example.com lies in vitrine-data/mail, and reaches nobody"),
        "{told}"
    );

    // What comes after the backup is set aside with the database.
    done(&["import", "goods.csv"]);
    std::fs::write(
        folder.path().join("more.csv"),
        CSV.replace("mug", "cup").replace("MUG", "CUP"),
    )
    .unwrap();
    done(&["import", "more.csv"]);
    refused(&["restore", "latest"], "With --replace it is set aside");
    let lock = std::fs::File::create(folder.path().join("vitrine-data/shop.db-worker")).unwrap();
    lock.lock().unwrap();
    refused(&["restore", "latest", "--replace"], "a server has this shop open");
    drop(lock);
    let told = done(&["restore", "latest", "--replace"]);
    assert!(
        told.contains("the database that was there is vitrine-data/shop.db.before-"),
        "{told}"
    );
    let goods = done(&["export", "products"]);
    assert!(goods.contains("MUG-1") && !goods.contains("CUP-1"), "{goods}");

    // One that was changed by a single byte is refused, and nothing with it.
    let backups = std::fs::read_dir(folder.path().join("vitrine-data/backups")).unwrap();
    let copy = backups
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "db"))
        .unwrap();
    let mut bytes = std::fs::read(&copy).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&copy, bytes).unwrap();
    refused(&["restore", "latest", "--replace"], "is not what was written");
    assert!(done(&["export", "products"]).contains("MUG-1"));
    // Nor is any other file.
    refused(&["restore", "goods.csv", "--replace"], "checking the backup");

    // Another secret than that with which the shop was opened.
    let config = std::fs::read_to_string(folder.path().join("vitrine.toml")).unwrap();
    let secret = config
        .lines()
        .find_map(|line| line.strip_prefix("signing_secret = "))
        .unwrap()
        .to_owned();
    std::fs::write(
        folder.path().join("other.toml"),
        config.replace(&secret, "'another secret, of more than 32 bytes'"),
    )
    .unwrap();
    let output = vitrine(folder.path(), &["--config", "other.toml", "doctor", "--json"], "");
    let (success, told) = (output.status.success(), String::from_utf8(output.stdout).unwrap());
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    let wrong: Vec<_> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["verdict"] == "wrong")
        .collect();
    assert!(!success && json["verdict"] == "wrong" && wrong.len() == 1, "{told}");
    assert!(
        wrong[0]["area"] == "secrets" && wrong[0]["remedy"].as_str().unwrap().contains("`auth.signing_secret`"),
        "{told}"
    );
    assert!(!told.contains("another secret, of more"), "{told}");
}

#[test]
fn the_doctor_says_what_would_lose_orders() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("forgets.toml"),
        "[database]\nurl = \"sqlite::memory:\"\n",
    )
    .unwrap();
    let forgetful = vitrine(folder.path(), &["--config", "forgets.toml", "doctor"], "");
    let told = said(&forgetful);
    assert!(!forgetful.status.success(), "{told}");
    assert!(
        told.contains("WRONG    durability: The database is in memory") && told.contains("`database.allow_data_loss`"),
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
