//! Types the documents against `schema.graphql`, with the fragments that each names, and lists the templates, styles,
//! scripts and pictures that are compiled in.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use graphql_client_codegen::{
    CodegenMode, GraphQLClientCodegenOptions, generate_module_token_stream_from_string, normalization::Normalization,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a page is shown with.
const SHOWN: [&str; 6] = ["html", "xml", "css", "js", "svg", "webmanifest"];

fn main() -> Outcome<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let sources = root.join("src");
    println!("cargo::rerun-if-changed={}", sources.display());
    let mut files = Vec::new();
    collect(&sources, &mut files)?;
    files.sort();
    fs::write(out.join("files.rs"), listed(&sources, &files)?)?;
    let schema = root.join("../schema.graphql");
    println!("cargo::rerun-if-changed={}", schema.display());
    write_if_changed(&out.join("documents.rs"), &documents(&files, &schema)?)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Each file by its path under `src`, in which a theme replaces it.
fn listed(sources: &Path, files: &[PathBuf]) -> Outcome<String> {
    let mut rust = String::from("pub(super) const FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let extension = file.extension().and_then(|extension| extension.to_str());
        let is_words = file.extension().is_some_and(|extension| extension == "toml");
        if is_words || extension.is_some_and(|extension| SHOWN.contains(&extension)) {
            let name = file.strip_prefix(sources)?.to_string_lossy();
            writeln!(rust, "    ({name:?}, include_str!({:?})),", file.to_string_lossy())?;
        }
    }
    rust.push_str("];\n");
    Ok(rust)
}

fn documents(files: &[PathBuf], schema: &Path) -> Outcome<String> {
    let is_document = |file: &&PathBuf| file.extension().is_some_and(|extension| extension == "graphql");
    let mut fragments = BTreeMap::new();
    let mut pages = Vec::new();
    for file in files.iter().filter(is_document) {
        let text = fs::read_to_string(file)?;
        match text.strip_prefix("fragment ") {
            Some(rest) => {
                let name = rest.split_whitespace().next().unwrap_or_default().to_owned();
                fragments.insert(name, text);
            }
            None => pages.push((file, text)),
        }
    }
    let mut rust = String::new();
    let mut texts = Vec::new();
    for (file, text) in pages {
        let whole = with_fragments(&text, &fragments);
        let typed = generate_module_token_stream_from_string(&whole, schema, options());
        let typed = typed.map_err(|error| format!("{}: {error}", file.display()))?;
        writeln!(rust, "{typed}")?;
        texts.push(whole);
    }
    writeln!(rust, "pub const TEXTS: &[&str] = &{texts:?};")?;
    Ok(without_allowances(rust))
}

/// What a module may not use is known where all of them are taken in.
fn without_allowances(rust: String) -> String {
    let replaced = [
        ("# ! [allow (dead_code)]", ""),
        // Named both ways by what normalizes names.
        (
            "# [allow (dead_code)] type ID = String ;",
            "pub type ID = String ; pub type Id = String ;",
        ),
        ("# [allow (dead_code)] type", "pub type"),
        ("use std :: result :: Result ;", ""),
        ("use super :: * ;", ""),
    ];
    replaced
        .iter()
        .fold(rust, |rust, (found, instead)| rust.replace(found, instead))
}

fn options() -> GraphQLClientCodegenOptions {
    let mut options = GraphQLClientCodegenOptions::new(CodegenMode::Cli);
    options.set_module_visibility(syn::parse_quote!(pub));
    options.set_response_derives("Debug,Clone,Serialize".to_owned());
    options.set_variables_derives("Debug,Clone".to_owned());
    options.set_skip_serializing_none(true);
    options.set_normalization(Normalization::Rust);
    options.set_custom_scalars_module(syn::parse_quote!(crate::documents::scalars));
    options
}

/// The document and the fragments that it names, or that they name.
fn with_fragments(text: &str, fragments: &BTreeMap<String, String>) -> String {
    let mut whole = text.to_owned();
    let mut added = BTreeSet::new();
    loop {
        let named = |name: &&String| {
            let spread = format!("...{name}");
            let mut after = whole.match_indices(&spread).map(|(at, _)| &whole[at + spread.len()..]);
            after.any(|after| !after.starts_with(|next: char| next.is_alphanumeric()))
        };
        let missing: Vec<_> = fragments
            .keys()
            .filter(|name| !added.contains(*name))
            .filter(named)
            .cloned()
            .collect();
        if missing.is_empty() {
            return whole;
        }
        for name in missing {
            whole.push('\n');
            whole.push_str(&fragments[&name]);
            added.insert(name);
        }
    }
}

/// Templates change oftener than documents do.
fn write_if_changed(path: &Path, text: &str) -> Outcome<()> {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    Ok(fs::write(path, text)?)
}
