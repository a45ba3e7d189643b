//! A pen that draws in one tint: motifs say *which* material a shape is of, the pen knows its colour.

use std::fmt::Write;

use super::colour::Colour;

/// What a shape is filled or stroked with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// The thing's own colour: shaded across as a round body is, shaded gently as a flat one, and plain.
    Round,
    Soft,
    Base,
    Light,
    Dark,
    Deep,
    Wood,
    WoodRound,
    WoodDark,
    Metal,
    MetalRound,
    MetalDark,
    Brass,
    BrassRound,
    Paper,
    PaperSoft,
    PaperDark,
    Charcoal,
    Leaf,
    LeafDark,
    /// Lamplight: a warm plain, a halo, and a beam that fades downwards.
    Warm,
    Halo,
    Beam,
    Flame,
    Glass,
    /// Over what is drawn already: a highlight on glaze or metal, a gentle one on cloth or paper, a shade.
    Shine,
    Sheen,
    Shade,
}

/// Collects the shapes of one thing in one tint.
pub(super) struct Pen {
    tint: Colour,
    /// Which of the tints in the picture this is: its gradients carry the number in their names.
    number: usize,
    /// Which of its shapes or patterns a motif takes.
    pub(super) style: usize,
    shapes: String,
}

impl Pen {
    pub(super) fn new(tint: Colour, number: usize, style: usize) -> Self {
        Self {
            tint,
            number,
            style,
            shapes: String::with_capacity(4096),
        }
    }

    /// The shapes drawn, and the gradients they need.
    pub(super) fn finish(self) -> (String, String) {
        let (number, tint) = (self.number, self.tint);
        let (light, dark) = (tint.mix(Colour::WHITE, 24), tint.mix(Colour::NIGHT, 27));
        let gradients = format!(
            r#"<linearGradient id="round{number}"><stop stop-color="{edge}"/><stop offset=".22" stop-color="{light}"/><stop offset=".55" stop-color="{tint}"/><stop offset="1" stop-color="{dark}"/></linearGradient><linearGradient id="soft{number}" x2=".45" y2="1"><stop stop-color="{light}"/><stop offset=".5" stop-color="{tint}"/><stop offset="1" stop-color="{low}"/></linearGradient>"#,
            edge = tint.mix(Colour::WHITE, 6),
            low = tint.mix(Colour::NIGHT, 12),
        );
        (self.shapes, gradients)
    }

    pub(super) fn path(&mut self, outline: &str, paint: Paint) {
        let fill = self.attribute("fill", paint);
        self.push(format_args!(r#"<path d="{outline}" {fill}/>"#));
    }

    pub(super) fn oval(&mut self, x: i32, y: i32, radius_x: i32, radius_y: i32, paint: Paint) {
        let fill = self.attribute("fill", paint);
        self.push(format_args!(
            r#"<ellipse cx="{x}" cy="{y}" rx="{radius_x}" ry="{radius_y}" {fill}/>"#
        ));
    }

    /// A rectangle: left, top, width, height, and the radius of its corners.
    pub(super) fn rect(&mut self, [x, y, width, height]: [i32; 4], corner: i32, paint: Paint) {
        let fill = self.attribute("fill", paint);
        self.push(format_args!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{corner}" {fill}/>"#
        ));
    }

    /// A line with round ends along a path.
    pub(super) fn line(&mut self, course: &str, width: i32, paint: Paint) {
        let stroke = self.attribute("stroke", plain(paint));
        self.push(format_args!(
            r#"<path d="{course}" fill="none" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round" {stroke}/>"#
        ));
    }

    /// A row of dashes along a path: stitches, and weaves.
    pub(super) fn dashes(&mut self, course: &str, width: i32, [dash, gap]: [i32; 2], paint: Paint) {
        let stroke = self.attribute("stroke", plain(paint));
        self.push(format_args!(
            r#"<path d="{course}" fill="none" stroke-width="{width}" stroke-dasharray="{dash} {gap}" stroke-linecap="round" {stroke}/>"#
        ));
    }

    /// A leaf that grows from a point, turned clockwise from upright.
    pub(super) fn leaf(&mut self, [x, y]: [i32; 2], [length, width]: [i32; 2], degrees: i32, paint: Paint) {
        let (half, third) = (width * 2 / 3, length / 3);
        let outline = format!(
            "M0 0C{half} -{third} {half} -{high} 0 -{length}C-{half} -{high} -{half} -{third} 0 0Z",
            high = third * 2
        );
        self.turned(degrees, [x, y], |pen| {
            pen.path(&outline, paint);
            pen.line(&format!("M0 -4L0 -{}", length * 4 / 5), 2, Paint::Shine);
        });
    }

    /// Draws around a point as the origin, turned clockwise.
    pub(super) fn turned(&mut self, degrees: i32, [x, y]: [i32; 2], draw: impl FnOnce(&mut Self)) {
        self.push(format_args!(r#"<g transform="translate({x} {y}) rotate({degrees})">"#));
        draw(self);
        self.shapes.push_str("</g>");
    }

    /// The soft shadow on the ground of a thing that stands there.
    pub(super) fn shadow(&mut self, x: i32, half_width: i32) {
        let x = x + 16;
        self.push(format_args!(
            r#"<ellipse cx="{x}" cy="640" rx="{}" ry="{}" fill="url(#shadow)"/>"#,
            half_width * 13 / 10,
            14 + half_width / 9
        ));
    }

    fn attribute(&self, name: &str, paint: Paint) -> String {
        let number = self.number;
        match paint {
            Paint::Round => format!(r#"{name}="url(#round{number})""#),
            Paint::Soft => format!(r#"{name}="url(#soft{number})""#),
            Paint::Base => format!(r#"{name}="{}""#, self.tint),
            Paint::Light => format!(r#"{name}="{}""#, self.tint.mix(Colour::WHITE, 30)),
            Paint::Dark => format!(r#"{name}="{}""#, self.tint.mix(Colour::NIGHT, 22)),
            Paint::Deep => format!(r#"{name}="{}""#, self.tint.mix(Colour::NIGHT, 45)),
            Paint::Glass => format!(r##"{name}="#ffffff" {name}-opacity=".34""##),
            Paint::Shine => format!(r##"{name}="#ffffff" {name}-opacity=".26""##),
            Paint::Sheen => format!(r##"{name}="#ffffff" {name}-opacity=".1""##),
            Paint::Shade => format!(r##"{name}="#221c24" {name}-opacity=".13""##),
            Paint::WoodRound => format!(r#"{name}="url(#wood)""#),
            Paint::MetalRound => format!(r#"{name}="url(#metal)""#),
            Paint::BrassRound => format!(r#"{name}="url(#brass)""#),
            Paint::PaperSoft => format!(r#"{name}="url(#paper)""#),
            Paint::Halo => format!(r#"{name}="url(#halo)""#),
            Paint::Beam => format!(r#"{name}="url(#beam)""#),
            Paint::Wood => format!(r##"{name}="#c79b6b""##),
            Paint::WoodDark => format!(r##"{name}="#94693f""##),
            Paint::Metal => format!(r##"{name}="#b9bfc2""##),
            Paint::MetalDark => format!(r##"{name}="#8a9296""##),
            Paint::Brass => format!(r##"{name}="#bf9a55""##),
            Paint::Paper => format!(r##"{name}="#f7f2e7""##),
            Paint::PaperDark => format!(r##"{name}="#ddd2bd""##),
            Paint::Charcoal => format!(r##"{name}="#3a3a3f""##),
            Paint::Leaf => format!(r##"{name}="#7f9a6e""##),
            Paint::LeafDark => format!(r##"{name}="#557052""##),
            Paint::Flame => format!(r##"{name}="#f0a94e""##),
            Paint::Warm => format!(r##"{name}="#fff0c4""##),
        }
    }

    fn push(&mut self, shape: std::fmt::Arguments<'_>) {
        self.shapes
            .write_fmt(shape)
            .expect("a String takes whatever is written");
    }
}

/// A gradient has no extent on a straight stroke, which would not be drawn at all: strokes are plain.
fn plain(paint: Paint) -> Paint {
    match paint {
        Paint::Round | Paint::Soft => Paint::Base,
        Paint::WoodRound => Paint::Wood,
        Paint::MetalRound => Paint::Metal,
        Paint::BrassRound => Paint::Brass,
        Paint::PaperSoft => Paint::Paper,
        Paint::Halo | Paint::Beam => Paint::Warm,
        paint => paint,
    }
}

/// The gradients that are the same in every picture.
pub(super) const GRADIENTS: &str = r##"<radialGradient id="shadow"><stop stop-color="#2a2024" stop-opacity=".42"/><stop offset=".55" stop-color="#2a2024" stop-opacity=".2"/><stop offset="1" stop-color="#2a2024" stop-opacity="0"/></radialGradient><radialGradient id="halo"><stop stop-color="#fff1c2" stop-opacity=".9"/><stop offset=".35" stop-color="#ffe9ae" stop-opacity=".42"/><stop offset="1" stop-color="#ffe9ae" stop-opacity="0"/></radialGradient><linearGradient id="beam" x2="0" y2="1"><stop stop-color="#fff0c0" stop-opacity=".78"/><stop offset="1" stop-color="#fff0c0" stop-opacity="0"/></linearGradient><linearGradient id="wood"><stop stop-color="#cfa677"/><stop offset=".3" stop-color="#dcb688"/><stop offset="1" stop-color="#a67a4c"/></linearGradient><linearGradient id="metal"><stop stop-color="#c4cacc"/><stop offset=".28" stop-color="#eef0f0"/><stop offset=".6" stop-color="#b4babd"/><stop offset="1" stop-color="#868e92"/></linearGradient><linearGradient id="brass"><stop stop-color="#cda966"/><stop offset=".3" stop-color="#ecd29a"/><stop offset="1" stop-color="#9a7838"/></linearGradient><linearGradient id="paper" x2=".45" y2="1"><stop stop-color="#fdfaf3"/><stop offset="1" stop-color="#ece3d2"/></linearGradient><filter id="drop" x="-20%" y="-20%" width="140%" height="150%"><feDropShadow dx="9" dy="16" stdDeviation="13" flood-color="#2a2024" flood-opacity=".28"/></filter>"##;
