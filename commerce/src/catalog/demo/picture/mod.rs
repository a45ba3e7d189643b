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
    let tint = |name: &str| {
        shelf
            .colours
            .get(name)
            .and_then(|colour| Colour::parse(&colour.hex))
            .unwrap_or(Colour::new(150, 140, 130))
    };
    let own: Vec<Colour> = match &view.colour {
        Some(colour) => vec![tint(colour)],
        None if product.colours().is_empty() => vec![tint(&product.picture.tint)],
        None => product.colours().iter().map(|colour| tint(colour)).collect(),
    };
    let (first, second) = (own[0], own.get(1).copied().unwrap_or(own[0]));
    let number = variety(&product.slug);
    let stance = product.picture.motif.stance();
    let things = match view.composition {
        Composition::Front => vec![(first, "")],
        Composition::Near if stance == Stance::Lies => {
            vec![(first, "translate(400 400) rotate(-17) scale(1.5) translate(-430 -450)")]
        }
        Composition::Near => vec![(first, "translate(400 440) scale(1.62) translate(-446 -440)")],
        Composition::Pair => match stance {
            Stance::Stands => vec![
                (second, "translate(202 92) scale(.82)"),
                (first, "translate(-46 166) scale(.82)"),
            ],
            Stance::Lies => vec![
                (second, "translate(262 -22) rotate(7 280 280) scale(.7)"),
                (first, "translate(-18 262) rotate(-5 280 280) scale(.7)"),
            ],
            Stance::Hangs => vec![
                (second, "translate(266 -50) scale(.74)"),
                (first, "translate(-62 160) scale(.74)"),
            ],
        },
    };
    let shift = if matches!(view.composition, Composition::Front) {
        0
    } else {
        3
    };
    let mut picture = Sheet::new(&view.alt, &backdrop(stance, number + shift, first));
    for (place, (tint, transform)) in things.into_iter().enumerate() {
        let mut pen = Pen::new(tint, place, product.picture.style.unwrap_or(number) % STYLES);
        product.picture.motif.draw(&mut pen);
        picture.add(pen, transform, stance);
    }
    picture.finish()
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
