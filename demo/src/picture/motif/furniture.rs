//! Furniture and textiles.

use super::super::pen::{
    Paint::{Base, Dark, Deep, Light, Paper, PaperDark, PaperSoft, Round, Shade, Sheen, Shine, Soft, Wood, WoodDark},
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
