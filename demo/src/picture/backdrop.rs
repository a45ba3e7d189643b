//! What a thing is shown before: a wall and a table, a cloth, or a bare wall in the light of a window.

use super::{colour::Colour, motif::Stance};

/// Wall or cloth, and the table before it.
const BACKDROPS: [(Colour, Colour); 8] = [
    (Colour::new(236, 226, 210), Colour::new(221, 206, 183)),
    (Colour::new(222, 228, 214), Colour::new(203, 212, 193)),
    (Colour::new(241, 224, 214), Colour::new(228, 205, 191)),
    (Colour::new(219, 228, 232), Colour::new(198, 211, 217)),
    (Colour::new(228, 223, 234), Colour::new(210, 203, 219)),
    (Colour::new(227, 224, 219), Colour::new(209, 205, 198)),
    (Colour::new(214, 200, 184), Colour::new(196, 179, 160)),
    (Colour::new(190, 201, 198), Colour::new(170, 184, 180)),
];

/// Nearer than this (of 765), a thing would drown in its backdrop.
const DISTANCE_MIN: u16 = 84;

/// The backdrop for a thing of this tint; the same number gives the same one as far as the tint allows.
pub(super) fn backdrop(stance: Stance, number: usize, tint: Colour) -> String {
    let colours = (number..number + BACKDROPS.len()).map(|candidate| BACKDROPS[candidate % BACKDROPS.len()]);
    let (wall, table) = colours
        .max_by_key(|(wall, _)| tint.distance(*wall).min(DISTANCE_MIN))
        .unwrap_or(BACKDROPS[0]);
    let lit = wall.mix(Colour::WHITE, 38);
    let wall_fill = format!(
        r#"<radialGradient id="wall" cx=".32" cy=".26" r=".95"><stop stop-color="{lit}"/><stop offset="1" stop-color="{wall}"/></radialGradient><rect width="800" height="800" fill="url(#wall)"/>"#
    );
    match stance {
        Stance::Stands => wall_fill + &niche(number, wall, table) + &tabletop(table),
        Stance::Lies => wall_fill + &sunlight(number),
        Stance::Hangs => wall_fill + &sunlight(number + 1),
    }
}

fn tabletop(table: Colour) -> String {
    format!(
        r##"<linearGradient id="table" x2="0" y2="1"><stop stop-color="{}"/><stop offset="1" stop-color="{}"/></linearGradient><rect y="578" width="800" height="222" fill="url(#table)"/><rect y="578" width="800" height="3" fill="#ffffff" fill-opacity=".35"/>"##,
        table,
        table.mix(Colour::WHITE, 22),
    )
}

/// A shape on the wall that gives the thing a frame: an arch, a disc, a pane of light, or nothing.
fn niche(number: usize, wall: Colour, table: Colour) -> String {
    let tone = wall.mix(table, 62);
    match number / BACKDROPS.len() % 4 {
        0 => format!(
            r#"<path d="M180 578V330C180 200 280 108 400 108S620 200 620 330V578Z" fill="{tone}" fill-opacity=".55"/>"#
        ),
        1 => format!(r#"<circle cx="400" cy="352" r="262" fill="{tone}" fill-opacity=".5"/>"#),
        2 => sunlight(number),
        _ => String::new(),
    }
}

/// The light that falls through a window, aslant.
fn sunlight(number: usize) -> String {
    let shift = number % 5 * 46;
    let pane = |from: usize| {
        format!(
            "M{} 0L{} 0L{} 800L{} 800Z",
            from + 240,
            from + 380,
            from + 80,
            from.saturating_sub(60)
        )
    };
    format!(
        r##"<path d="{}{}" fill="#ffffff" fill-opacity=".2"/>"##,
        pane(shift + 60),
        pane(shift + 230)
    )
}
