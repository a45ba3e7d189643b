//! What stands on a shelf or hangs on a wall.

use super::super::pen::{
    Paint::{
        Base, Brass, Charcoal, Dark, Deep, Glass, Leaf, LeafDark, Light, Metal, Paper, PaperSoft, Round, Shade, Shine,
        WoodDark, WoodRound,
    },
    Pen,
};

pub(super) fn vase(pen: &mut Pen) {
    pen.shadow(400, 105);
    let neck = if pen.style == 1 { 440 } else { 330 };
    for (lean, top, paint) in [(-92, 130, LeafDark), (18, 84, Leaf), (96, 160, LeafDark)] {
        pen.line(
            &format!(
                "M400 {}C{} {} {} {} {} {top}",
                neck + 20,
                400 + lean / 8,
                neck - 60,
                400 + lean / 2,
                top + 110,
                400 + lean
            ),
            4,
            paint,
        );
        for step in 0..4 {
            let (x, y) = (400 + lean * (7 - step) / 7, top + 6 + step * 36);
            pen.leaf([x, y], [50, 22], 46 + lean / 4, paint);
            pen.leaf([x, y + 14], [50, 22], -46 + lean / 4, paint);
        }
        pen.leaf([400 + lean, top + 10], [46, 20], lean / 4, paint);
    }
    match pen.style {
        0 => {
            pen.path("M362 322C362 312 438 312 438 322C432 400 512 430 512 532C512 616 470 644 400 644C330 644 288 616 288 532C288 430 368 400 362 322Z", Round);
            pen.path(
                "M316 530C318 470 356 440 374 400C362 460 346 500 350 588C328 580 316 560 316 530Z",
                Shine,
            );
        }
        1 => {
            pen.path("M346 440C346 428 454 428 454 440C520 456 556 500 556 548C556 610 490 644 400 644C310 644 244 610 244 548C244 500 280 456 346 440Z", Round);
            pen.path(
                "M276 540C284 500 316 474 346 466C318 492 306 530 312 584C288 576 272 562 276 540Z",
                Shine,
            );
        }
        _ => {
            pen.path(
                "M322 326C322 312 478 312 478 326L500 620C500 652 300 652 300 620Z",
                Round,
            );
            for y in [392, 446, 500, 554] {
                pen.line(
                    &format!(
                        "M{} {y}C360 {} 440 {} {} {y}",
                        320 - (y - 330) / 14,
                        y + 16,
                        y + 16,
                        480 + (y - 330) / 14
                    ),
                    4,
                    Shade,
                );
            }
            pen.path("M336 344L360 346L352 624L322 618Z", Shine);
        }
    }
    let half_width = [36, 52, 76][pen.style.min(2)];
    pen.oval(400, if pen.style == 1 { 439 } else { 323 }, half_width, 9, Deep);
}

pub(super) fn planter(pen: &mut Pen) {
    pen.shadow(400, 125);
    match pen.style {
        0 => {
            for (x, length, turn, paint) in [
                (352, 260, -20, LeafDark),
                (450, 250, 22, LeafDark),
                (378, 330, -7, Leaf),
                (426, 310, 9, LeafDark),
                (330, 190, -36, Leaf),
                (470, 180, 38, Leaf),
                (402, 270, 1, Leaf),
            ] {
                pen.leaf([x, 440], [length, 44], turn, paint);
            }
        }
        1 => {
            for (top, x, turn) in [
                (170, 340, -28),
                (120, 410, 6),
                (196, 478, 34),
                (290, 296, -58),
                (300, 512, 62),
            ] {
                pen.line(&format!("M400 440C400 360 {x} 340 {x} {}", top + 70), 5, LeafDark);
                pen.leaf([x, top + 120], [140, 96], turn, if turn > 0 { Leaf } else { LeafDark });
            }
        }
        _ => {
            pen.line("M400 440C396 380 404 320 400 230", 9, WoodDark);
            for (x, y, radius) in [(350, 250, 62), (452, 250, 66), (400, 190, 76), (400, 280, 58)] {
                pen.oval(x, y, radius, radius, LeafDark);
                pen.oval(x - 12, y - 12, radius * 3 / 4, radius * 3 / 4, Leaf);
            }
        }
    }
    pen.path("M286 452L514 452L488 622C486 648 314 648 312 622Z", Round);
    pen.path(
        "M272 422C272 410 528 410 528 422L526 462C526 474 274 474 274 462Z",
        Round,
    );
    pen.path(
        "M282 472C330 482 470 482 518 472L516 484C470 494 330 494 284 484Z",
        Shade,
    );
    pen.oval(400, 423, 122, 11, Deep);
    pen.path("M306 484L330 488L342 632C328 630 320 626 318 618Z", Shine);
}

pub(super) fn clock(pen: &mut Pen) {
    dial(pen, 400, 210);
}

/// A clock's face, which stands on desks as well.
pub(super) fn dial(pen: &mut Pen, y: i32, radius: i32) {
    pen.oval(400, y, radius, radius, Round);
    pen.oval(
        400,
        y,
        radius * 88 / 100,
        radius * 88 / 100,
        if pen.style == 1 { Light } else { PaperSoft },
    );
    for hour in 0..12 {
        pen.turned(hour * 30, [400, y], |pen| {
            let (outer, length) = (radius * 80 / 100, if hour % 3 == 0 { radius / 8 } else { radius / 18 });
            pen.line(
                &format!("M0 -{outer}L0 -{}", outer - length),
                if hour % 3 == 0 { 7 } else { 4 },
                Charcoal,
            );
        });
    }
    pen.turned(-58, [400, y], |pen| {
        pen.line(&format!("M0 14L0 -{}", radius * 44 / 100), 10, Charcoal)
    });
    pen.turned(52, [400, y], |pen| {
        pen.line(&format!("M0 18L0 -{}", radius * 66 / 100), 7, Charcoal)
    });
    pen.turned(170, [400, y], |pen| {
        pen.line(&format!("M0 30L0 -{}", radius * 70 / 100), 3, Brass)
    });
    pen.oval(400, y, 11, 11, Brass);
}

pub(super) fn mirror(pen: &mut Pen) {
    let arch = "M230 640L230 330C230 226 306 150 400 150C494 150 570 226 570 330L570 640Z";
    if pen.style == 1 {
        pen.oval(400, 400, 226, 226, Round);
        pen.oval(400, 400, 208, 208, Metal);
        pen.oval(400, 400, 208, 208, Glass);
        pen.path("M270 540L520 234L560 276L318 592Z", Shine);
        pen.path(
            "M222 300C260 220 330 186 400 186L210 420C206 380 210 330 222 300Z",
            Shine,
        );
    } else {
        pen.path(arch, Round);
        pen.path(
            "M246 624L246 332C246 238 316 168 400 168C484 168 554 238 554 332L554 624Z",
            Metal,
        );
        pen.path(
            "M246 624L246 332C246 238 316 168 400 168C484 168 554 238 554 332L554 624Z",
            Glass,
        );
        pen.path(
            "M246 520L540 270C550 292 554 312 554 332L554 372L258 624L246 624Z",
            Shine,
        );
        pen.path("M246 440L246 390L500 196L522 226Z", Shine);
    }
}

pub(super) fn print(pen: &mut Pen) {
    pen.rect([214, 140, 372, 500], 4, WoodRound);
    pen.rect([230, 156, 340, 468], 0, PaperSoft);
    pen.rect([276, 206, 248, 368], 0, Paper);
    match pen.style {
        0 => {
            pen.oval(430, 322, 66, 66, Base);
            pen.path(
                "M276 470C330 400 380 440 420 470C460 500 490 470 524 440L524 574L276 574Z",
                Dark,
            );
            pen.path(
                "M276 520C340 480 390 520 440 530C480 538 500 520 524 510L524 574L276 574Z",
                Light,
            );
        }
        1 => {
            pen.path("M300 560L300 400C300 344 344 300 400 300C456 300 500 344 500 400L500 560L456 560L456 400C456 368 432 344 400 344C368 344 344 368 344 400L344 560Z", Base);
            pen.path(
                "M370 560L370 404C370 386 384 372 400 372C416 372 430 386 430 404L430 560Z",
                Light,
            );
            pen.oval(400, 254, 26, 26, Dark);
        }
        _ => {
            pen.line("M400 548C396 470 404 380 400 280", 5, Dark);
            for (y, width) in [(520, 84), (468, 92), (416, 88), (364, 74), (318, 56)] {
                pen.leaf([400, y], [width, 34], 56, Base);
                pen.leaf([400, y], [width, 34], -56, Base);
            }
            pen.leaf([400, 290], [56, 26], 0, Base);
        }
    }
    pen.path("M230 156L420 156L230 470Z", Shine);
}
