//! Lamps, and what burns.

use super::super::pen::{
    Paint::{
        Base, Beam, Brass, BrassRound, Charcoal, Dark, Deep, Flame, Glass, Halo, Light, Paper, PaperSoft, Round, Shade,
        Shine, Soft, Warm,
    },
    Pen,
};

pub(super) fn dome_lamp(pen: &mut Pen) {
    pen.shadow(400, 110);
    pen.oval(400, 420, 330, 300, Halo);
    pen.path("M262 356L538 356L630 640L170 640Z", Beam);
    pen.rect([392, 340, 16, 286], 8, BrassRound);
    pen.path(
        "M306 618C306 640 494 640 494 618L494 628C494 654 306 654 306 628Z",
        Dark,
    );
    pen.oval(400, 619, 94, 19, Soft);
    pen.oval(400, 616, 14, 5, Brass);
    pen.path(
        "M246 348C246 232 316 180 400 180C484 180 554 232 554 348C554 363 485 374 400 374C315 374 246 363 246 348Z",
        Round,
    );
    pen.path(
        "M246 348C246 363 315 374 400 374C485 374 554 363 554 348C540 358 480 366 400 366C320 366 260 358 246 348Z",
        Warm,
    );
    pen.path("M284 322C288 258 322 218 366 206C336 234 318 272 314 326Z", Shine);
    pen.oval(400, 178, 13, 10, Brass);
}

pub(super) fn shade_lamp(pen: &mut Pen) {
    pen.shadow(400, 105);
    pen.oval(400, 330, 320, 290, Halo);
    pen.rect([388, 366, 24, 60], 4, BrassRound);
    if pen.style == 0 {
        pen.path(
            "M400 412C322 412 290 474 290 528C290 596 338 642 400 642C462 642 510 596 510 528C510 474 478 412 400 412Z",
            Round,
        );
        pen.path(
            "M322 480C332 448 356 432 378 430C352 452 342 490 344 540C324 530 316 506 322 480Z",
            Shine,
        );
    } else {
        pen.path("M352 416L448 416C452 500 500 560 496 626C496 640 480 644 462 644L338 644C320 644 304 640 304 626C300 560 348 500 352 416Z", Round);
        pen.path("M330 600C336 540 366 500 372 436C350 500 316 550 318 600Z", Shine);
        pen.path(
            "M309 590C350 604 450 604 491 590L494 606C450 620 350 620 306 606Z",
            Dark,
        );
    }
    pen.path(
        "M306 176C306 168 494 168 494 176L566 372C566 392 234 392 234 372Z",
        PaperSoft,
    );
    pen.path(
        "M306 176C306 168 494 168 494 176L497 184C490 178 310 178 303 184Z",
        Shade,
    );
    pen.path(
        "M238 362C300 378 500 378 562 362L566 372C566 392 234 392 234 372Z",
        Warm,
    );
    pen.path("M336 172L300 384L400 387L400 170Z", Shine);
}

pub(super) fn arc_lamp(pen: &mut Pen) {
    pen.shadow(290, 120);
    pen.oval(560, 330, 230, 230, Halo);
    pen.path("M488 330L632 330L700 640L420 640Z", Beam);
    pen.line(
        "M290 624L290 330C290 190 372 120 452 120C528 120 560 168 560 236",
        11,
        Brass,
    );
    pen.line("M287 610L287 330C287 192 370 117 452 117", 3, Shine);
    pen.path(
        "M192 618C192 640 388 640 388 618L388 630C388 656 192 656 192 630Z",
        Deep,
    );
    pen.oval(290, 619, 98, 19, Dark);
    pen.rect([546, 222, 28, 26], 6, BrassRound);
    pen.path(
        "M470 326C470 268 510 242 560 242C610 242 650 268 650 326C650 342 470 342 470 326Z",
        Round,
    );
    pen.path("M470 326C470 342 650 342 650 326C620 336 500 336 470 326Z", Warm);
    pen.path("M492 312C496 282 516 264 540 258C522 276 514 292 512 314Z", Shine);
}

pub(super) fn task_lamp(pen: &mut Pen) {
    pen.shadow(350, 115);
    pen.oval(530, 380, 230, 220, Halo);
    pen.path("M474 346L604 294L690 640L420 640Z", Beam);
    pen.line("M350 616L262 424L452 262", 13, Charcoal);
    pen.line("M364 600L280 424", 4, Brass);
    pen.oval(262, 424, 17, 17, Brass);
    pen.path(
        "M256 620C256 640 444 640 444 620L444 630C444 654 256 654 256 630Z",
        Dark,
    );
    pen.oval(350, 619, 94, 18, Soft);
    pen.turned(-22, [470, 262], |pen| {
        pen.path("M-30 -34C-30 -48 30 -48 30 -34L88 76C88 94 -88 94 -88 76Z", Round);
        pen.path("M-88 76C-88 94 88 94 88 76C56 86 -56 86 -88 76Z", Warm);
        pen.rect([-20, -66, 40, 28], 10, Dark);
        pen.path("M-24 -30L-66 72L-40 78L-8 -34Z", Shine);
    });
}

pub(super) fn pendant(pen: &mut Pen) {
    pen.oval(400, 470, 340, 310, Halo);
    pen.line("M400 -400L400 240", 5, Charcoal);
    match pen.style {
        0 => {
            pen.path("M236 470L564 470L690 800L110 800Z", Beam);
            pen.path(
                "M212 462C218 336 300 268 400 268C500 268 582 336 588 462C588 482 212 482 212 462Z",
                Round,
            );
            pen.path("M212 462C212 482 588 482 588 462C540 474 260 474 212 462Z", Warm);
            pen.path("M248 438C258 360 306 306 364 292C318 330 294 376 288 442Z", Shine);
        }
        1 => {
            pen.path("M246 500L554 500L680 800L120 800Z", Beam);
            pen.path(
                "M372 262C372 256 428 256 428 262L568 494C568 516 232 516 232 494Z",
                Round,
            );
            pen.path("M232 494C232 516 568 516 568 494C520 508 280 508 232 494Z", Warm);
            pen.path("M376 276L268 486L312 494L396 276Z", Shine);
        }
        _ => {
            pen.oval(400, 420, 164, 160, Soft);
            for half_width in [48, 96, 138] {
                pen.line(
                    &format!("M400 262C{0} 300 {0} 540 400 578", 400 - half_width * 4 / 3),
                    2,
                    Shade,
                );
                pen.line(
                    &format!("M400 262C{0} 300 {0} 540 400 578", 400 + half_width * 4 / 3),
                    2,
                    Shade,
                );
            }
            pen.oval(400, 420, 150, 146, Halo);
        }
    }
    pen.rect([380, 226, 40, 44], 10, BrassRound);
}

pub(super) fn candle(pen: &mut Pen) {
    pen.shadow(400, 118);
    pen.oval(400, 330, 240, 240, Halo);
    pen.path("M286 380L514 380L508 612C508 650 292 650 292 612Z", Round);
    pen.oval(400, 380, 114, 24, Dark);
    pen.oval(400, 388, 104, 19, Warm);
    pen.line("M400 386L400 350", 4, Charcoal);
    pen.path(
        "M400 268C424 304 424 330 416 346C408 360 392 360 384 346C376 330 378 304 400 268Z",
        Warm,
    );
    pen.path(
        "M400 306C412 326 412 340 406 348C402 354 396 354 393 348C388 338 390 322 400 306Z",
        Flame,
    );
    pen.rect([336, 462, 128, 96], 4, Paper);
    pen.line("M362 492L438 492", 5, Base);
    pen.line("M376 512L424 512M384 530L416 530", 3, Shade);
    pen.path("M300 392L322 396L324 626C312 624 304 620 304 610Z", Shine);
}

pub(super) fn candle_holder(pen: &mut Pen) {
    pen.shadow(400, 150);
    for (x, top, foot) in [(500, 296, 622), (312, 340, 632), (408, 226, 640)] {
        pen.oval(x, top - 26, 90, 90, Halo);
        pen.path(
            &format!(
                "M{x} {}C{} {} {} {top} {x} {top}C{} {top} {} {} {x} {}Z",
                top - 52,
                x + 16,
                top - 22,
                x + 12,
                x - 12,
                x - 16,
                top - 22,
                top - 52
            ),
            Warm,
        );
        pen.rect([x - 14, top, 28, 190], 6, PaperSoft);
        pen.path(
            &format!(
                "M{} {}L{} {}L{} {}L{} {}Z",
                x - 24,
                top + 150,
                x + 24,
                top + 150,
                x + 16,
                top + 192,
                x - 16,
                top + 192
            ),
            Round,
        );
        pen.rect([x - 7, top + 190, 14, foot - top - 196], 0, Round);
        pen.path(
            &format!(
                "M{} {foot}C{} {} {} {} {x} {}C{} {} {} {} {} {foot}C{} {} {} {} {} {foot}Z",
                x - 58,
                x - 58,
                foot - 14,
                x - 12,
                foot - 8,
                foot - 26,
                x + 12,
                foot - 8,
                x + 58,
                foot - 14,
                x + 58,
                x + 58,
                foot + 14,
                x - 58,
                foot + 14,
                x - 58
            ),
            Round,
        );
    }
}

pub(super) fn lantern(pen: &mut Pen) {
    pen.shadow(400, 130);
    pen.oval(400, 460, 320, 280, Halo);
    pen.line("M326 290C326 150 474 150 474 290", 10, Dark);
    pen.rect([296, 330, 208, 280], 10, Glass);
    pen.path("M352 610L448 610L444 520L356 520Z", Paper);
    pen.path(
        "M400 432C426 474 424 500 414 514C406 524 394 524 386 514C376 500 376 474 400 432Z",
        Warm,
    );
    pen.path(
        "M400 470C410 490 410 504 405 511C402 515 397 515 395 511C390 502 391 486 400 470Z",
        Flame,
    );
    pen.path("M310 336L340 336L340 606L310 606Z", Shine);
    pen.path(
        "M344 262L456 262C476 270 514 300 520 334L280 334C286 300 324 270 344 262Z",
        Soft,
    );
    pen.rect([284, 330, 16, 290], 4, Base);
    pen.rect([500, 330, 16, 290], 4, Dark);
    pen.rect([268, 606, 264, 38], 12, Round);
    pen.line("M350 284L450 284", 5, Light);
}
