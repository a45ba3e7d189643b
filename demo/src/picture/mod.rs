//! The demo shop's pictures: drawn when they are asked for, always the same for the same scene.

mod backdrop;
mod colour;
pub(crate) mod motif;
mod tint;

use backdrop::backdrop;
use colour::Colour;
use motif::{Motif, Stance};
use tint::{GRADIENTS, gradients, tinted};

/// What a picture shows.
pub(crate) struct Scene<'a> {
    pub(crate) title: &'a str,
    /// The thing's name, by which its backdrop is chosen, and its style where it says none.
    pub(crate) name: &'a str,
    pub(crate) motif: Motif,
    /// Which shape or pattern of the motif.
    pub(crate) style: Option<usize>,
    /// The thing's colour, or all that it comes in, as `#rrggbb`: at least one.
    pub(crate) colours: Vec<&'a str>,
    pub(crate) composition: Composition,
}

#[derive(Clone, Copy)]
pub(crate) enum Composition {
    Front,
    /// From nearby, cut by the frame.
    Near,
    /// Two of them, in the first colours there are.
    Pair,
}

/// The scene as an SVG.
pub(crate) fn draw(scene: &Scene) -> String {
    let (number, stance) = (variety(scene.name), scene.motif.stance());
    let tints: Vec<_> = scene
        .colours
        .iter()
        .map(|hex| Colour::parse(hex).unwrap_or(UNKNOWN))
        .collect();
    // Another composition is before another backdrop, or the two would look like a mistake in cropping.
    let backdrop_number = match scene.composition {
        Composition::Front => number,
        Composition::Near | Composition::Pair => number + 3,
    };
    let mut sheet = Sheet::new(scene.title, &backdrop(stance, backdrop_number, tints[0]));
    for (place, transform) in places(scene.composition, stance).iter().enumerate().rev() {
        let tint = tints.get(place).copied().unwrap_or(tints[0]);
        let shapes = tinted(scene.motif.drawing(scene.style.unwrap_or(number)), tint, place);
        sheet.add(&shapes, &gradients(tint, place), transform, stance);
    }
    sheet.finish()
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

    fn add(&mut self, shapes: &str, gradients: &str, transform: &str, stance: Stance) {
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

/// A number that is the same for the same name in every build (FNV-1a).
fn variety(name: &str) -> usize {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    usize::try_from(hash >> 8).unwrap_or(0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
