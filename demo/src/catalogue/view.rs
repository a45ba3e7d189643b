//! Which pictures a product has, and the picture that a file's name stands for.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::file::{Product, Shelf};
use crate::picture::{Composition, Scene, draw};

/// Where the server serves the pictures.
const FOLDER: &str = "/pictures/demo/";

/// The SVG of that file name, as in `arc-lamp-brass.svg`; `None` where there is no such picture.
pub fn picture(file_name: &str) -> Option<String> {
    let shelf = Shelf::embedded();
    let stem = file_name.strip_suffix(".svg")?;
    shelf.products.iter().find_map(|product| {
        let ending = stem.strip_prefix(product.slug.as_str())?.strip_prefix('-')?;
        let view = product.views().into_iter().find(|view| view.ending == ending)?;
        Some(draw(&scene(shelf, product, &view)))
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

/// What pictures show, as a language says it: each with `{title}` in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AltPatterns {
    /// With `{colour}`.
    colour: String,
    /// With `{first}` and `{second}`, which are colours.
    pair: String,
    near: String,
}

/// What each picture of a product shows: as its alt text says it, and in a language by its patterns, where the product is called
/// `title` and colours as `colours` says.
pub(crate) fn alts_in(
    patterns: &AltPatterns,
    slug: &str,
    title: &str,
    colours: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let product = Shelf::embedded().products.iter().find(|product| product.slug == slug);
    let called = |colour: &String| colours.get(colour).unwrap_or(colour).clone();
    let alts = product.into_iter().flat_map(|product| {
        let told = move |view: View| {
            let said = match (view.composition, &view.colour, product.colours()) {
                (Composition::Front, Some(colour), _) => patterns.colour.replace("{colour}", &called(colour)),
                (Composition::Pair, _, [first, second, ..]) => {
                    let with_first = patterns.pair.replace("{first}", &called(first));
                    with_first.replace("{second}", &called(second))
                }
                (Composition::Near, ..) => patterns.near.clone(),
                _ => "{title}".to_owned(),
            };
            (view.alt, said.replace("{title}", title))
        };
        product.views().into_iter().map(told)
    });
    alts.collect()
}

/// The view in the colour that it is about, or in all that the product comes in.
fn scene<'a>(shelf: &'a Shelf, product: &'a Product, view: &'a View) -> Scene<'a> {
    let names = match &view.colour {
        Some(colour) => std::slice::from_ref(colour),
        None if product.colours().is_empty() => std::slice::from_ref(&product.picture.tint),
        None => product.colours(),
    };
    let hex = |name| shelf.colours.get(name).map_or("", |colour| colour.hex.as_str());
    Scene {
        title: &view.alt,
        name: &product.slug,
        motif: product.picture.motif,
        style: product.picture.style,
        colours: names.iter().map(hex).collect(),
        composition: view.composition,
    }
}

/// `Ink blue` as `ink-blue`.
fn slugged(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}
