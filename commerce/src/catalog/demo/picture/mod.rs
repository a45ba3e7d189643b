//! The demo shop's pictures: drawn when they are asked for, always the same for the same name.

mod backdrop;
mod colour;
pub(super) mod motif;
mod pen;

use super::file::{Product, Shelf};
use backdrop::backdrop;
use colour::Colour;
use motif::{STYLES, Stance};
use pen::{GRADIENTS, Pen};

/// Where the server serves the pictures.
pub(super) const FOLDER: &str = "/pictures/demo/";

/// The SVG of that file name, as in `arc-lamp-brass.svg`; `None` where there is no such picture.
pub fn picture(file_name: &str) -> Option<String> {
    let shelf = Shelf::embedded();
    let stem = file_name.strip_suffix(".svg")?;
    shelf.products.iter().find_map(|product| {
        let ending = stem.strip_prefix(product.slug.as_str())?.strip_prefix('-')?;
        let view = product.views().into_iter().find(|view| view.ending == ending)?;
        Some(svg(shelf, product, &view))
    })
}

/// One of the pictures of a product.
pub(super) struct View {
    /// What its file's name has after the product's: a number, or the name of a colour.
    ending: String,
    pub(super) alt: String,
    /// The colour it shows, where the product comes in several.
    pub(super) colour: Option<String>,
    composition: Composition,
}

#[derive(Clone, Copy)]
enum Composition {
    Front,
    /// From nearby, cut by the frame.
    Near,
    /// Two of them, in the first colours there are.
    Pair,
}

impl View {
    pub(super) fn source(&self, slug: &str) -> String {
        format!("{FOLDER}{slug}-{}.svg", self.ending)
    }
}

impl Product {
    /// The pictures in order: one a colour, or one front view; then another composition.
    pub(super) fn views(&self) -> Vec<View> {
        let colours = self.colours();
        let front = |ending: String, alt: String, colour| View {
            ending,
            alt,
            colour,
            composition: Composition::Front,
        };
        let mut views: Vec<View> = colours
            .iter()
            .map(|colour| {
                front(
                    slugged(colour),
                    format!("{} in {}", self.title, colour.to_lowercase()),
                    Some(colour.clone()),
                )
            })
            .collect();
        if views.is_empty() {
            views.push(front("1".into(), self.title.clone(), None));
        }
        let (composition, alt) = match colours {
            [first, second, ..] => {
                let alt = format!(
                    "{}: {} and {} side by side",
                    self.title,
                    first.to_lowercase(),
                    second.to_lowercase()
                );
                (Composition::Pair, alt)
            }
            _ => (Composition::Near, format!("{}, seen from nearby", self.title)),
        };
        views.push(View {
            ending: "2".into(),
            alt,
            colour: None,
            composition,
        });
        views
    }
}

fn svg(shelf: &Shelf, product: &Product, view: &View) -> String {
    let (number, stance) = (variety(&product.slug), product.picture.motif.stance());
    let tints = tints(shelf, product, view);
    // Another composition is before another backdrop, or the two would look like a mistake in cropping.
    let backdrop_number = match view.composition {
        Composition::Front => number,
        Composition::Near | Composition::Pair => number + 3,
    };
    let mut sheet = Sheet::new(&view.alt, &backdrop(stance, backdrop_number, tints[0]));
    for (place, transform) in places(view.composition, stance).iter().enumerate().rev() {
        let tint = tints.get(place).copied().unwrap_or(tints[0]);
        let mut pen = Pen::new(tint, place, product.picture.style.unwrap_or(number) % STYLES);
        product.picture.motif.draw(&mut pen);
        sheet.add(pen, transform, stance);
    }
    sheet.finish()
}

/// The colour that the view is about, or all that the product comes in: at least one.
fn tints(shelf: &Shelf, product: &Product, view: &View) -> Vec<Colour> {
    let names = match &view.colour {
        Some(colour) => std::slice::from_ref(colour),
        None if product.colours().is_empty() => std::slice::from_ref(&product.picture.tint),
        None => product.colours(),
    };
    let entries = names.iter().map(|name| shelf.colours.get(name));
    let tint = |hex: &str| Colour::parse(hex).unwrap_or(UNKNOWN);
    entries
        .map(|entry| entry.map_or(UNKNOWN, |entry| tint(&entry.hex)))
        .collect()
}

/// For a colour that the catalogue does not explain; a test sees to it that there is none.
const UNKNOWN: Colour = Colour::new(150, 140, 130);

/// Where the things are put, from the front to the back.
fn places(composition: Composition, stance: Stance) -> &'static [&'static str] {
    match (composition, stance) {
        (Composition::Front, _) => &[""],
        (Composition::Near, Stance::Lies) => &["translate(400 400) rotate(-17) scale(1.5) translate(-430 -450)"],
        (Composition::Near, _) => &["translate(400 440) scale(1.62) translate(-446 -440)"],
        (Composition::Pair, Stance::Stands) => &["translate(-46 166) scale(.82)", "translate(202 92) scale(.82)"],
        (Composition::Pair, Stance::Lies) => &[
            "translate(-18 262) rotate(-5 280 280) scale(.7)",
            "translate(262 -22) rotate(7 280 280) scale(.7)",
        ],
        (Composition::Pair, Stance::Hangs) => &["translate(-62 160) scale(.74)", "translate(266 -50) scale(.74)"],
    }
}

/// An SVG as it grows.
struct Sheet(String);

impl Sheet {
    fn new(title: &str, backdrop: &str) -> Self {
        let title = escaped(title);
        Self(format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" role="img"><title>{title}</title><defs>{GRADIENTS}</defs>{backdrop}"#
        ))
    }

    fn add(&mut self, pen: Pen, transform: &str, stance: Stance) {
        let (shapes, gradients) = pen.finish();
        // What stands has drawn its shadow on the ground; what lies or hangs casts one behind it.
        let filter = if stance == Stance::Stands {
            ""
        } else {
            r#" filter="url(#drop)""#
        };
        self.0.push_str(&format!(
            r#"<defs>{gradients}</defs><g transform="{transform}"{filter}>{shapes}</g>"#
        ));
    }

    fn finish(mut self) -> String {
        self.0.push_str("</svg>");
        self.0
    }
}

/// A number that is the same for the same slug in every build (FNV-1a).
fn variety(slug: &str) -> usize {
    let hash = slug.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    usize::try_from(hash >> 8).unwrap_or(0)
}

/// `Ink blue` as `ink-blue`.
fn slugged(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
