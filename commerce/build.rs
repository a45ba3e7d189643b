//! Reads `words/<language>/*.ftl`: what the shop says. Makes a function of each English message, so that one which is missing
//! does not compile and one which nobody says is dead code, and lists the files of all languages.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// In which every message is said.
const FIRST: &str = "en";

fn main() -> Outcome<()> {
    let words = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("words");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", words.display());
    let mut files = String::from("pub(super) static FILES: &[(&str, &str, &str)] = &[\n");
    let mut functions = BTreeMap::new();
    for folder in sorted(&words)?.iter().filter(|path| path.is_dir()) {
        let language = folder.file_name().unwrap_or_default().to_string_lossy();
        for file in sorted(folder)? {
            println!("cargo::rerun-if-changed={}", file.display());
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            writeln!(
                files,
                "    ({language:?}, {name:?}, include_str!({:?})),",
                file.to_string_lossy()
            )?;
            if language == FIRST {
                add_functions(&file, &mut functions)?;
            }
        }
    }
    files.push_str("];\n");
    fs::write(out.join("files.rs"), files)?;
    let functions: Vec<String> = functions.into_values().collect();
    fs::write(out.join("messages.rs"), functions.concat())?;
    Ok(())
}

fn sorted(folder: &Path) -> Outcome<Vec<PathBuf>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

fn add_functions(file: &Path, functions: &mut BTreeMap<String, String>) -> Outcome<()> {
    let text = fs::read_to_string(file)?;
    let resource = parser::parse(text.as_str()).map_err(|(_, errors)| format!("{}: {errors:?}", file.display()))?;
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let mut variables = Vec::new();
        if let Some(pattern) = &message.value {
            collect(pattern, &mut variables);
        }
        let id = message.id.name;
        let former = functions.insert(id.to_owned(), function(id, &variables)?);
        if former.is_some() {
            return Err(format!("{}: `{id}` is there twice", file.display()).into());
        }
    }
    Ok(())
}

fn function(id: &str, variables: &[&str]) -> Outcome<String> {
    let (mut parameters, mut values) = (String::new(), String::new());
    for variable in variables {
        let name = variable.replace('-', "_");
        write!(parameters, "{name}: impl Into<Value>, ")?;
        write!(values, "({variable:?}, {name}.into()), ")?;
    }
    let name = id.replace('-', "_");
    Ok(format!(
        "pub(crate) fn {name}({parameters}) -> Message {{ Message::named({id:?}, vec![{values}]) }}\n"
    ))
}

/// The variables of a message, in the order in which it names them.
fn collect<'a>(pattern: &Pattern<&'a str>, variables: &mut Vec<&'a str>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_of(expression, variables);
        }
    }
}

fn collect_of<'a>(expression: &Expression<&'a str>, variables: &mut Vec<&'a str>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, variables),
        Expression::Select { selector, variants } => {
            collect_inline(selector, variables);
            for variant in variants {
                collect(&variant.value, variables);
            }
        }
    }
}

fn collect_inline<'a>(inline: &InlineExpression<&'a str>, variables: &mut Vec<&'a str>) {
    match inline {
        InlineExpression::VariableReference { id } if !variables.contains(&id.name) => variables.push(id.name),
        InlineExpression::Placeable { expression } => collect_of(expression, variables),
        _ => {}
    }
}
