//! What one eats and drinks from.

use super::super::pen::{
    Paint::{
        Base, Charcoal, Dark, Deep, Glass, Light, Metal, Paper, Round, Shade, Shine, Soft, Wood, WoodDark, WoodRound,
    },
    Pen,
};

pub(super) fn mug(pen: &mut Pen) {
    pen.shadow(390, 130);
    pen.line("M506 400C616 384 616 566 496 556", 28, Dark);
    pen.line("M506 396C608 382 608 560 496 550", 20, Base);
    pen.path(
        "M264 336L516 336L506 590C504 628 470 644 390 644C310 644 276 628 274 590Z",
        Round,
    );
    match pen.style {
        0 => pen.path(
            "M272 530C330 548 450 548 508 530L506 590C504 628 470 644 390 644C310 644 276 628 274 590Z",
            Paper,
        ),
        1 => {
            for y in [424, 462, 500] {
                pen.line(
                    &format!(
                        "M{} {y}C320 {1} 460 {1} {2} {y}",
                        270 + (y - 400) / 26,
                        y + 20,
                        510 - (y - 400) / 26
                    ),
                    7,
                    Light,
                );
            }
        }
        _ => {
            for (x, y) in [
                (310, 400),
                (352, 452),
                (300, 500),
                (340, 560),
                (398, 420),
                (420, 500),
                (388, 600),
                (462, 398),
                (480, 468),
                (456, 552),
                (318, 610),
                (440, 610),
            ] {
                pen.oval(x, y, 4, 3, Deep);
            }
        }
    }
    pen.oval(390, 336, 126, 25, Light);
    pen.oval(390, 339, 112, 18, Deep);
    pen.path("M292 372L318 376L324 620C304 612 298 600 298 586Z", Shine);
}

pub(super) fn kettle(pen: &mut Pen) {
    pen.shadow(390, 170);
    pen.line("M500 500C580 500 570 360 648 330", 24, Dark);
    pen.line("M500 496C576 494 566 356 648 328", 14, Base);
    pen.line("M312 340C190 290 176 470 262 540", 26, WoodDark);
    pen.line("M314 336C196 290 184 462 262 532", 15, Wood);
    pen.path(
        "M306 340C306 326 482 326 482 340L546 610C548 652 240 652 242 610Z",
        Round,
    );
    pen.path(
        "M300 344C300 310 350 296 394 296C438 296 488 310 488 344C488 358 300 358 300 344Z",
        Soft,
    );
    pen.rect([386, 270, 16, 30], 4, Dark);
    pen.oval(394, 264, 24, 17, WoodRound);
    pen.path("M320 372L350 376L314 626C290 624 278 618 274 608Z", Shine);
    pen.path(
        "M244 598C300 620 488 620 544 598L546 610C548 652 240 652 242 610Z",
        Shade,
    );
}

pub(super) fn teapot(pen: &mut Pen) {
    pen.shadow(400, 185);
    pen.line("M256 470C150 430 150 590 272 580", 28, Dark);
    pen.line("M256 466C160 432 160 580 272 572", 19, Base);
    pen.path(
        "M520 560C590 560 590 440 656 396L690 414C640 470 640 620 520 620Z",
        Round,
    );
    pen.path(
        "M400 380C520 380 572 450 572 520C572 600 520 644 400 644C280 644 228 600 228 520C228 450 280 380 400 380Z",
        Round,
    );
    pen.path(
        "M306 402C306 366 360 350 400 350C440 350 494 366 494 402C494 420 306 420 306 402Z",
        Soft,
    );
    pen.line("M306 404C330 420 470 420 494 404", 4, Shade);
    pen.oval(400, 336, 24, 20, WoodRound);
    pen.path(
        "M262 520C264 462 304 428 340 418C310 450 292 500 302 590C272 572 260 548 262 520Z",
        Shine,
    );
}

pub(super) fn dripper(pen: &mut Pen) {
    pen.shadow(400, 125);
    pen.path("M330 446L470 446C500 500 516 540 516 584C516 630 480 644 400 644C320 644 284 630 284 584C284 540 300 500 330 446Z", Glass);
    pen.path("M296 548C340 562 460 562 504 548C508 560 508 572 508 584C508 624 474 636 400 636C326 636 292 624 292 584C292 572 292 560 296 548Z", Charcoal);
    pen.oval(400, 550, 104, 12, WoodDark);
    pen.line("M518 510C600 500 596 616 512 606", 13, Glass);
    pen.path("M268 452C268 442 532 442 532 452C532 470 268 470 268 452Z", Dark);
    pen.line("M508 300C600 290 590 400 476 396", 19, Dark);
    pen.path("M270 264L530 264L446 438C440 452 360 452 354 438Z", Round);
    pen.path("M278 232L522 232L530 264L270 264Z", Paper);
    pen.oval(400, 264, 130, 17, Light);
    pen.oval(400, 265, 116, 12, WoodDark);
    pen.path("M300 284L330 286L386 444L364 444Z", Shine);
    pen.path("M310 560L330 500L346 500L330 620Z", Shine);
}

pub(super) fn bowls(pen: &mut Pen) {
    pen.shadow(400, 140);
    for (step, paint) in [(0, Dark), (1, Round), (2, Round)] {
        let y = 500 - step * 72;
        pen.path(
            &format!(
                "M196 {y}L604 {y}C600 {0} 520 {1} 400 {1}C280 {1} 200 {0} 196 {y}Z",
                y + 86,
                y + 142
            ),
            paint,
        );
        pen.path(
            &format!(
                "M216 {0}C232 {1} 262 {2} 300 {3}C270 {1} 258 {0} 250 {4}Z",
                y + 26,
                y + 70,
                y + 104,
                y + 122,
                y + 14
            ),
            Shine,
        );
    }
    pen.oval(400, 356, 204, 36, Light);
    pen.oval(400, 360, 186, 28, Dark);
    pen.oval(400, 370, 140, 17, Base);
}

pub(super) fn plates(pen: &mut Pen) {
    pen.oval(400, 400, 262, 262, Round);
    pen.oval(400, 400, 248, 248, Soft);
    pen.oval(404, 406, 182, 182, Shade);
    pen.oval(400, 400, 178, 178, Light);
    match pen.style {
        0 => pen.line("M400 152A248 248 0 1 1 399 152", 8, Dark),
        1 => pen.oval(400, 400, 150, 150, Paper),
        _ => {}
    }
    pen.path(
        "M218 300C250 232 316 190 386 182C310 222 262 276 246 350C230 340 214 324 218 300Z",
        Shine,
    );
    pen.turned(9, [676, 400], |pen| {
        pen.line("M0 -40L0 210", 15, Metal);
        pen.line(
            "M-24 -190L-24 -110C-24 -60 24 -60 24 -110L24 -190M0 -190L0 -60",
            9,
            Metal,
        );
        pen.line("M-3 0L-3 200", 3, Glass);
    });
}

pub(super) fn carafe(pen: &mut Pen) {
    pen.shadow(370, 115);
    pen.path("M330 250L410 250C408 350 490 420 490 528C490 616 440 644 370 644C300 644 250 616 250 528C250 420 332 350 330 250Z", Glass);
    pen.path("M259 494C300 508 440 508 481 494C484 506 484 516 484 528C484 610 436 636 370 636C304 636 256 610 256 528C256 516 256 506 259 494Z", Round);
    pen.oval(370, 496, 111, 13, Light);
    pen.path("M338 206C338 198 402 198 402 206L406 268L334 268Z", WoodRound);
    pen.path(
        "M290 520C290 450 346 390 350 300C356 390 322 450 320 600C300 590 288 560 290 520Z",
        Shine,
    );
    pen.shadow(580, 62);
    pen.path("M520 500L640 500L630 624C630 648 530 648 530 624Z", Glass);
    pen.path(
        "M525 560C550 568 610 568 635 560L630 624C630 646 530 646 530 624Z",
        Base,
    );
    pen.path("M536 512L550 512L554 630L542 628Z", Shine);
}

pub(super) fn glasses(pen: &mut Pen) {
    for (x, fill) in [(534, 500), (290, 470)] {
        pen.shadow(x, 98);
        pen.path(
            &format!(
                "M{0} 330L{1} 330L{2} 606C{2} 648 {3} 648 {3} 606Z",
                x - 106,
                x + 106,
                x + 88,
                x - 88
            ),
            Glass,
        );
        pen.path(
            &format!(
                "M{0} 330L{1} 330L{2} 606C{2} 648 {3} 648 {3} 606Z",
                x - 106,
                x + 106,
                x + 88,
                x - 88
            ),
            Shade,
        );
        pen.path(
            &format!(
                "M{0} {fill}C{1} {4} {2} {4} {3} {fill}L{5} 606C{5} 636 {6} 636 {6} 606Z",
                x - 94,
                x - 40,
                x + 40,
                x + 94,
                fill + 18,
                x + 82,
                x - 82
            ),
            Round,
        );
        for flute in [-60, -30, 0, 30, 60] {
            pen.line(
                &format!("M{} 344L{} 622", x + flute * 3 / 2, x + flute * 5 / 4),
                4,
                Shine,
            );
        }
        pen.oval(x, 330, 106, 18, Glass);
        pen.line(
            &format!(
                "M{} 330A106 18 0 1 0 {} 330A106 18 0 1 0 {} 330",
                x - 106,
                x + 106,
                x - 106
            ),
            3,
            Light,
        );
    }
}
