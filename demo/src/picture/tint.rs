//! The colours of a drawing. It names those that come of the thing's own colour (`{round}`: shaded across as
//! a round body is, `{soft}`: shaded gently as a flat one, `{base}`, `{light}`, `{dark}`, `{deep}`) and holds
//! all others: wood, metal, paper, a highlight, a shade.

use super::colour::Colour;

/// The shapes of a drawing in a tint. `number` says which of the tints in the picture it is: its gradients
/// carry it in their names.
pub(super) fn tinted(drawing: &str, tint: Colour, number: usize) -> String {
    let colours = [
        ("{round}", format!("url(#round{number})")),
        ("{soft}", format!("url(#soft{number})")),
        ("{base}", tint.to_string()),
        ("{light}", tint.mix(Colour::WHITE, 30).to_string()),
        ("{dark}", tint.mix(Colour::NIGHT, 22).to_string()),
        ("{deep}", tint.mix(Colour::NIGHT, 45).to_string()),
    ];
    let shapes = drawing.to_owned();
    colours
        .iter()
        .fold(shapes, |shapes, (name, colour)| shapes.replace(name, colour))
}

/// The gradients that a tint needs.
pub(super) fn gradients(tint: Colour, number: usize) -> String {
    let (light, dark) = (tint.mix(Colour::WHITE, 24), tint.mix(Colour::NIGHT, 27));
    format!(
        r#"<linearGradient id="round{number}"><stop stop-color="{edge}"/><stop offset=".22" stop-color="{light}"/><stop offset=".55" stop-color="{tint}"/><stop offset="1" stop-color="{dark}"/></linearGradient><linearGradient id="soft{number}" x2=".45" y2="1"><stop stop-color="{light}"/><stop offset=".5" stop-color="{tint}"/><stop offset="1" stop-color="{low}"/></linearGradient>"#,
        edge = tint.mix(Colour::WHITE, 6),
        low = tint.mix(Colour::NIGHT, 12),
    )
}

/// The gradients that are the same in every picture.
pub(super) const GRADIENTS: &str = r##"<radialGradient id="shadow"><stop stop-color="#2a2024" stop-opacity=".42"/><stop offset=".55" stop-color="#2a2024" stop-opacity=".2"/><stop offset="1" stop-color="#2a2024" stop-opacity="0"/></radialGradient><radialGradient id="halo"><stop stop-color="#fff1c2" stop-opacity=".9"/><stop offset=".35" stop-color="#ffe9ae" stop-opacity=".42"/><stop offset="1" stop-color="#ffe9ae" stop-opacity="0"/></radialGradient><linearGradient id="beam" x2="0" y2="1"><stop stop-color="#fff0c0" stop-opacity=".78"/><stop offset="1" stop-color="#fff0c0" stop-opacity="0"/></linearGradient><linearGradient id="wood"><stop stop-color="#cfa677"/><stop offset=".3" stop-color="#dcb688"/><stop offset="1" stop-color="#a67a4c"/></linearGradient><linearGradient id="metal"><stop stop-color="#c4cacc"/><stop offset=".28" stop-color="#eef0f0"/><stop offset=".6" stop-color="#b4babd"/><stop offset="1" stop-color="#868e92"/></linearGradient><linearGradient id="brass"><stop stop-color="#cda966"/><stop offset=".3" stop-color="#ecd29a"/><stop offset="1" stop-color="#9a7838"/></linearGradient><linearGradient id="paper" x2=".45" y2="1"><stop stop-color="#fdfaf3"/><stop offset="1" stop-color="#ece3d2"/></linearGradient><filter id="drop" x="-20%" y="-20%" width="140%" height="150%"><feDropShadow dx="9" dy="16" stdDeviation="13" flood-color="#2a2024" flood-opacity=".28"/></filter>"##;
