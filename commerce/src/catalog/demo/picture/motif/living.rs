//! Furniture, textiles, and what stands or hangs about a living room.

use super::super::pen::{
    Paint::{
        Base, Brass, Charcoal, Dark, Deep, Glass, Leaf, LeafDark, Light, Metal, Paper, PaperDark, PaperSoft, Round,
        Shade, Sheen, Shine, Soft, Wood, WoodDark, WoodRound,
    },
    Pen,
};

pub(super) fn armchair(pen: &mut Pen) {
    pen.shadow(400, 210);
    pen.line("M252 560L232 636M548 560L568 636", 17, WoodDark);
    pen.line("M318 560L310 628M482 560L490 628", 14, WoodDark);
    pen.path(
        "M262 520L262 300C262 212 322 186 400 186C478 186 538 212 538 300L538 520Z",
        Soft,
    );
    pen.line("M400 206L400 430M332 226L332 430M468 226L468 430", 3, Shade);
    pen.rect([226, 500, 348, 82], 34, Dark);
    pen.rect([268, 430, 264, 96], 38, Light);
    pen.path("M290 452C340 442 460 442 510 452C460 450 340 450 290 452Z", Sheen);
    pen.rect([192, 366, 92, 212], 44, Round);
    pen.rect([516, 366, 92, 212], 44, Round);
}

pub(super) fn stool(pen: &mut Pen) {
    pen.shadow(400, 150);
    pen.line("M400 384L400 626", 18, WoodDark);
    pen.line("M300 380L262 634M500 380L538 634", 20, Wood);
    pen.line("M281 520L400 540L519 520", 11, WoodDark);
    pen.path(
        "M244 352C244 334 556 334 556 352L556 376C556 424 244 424 244 376Z",
        Dark,
    );
    pen.oval(400, 354, 156, 40, Soft);
    pen.path("M272 350C290 328 360 322 400 322C340 330 300 340 288 362Z", Sheen);
}

pub(super) fn side_table(pen: &mut Pen) {
    pen.shadow(400, 160);
    pen.line("M400 400L400 620", 15, WoodDark);
    pen.line("M318 396L272 636M482 396L528 636", 17, Wood);
    pen.path("M196 372L604 372L604 392C604 440 196 440 196 392Z", Dark);
    pen.oval(400, 372, 204, 46, Soft);
    pen.oval(400, 368, 186, 39, Shade);
    pen.oval(400, 371, 184, 38, Base);
    pen.path("M330 300L388 300L384 366C384 376 334 376 334 366Z", PaperSoft);
    pen.oval(359, 300, 29, 8, PaperDark);
    pen.line("M388 316C412 314 410 350 386 348", 6, Paper);
    pen.path("M432 352L530 352L540 374L424 374Z", PaperDark);
    pen.path("M436 338L526 338L534 356L430 356Z", Light);
}

pub(super) fn cushion(pen: &mut Pen) {
    pen.shadow(400, 190);
    pen.path("M214 246C290 272 510 272 586 246C604 244 612 256 606 272C584 380 584 500 608 608C612 628 602 640 584 634C510 612 290 612 216 634C198 640 188 628 192 608C216 500 216 380 194 272C188 256 196 244 214 246Z", Soft);
    match pen.style {
        0 => {
            pen.line("M278 268C292 390 292 490 278 612M340 273C350 390 350 490 340 610M400 274L400 610M460 273C450 390 450 490 460 610M522 268C508 390 508 490 522 612", 9, Light);
        }
        1 => {
            pen.path("M205 440C216 500 212 560 194 616C190 628 200 640 216 634C290 612 510 612 584 634C600 640 610 628 606 616C588 560 584 500 595 440C520 456 280 456 205 440Z", Dark);
            pen.line("M206 440C280 456 520 456 594 440", 5, Paper);
        }
        _ => {
            for (x, y) in [
                (300, 340),
                (400, 344),
                (500, 340),
                (350, 420),
                (450, 420),
                (300, 500),
                (400, 504),
                (500, 500),
                (350, 572),
                (450, 572),
            ] {
                pen.leaf([x, y + 20], [40, 26], 0, Light);
            }
        }
    }
    pen.path(
        "M232 270C280 284 340 290 380 290C320 320 270 400 246 520C246 420 244 340 232 270Z",
        Sheen,
    );
    pen.line("M214 246C290 272 510 272 586 246C604 244 612 256 606 272C584 380 584 500 608 608C612 628 602 640 584 634C510 612 290 612 216 634C198 640 188 628 192 608C216 500 216 380 194 272C188 256 196 244 214 246Z", 4, Dark);
}

pub(super) fn throw(pen: &mut Pen) {
    pen.shadow(400, 220);
    for (top, paint) in [(548, Dark), (468, Soft), (388, Soft)] {
        pen.rect([188, top, 424, 90], 44, paint);
        pen.line(
            &format!("M216 {0}C300 {1} 500 {1} 584 {0}", top + 72, top + 78),
            3,
            Shade,
        );
        pen.line(
            &format!("M222 {0}C300 {1} 480 {1} 560 {0}", top + 16, top + 11),
            5,
            Shine,
        );
    }
    pen.path("M270 386L420 386L432 560C432 566 268 566 268 560Z", Light);
    let stripes = if pen.style == 1 {
        "M290 386L288 560M330 386L329 562M370 386L371 562M406 386L412 560"
    } else {
        "M270 420L423 420M269 460L426 460M269 500L428 500M268 540L430 540"
    };
    pen.line(stripes, 6, Base);
    for step in 0..12 {
        let x = 274 + step * 14;
        pen.line(&format!("M{x} 562L{} 602", x + (step % 3) - 1), 5, Light);
    }
}

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

pub(super) fn rug(pen: &mut Pen) {
    for x in (214..600).step_by(17) {
        pen.line(&format!("M{x} 116L{x} 684"), 4, Paper);
    }
    pen.rect([200, 140, 400, 520], 6, Soft);
    match pen.style {
        0 => {
            pen.line("M226 166L574 166L574 634L226 634Z", 7, Light);
            for y in [290, 400, 510] {
                pen.path(&format!("M400 {}L520 {y}L400 {}L280 {y}Z", y - 76, y + 76), Light);
                pen.path(&format!("M400 {}L472 {y}L400 {}L328 {y}Z", y - 46, y + 46), Dark);
            }
        }
        1 => {
            for (y, paint) in [
                (170, Light),
                (222, Dark),
                (250, Light),
                (384, Paper),
                (408, Dark),
                (530, Light),
                (560, Dark),
                (612, Light),
            ] {
                pen.rect([200, y, 400, 16], 0, paint);
            }
        }
        _ => {
            pen.path(
                "M200 660L200 420C270 330 350 470 430 400C500 340 560 400 600 360L600 660Z",
                Dark,
            );
            pen.path(
                "M200 660L200 560C290 480 380 600 470 540C530 500 570 530 600 510L600 660Z",
                Light,
            );
            pen.oval(480, 266, 62, 62, Light);
        }
    }
    pen.dashes("M206 154L594 154M206 646L594 646", 3, [8, 9], Paper);
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

pub(super) fn basket(pen: &mut Pen) {
    pen.shadow(400, 190);
    pen.line(
        "M270 410C262 326 330 322 334 404M530 410C538 326 470 322 466 404",
        13,
        WoodDark,
    );
    pen.path(
        "M216 400C216 376 584 376 584 400L546 610C542 652 258 652 254 610Z",
        Round,
    );
    pen.oval(400, 400, 184, 25, Deep);
    for row in 0..7 {
        let (y, inset) = (432 + row * 30, row * 6);
        pen.dashes(
            &format!("M{} {y}C300 {1} 500 {1} {2} {y}", 224 + inset, y + 24, 576 - inset),
            9,
            [19, 19],
            if row % 2 == 0 { Light } else { Dark },
        );
    }
    pen.line("M218 404C230 428 570 428 582 404", 11, Light);
}
