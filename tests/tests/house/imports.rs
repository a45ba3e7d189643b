//! Which file of a crate names what another defines: read from the tokens, and resolved through `use`
//! and `pub use` to the file that holds the definition. Tests are left out.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path of names from the crate's root, as in `orders`, `transition`, `apply`.
type Names = Vec<String>;

/// From a file to the files that it names, by their paths under `src`.
pub type Arrows = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// All arrows between the files of the crate whose sources lie in `src`. That the head of a folder names the
/// files in it is no arrow: it holds them together, and they may name it.
pub fn arrows(src: &Path) -> Arrows {
    let sources = Crate::read(src);
    let mut arrows = Arrows::new();
    for source in sources.modules.values() {
        let is_head = source.file.ends_with("mod.rs");
        let is_held = |target: &PathBuf| is_head && target.parent() == source.file.parent();
        let named = source
            .named
            .iter()
            .filter_map(|names| sources.file_of(names.clone(), 0));
        let targets = named.filter(|target| *target != source.file && !is_held(target));
        arrows.insert(source.file.clone(), targets.collect());
    }
    arrows
}

/// The circles: sets of files of which each reaches every other.
pub fn circles(arrows: &Arrows) -> Vec<Vec<&PathBuf>> {
    let reach: BTreeMap<_, _> = arrows.keys().map(|file| (file, reached(arrows, file))).collect();
    let mut circles = BTreeSet::new();
    for file in arrows.keys().filter(|file| reach[file].contains(file)) {
        let circle = arrows
            .keys()
            .filter(|other| reach[file].contains(other) && reach[other].contains(file));
        circles.insert(circle.collect::<Vec<_>>());
    }
    circles.into_iter().collect()
}

fn reached<'a>(arrows: &'a Arrows, from: &'a PathBuf) -> BTreeSet<&'a PathBuf> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        open.extend(arrows[file].iter().filter(|next| reached.insert(*next)));
    }
    reached
}

struct Crate {
    modules: HashMap<Names, Source>,
}

#[derive(Default)]
struct Source {
    file: PathBuf,
    /// What `use` brings into scope, by the name that it has here; whoever may name the module may name
    /// what it hands on.
    used: HashMap<String, Names>,
    /// Every path that is named, from the crate's root.
    named: BTreeSet<Names>,
}

impl Crate {
    fn read(src: &Path) -> Self {
        let mut files = Vec::new();
        collect(src, src, &mut files);
        let modules: BTreeSet<Names> = files.iter().map(|file| module_of(file)).collect();
        let read = |file: PathBuf| {
            let module = module_of(&file);
            let text = fs::read_to_string(src.join(&file)).expect("a source file");
            let tokens: TokenStream = text.parse().expect("tokens");
            let mut reader = Reader {
                module: module.clone(),
                modules: &modules,
                source: Source {
                    file,
                    ..Source::default()
                },
            };
            // Twice: a name may be used above the `use` that brings it.
            reader.walk(tokens.clone());
            reader.walk(tokens);
            (module, reader.source)
        };
        Self {
            modules: files.into_iter().map(read).collect(),
        }
    }

    /// The file that defines the last of `names`, where it is one of ours.
    fn file_of(&self, names: Names, depth: usize) -> Option<PathBuf> {
        let known = (0..=names.len())
            .rev()
            .find(|length| self.modules.contains_key(&names[..*length]));
        let (module, rest) = names.split_at(known.unwrap_or(0));
        let source = self.modules.get(module)?;
        match rest.first().and_then(|name| source.used.get(name)) {
            Some(target) if depth < 8 => {
                let names = target.iter().chain(&rest[1..]).cloned().collect();
                self.file_of(names, depth + 1)
            }
            // A module by itself is no arrow: what is named of it is.
            _ => (!rest.is_empty()).then(|| source.file.clone()),
        }
    }
}

fn collect(src: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_test = path
            .file_stem()
            .is_some_and(|name| name == "tests" || name == "testing");
        if path.is_dir() && !is_test {
            collect(src, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            files.push(path.strip_prefix(src).expect("under src").to_owned());
        }
    }
}

/// `orders/mod.rs` is `orders`, `orders/find.rs` is `orders`, `find`; `lib.rs` and `main.rs` are the root.
fn module_of(file: &Path) -> Names {
    let mut names: Names = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if names.last().is_some_and(|last| last == "mod") || names == ["lib"] || names == ["main"] {
        names.pop();
    }
    names
}

struct Reader<'a> {
    module: Names,
    modules: &'a BTreeSet<Names>,
    source: Source,
}

impl Reader<'_> {
    fn walk(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Ident(word) if word == "mod" && is_ident(tokens.get(at + 1), "tests") => at + 3,
                // What it is called is no use of what has the same name.
                TokenTree::Ident(word) if word == "mod" || word == "fn" => at + 2,
                TokenTree::Ident(word) if word == "use" => {
                    let end = (at..tokens.len()).find(|index| is_punct(&tokens[*index], ';'));
                    let end = end.unwrap_or(tokens.len());
                    self.use_tree(Vec::new(), &tokens[at + 1..end]);
                    end
                }
                TokenTree::Ident(_) => self.path(&tokens, at),
                TokenTree::Group(group) => {
                    self.walk(group.stream());
                    at + 1
                }
                _ => at + 1,
            };
        }
    }

    /// A path in an expression or a type. Gives where it ends.
    fn path(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let (mut names, mut at) = (Vec::new(), start);
        while let Some(TokenTree::Ident(word)) = tokens.get(at) {
            names.push(word.to_string());
            at += 1;
            match (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2)) {
                (Some(a), Some(b), Some(TokenTree::Ident(_))) if is_punct(a, ':') && is_punct(b, ':') => at += 2,
                _ => break,
            }
        }
        let is_ours = names.len() > 1 || self.source.used.contains_key(&names[0]);
        if let (true, Some(names)) = (is_ours, self.absolute(&names)) {
            self.source.named.insert(names);
        }
        at
    }

    fn use_tree(&mut self, mut names: Names, tokens: &[TokenTree]) {
        let mut renamed = None;
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) if word == "as" => {
                    renamed = tokens.get(index + 1).map(ToString::to_string);
                    break;
                }
                TokenTree::Ident(word) => names.push(word.to_string()),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    for tree in inner.split(|token| is_punct(token, ',')) {
                        self.use_tree(names.clone(), tree);
                    }
                    return;
                }
                _ => {}
            }
        }
        if names.len() > 1 && names.last().is_some_and(|last| last == "self") {
            names.pop();
        }
        let (Some(last), Some(target)) = (names.last().cloned(), self.absolute(&names)) else {
            return;
        };
        self.source.used.insert(renamed.unwrap_or(last), target);
    }

    /// From the crate's root, where it is the crate's own.
    fn absolute(&self, names: &[String]) -> Option<Names> {
        let mut base = match names.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            "super" => self.module[..self.module.len().saturating_sub(1)].to_vec(),
            first => {
                let child: Names = self.module.iter().cloned().chain([first.to_owned()]).collect();
                match self.source.used.get(first) {
                    Some(target) if *target != names => target.clone(),
                    _ if self.modules.contains(&child) => child,
                    _ => return None,
                }
            }
        };
        for name in &names[1..] {
            match name.as_str() {
                "super" => drop(base.pop()),
                _ => base.push(name.clone()),
            }
        }
        Some(base)
    }
}

fn is_punct(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}

fn is_ident(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}
