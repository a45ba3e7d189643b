//! The fonts of documents: some come with the program, others lie in folders and are looked through when a letter asks for them.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use krilla::{Data, text::Font};
use rustybuzz::{Direction, Script, ShapePlan, script::UNKNOWN, ttf_parser};

/// Noto Sans, under the SIL Open Font License (`fonts/OFL.txt`).
const REGULAR: [&[u8]; 3] = [
    include_bytes!("../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansHebrew-Regular.ttf"),
];
const BOLD: [&[u8]; 3] = [
    include_bytes!("../../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("../../fonts/NotoSansHebrew-Bold.ttf"),
];

/// How many files of fonts are looked at, how deep they lie, and how large one may be.
const FILES_MAX: usize = 2_000;
const DEPTH_MAX: usize = 6;
const BYTES_MAX: u64 = 64 * 1024 * 1024;

/// A font that can be drawn and shaped. Its bytes stay for as long as the program runs: it is read once, and asked ever again.
pub(super) struct Face {
    pub(super) font: Font,
    pub(super) shaper: rustybuzz::Face<'static>,
    letters: HashSet<u32>,
    /// How text of a script is shaped in a direction: found once, for it takes longer than to shape a line.
    plans: Mutex<Vec<(Direction, Script, Arc<ShapePlan>)>>,
    /// Whether it comes with the program.
    pub(super) is_own: bool,
}

impl Face {
    fn new(data: &'static [u8], index: u32, is_own: bool) -> Option<Arc<Self>> {
        Some(Arc::new(Self {
            font: Font::new(Data::from(data), index)?,
            shaper: rustybuzz::Face::from_slice(data, index)?,
            letters: letters(&ttf_parser::Face::parse(data, index).ok()?),
            plans: Mutex::default(),
            is_own,
        }))
    }

    pub(super) fn plan(&self, direction: Direction, script: Script) -> Arc<ShapePlan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, plan)) = plans.iter().find(|plan| (plan.0, plan.1) == (direction, script)) {
            return Arc::clone(plan);
        }
        let known = Some(script).filter(|script| *script != UNKNOWN);
        let plan = Arc::new(ShapePlan::new(&self.shaper, direction, known, None, &[]));
        plans.push((direction, script, Arc::clone(&plan)));
        plan
    }

    pub(super) fn has(&self, letter: char) -> bool {
        self.letters.contains(&u32::from(letter))
    }
}

fn letters(face: &ttf_parser::Face<'_>) -> HashSet<u32> {
    let mut letters = HashSet::new();
    for table in face.tables().cmap.iter().flat_map(|cmap| cmap.subtables) {
        if table.is_unicode() {
            table.codepoints(|letter| {
                letters.insert(letter);
            });
        }
    }
    letters
}

/// All of them, in the order in which they are asked.
pub(super) struct Fonts {
    regular: Vec<Arc<Face>>,
    bold: Vec<Arc<Face>>,
    folders: Vec<PathBuf>,
    /// Those of the folders that had a letter which was asked for.
    found: Mutex<Vec<Arc<Face>>>,
    /// Pictures that none of them has: they are looked for once.
    missing: Mutex<HashSet<char>>,
}

impl Fonts {
    pub(super) fn new(folders: Vec<PathBuf>) -> Self {
        let faces = |files: [&'static [u8]; 3]| files.into_iter().filter_map(|file| Face::new(file, 0, true)).collect();
        Self {
            regular: faces(REGULAR),
            bold: faces(BOLD),
            folders,
            found: Mutex::default(),
            missing: Mutex::default(),
        }
    }

    /// The first font that has the letter.
    pub(super) fn face(&self, letter: char, bold: bool) -> Option<Arc<Face>> {
        let own = if bold { &self.bold } else { &self.regular };
        let own = own.iter().find(|face| face.has(letter)).cloned();
        own.or_else(|| self.elsewhere(letter))
    }

    /// Whether no font has this picture.
    pub(super) fn lacks(&self, picture: char, bold: bool) -> bool {
        let missing = || self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        if missing().contains(&picture) {
            return true;
        }
        let lacks = self.face(picture, bold).is_none();
        if lacks {
            missing().insert(picture);
        }
        lacks
    }

    fn elsewhere(&self, letter: char) -> Option<Arc<Face>> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(face) = found.iter().find(|face| face.has(letter)) {
            return Some(Arc::clone(face));
        }
        let face = self.files().iter().find_map(|file| face_with(file, letter))?;
        found.push(Arc::clone(&face));
        Some(face)
    }

    /// In an order that is the same each time.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for folder in &self.folders {
            let from = files.len();
            gather(folder, 0, &mut files);
            files[from..].sort_by_key(|path| (!is_plain(path), path.clone()));
        }
        files
    }
}

/// Upright and of ordinary weight, as far as its name tells.
fn is_plain(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.contains("regular")
        || !["bold", "italic", "oblique", "light", "thin", "black", "mono", "serif"]
            .iter()
            .any(|word| name.contains(word))
}

fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if files.len() >= FILES_MAX {
            return;
        }
        let path = entry.path();
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < DEPTH_MAX => gather(&path, depth + 1, files),
            Ok(kind) if !kind.is_dir() && matches!(&*ending, "ttf" | "otf" | "ttc" | "otc") => files.push(path),
            _ => {}
        }
    }
}

fn face_with(file: &Path, letter: char) -> Option<Arc<Face>> {
    if fs::metadata(file).ok()?.len() > BYTES_MAX {
        return None;
    }
    let data = fs::read(file).ok()?;
    let count = ttf_parser::fonts_in_collection(&data).unwrap_or(1);
    let has = |index: &u32| {
        let face = ttf_parser::Face::parse(&data, *index).ok();
        face.is_some_and(|face| face.glyph_index(letter).is_some() && may_be_embedded(&face))
    };
    let index = (0..count).find(has)?;
    Face::new(data.leak(), index, false)
}

/// Whether whoever made the font allows it, and it has outlines.
fn may_be_embedded(face: &ttf_parser::Face<'_>) -> bool {
    let tables = face.tables();
    let allowed = face.permissions() != Some(ttf_parser::Permissions::Restricted) && face.is_subsetting_allowed();
    allowed && (tables.glyf.is_some() || tables.cff.is_some())
}
