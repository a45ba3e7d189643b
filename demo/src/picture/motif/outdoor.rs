//! Gardens, balconies and picnics.

use super::super::pen::{
    Paint::{
        Base, Brass, BrassRound, Charcoal, Dark, Deep, Flame, Halo, Light, MetalDark, MetalRound, Paper, PaperSoft,
        Round, Shade, Sheen, Shine, Soft, Warm, Wood, WoodDark, WoodRound,
    },
    Pen,
};

pub(super) fn watering_can(pen: &mut Pen) {
    pen.shadow(370, 170);
    pen.line("M300 350C280 210 480 200 500 350", 19, Dark);
    pen.line("M262 400C120 380 130 580 256 570", 19, Dark);
    pen.path("M470 520L640 290L668 306L490 600Z", Round);
    pen.turned(36, [654, 292], |pen| {
        pen.path("M-20 20L20 20L44 -26L-44 -26Z", Dark);
        pen.oval(0, -26, 44, 11, Light);
        pen.dashes("M-30 -26L32 -26", 4, [1, 11], Deep);
    });
    pen.path(
        "M256 370C256 352 484 352 484 370L504 606C506 650 234 650 236 606Z",
        Round,
    );
    pen.oval(370, 369, 114, 17, Deep);
    pen.path(
        "M256 370C270 352 420 346 470 360C420 366 330 372 300 386C276 388 256 384 256 370Z",
        Light,
    );
    pen.path(
        "M240 560C290 576 450 576 500 560L502 580C450 596 290 596 238 580Z",
        Shade,
    );
    pen.path("M280 396L308 400L294 630C274 626 264 618 262 606Z", Shine);
}

pub(super) fn bottle(pen: &mut Pen) {
    pen.shadow(400, 88);
    if pen.style == 1 {
        pen.line("M350 230C350 150 450 150 450 230", 14, Charcoal);
    }
    pen.rect(
        [352, 190, 96, 84],
        14,
        if pen.style == 1 { MetalRound } else { WoodRound },
    );
    pen.line("M356 262L444 262", 5, Shade);
    pen.path(
        "M358 272L442 272C446 312 486 326 486 374L486 606C486 648 314 648 314 606L314 374C314 326 354 312 358 272Z",
        Round,
    );
    pen.path(
        "M314 560C350 572 450 572 486 560L486 606C486 648 314 648 314 606Z",
        if pen.style == 1 { Dark } else { MetalRound },
    );
    pen.line("M384 430L416 430M392 448L408 448", 5, Light);
    pen.path(
        "M334 380C336 340 358 326 368 300C374 340 360 360 360 400L360 630C344 628 334 620 334 606Z",
        Shine,
    );
}

pub(super) fn garden_tools(pen: &mut Pen) {
    pen.turned(-16, [300, 400], |pen| {
        pen.rect([-24, 90, 48, 210], 22, WoodRound);
        pen.oval(0, 278, 7, 7, WoodDark);
        pen.rect([-15, 20, 30, 90], 6, MetalDark);
        pen.path(
            "M-78 -190C-60 -270 -20 -300 0 -310C20 -300 60 -270 78 -190L70 -30C66 20 -66 20 -70 -30Z",
            Soft,
        );
        pen.line("M0 -280L0 10", 4, Shade);
        pen.path(
            "M-62 -190C-50 -240 -24 -270 -8 -284L-30 10C-56 4 -58 -20 -56 -30Z",
            Shine,
        );
    });
    pen.turned(15, [520, 400], |pen| {
        pen.rect([-24, 90, 48, 210], 22, WoodRound);
        pen.oval(0, 278, 7, 7, WoodDark);
        pen.rect([-15, 0, 30, 110], 6, MetalDark);
        pen.line("M0 20L0 -270M-66 -250L-66 -80C-66 -10 66 -10 66 -80L66 -250", 24, Base);
        pen.line("M-70 -240L-70 -90M-4 -250L-4 0", 5, Shine);
    });
}

pub(super) fn birdhouse(pen: &mut Pen) {
    pen.line("M400 240C380 120 420 60 400 0L400 -400", 6, WoodDark);
    pen.path(
        "M270 350L400 230L530 350L530 620C530 634 520 640 510 640L290 640C280 640 270 634 270 620Z",
        Round,
    );
    pen.line("M335 300L335 636M400 240L400 636M465 300L465 636", 3, Shade);
    pen.path(
        "M400 196L574 356C584 366 566 388 554 378L400 240L246 378C234 388 216 366 226 356Z",
        WoodRound,
    );
    pen.line("M236 358L400 208", 4, Shine);
    pen.oval(400, 430, 54, 54, Dark);
    pen.oval(402, 433, 47, 47, Charcoal);
    pen.line("M400 530L400 548", 17, WoodDark);
    pen.oval(400, 530, 14, 14, Wood);
    pen.path("M286 360L320 330L318 630L294 630C288 630 286 626 286 620Z", Sheen);
}

pub(super) fn deck_chair(pen: &mut Pen) {
    pen.shadow(400, 230);
    pen.line("M214 180L560 636", 20, WoodDark);
    pen.line("M600 330L240 636", 20, WoodDark);
    pen.path(
        "M196 176L286 148C330 360 420 520 600 420L640 470C420 620 270 460 196 176Z",
        Soft,
    );
    pen.path(
        "M220 168L248 160C300 390 410 560 616 440L628 456C410 590 270 430 220 168Z",
        Light,
    );
    pen.line("M262 200L614 636", 20, Wood);
    pen.line("M644 350L300 636", 20, Wood);
    pen.line("M182 178L300 146M596 328L652 352", 18, Wood);
    pen.oval(446, 492, 9, 9, Brass);
}

pub(super) fn picnic_basket(pen: &mut Pen) {
    pen.shadow(400, 220);
    pen.line("M270 400C270 190 530 190 530 400", 19, WoodDark);
    pen.path(
        "M196 400L604 400L580 616C578 638 566 644 548 644L252 644C234 644 222 638 220 616Z",
        WoodRound,
    );
    for row in 0..6 {
        let (y, inset) = (446 + row * 34, row * 4);
        pen.dashes(
            &format!("M{} {y}L{} {y}", 212 + inset, 588 - inset),
            13,
            [24, 24],
            if row % 2 == 0 { WoodDark } else { Wood },
        );
    }
    pen.path(
        "M180 372C180 352 200 346 220 346L580 346C600 346 620 352 620 372L612 420L188 420Z",
        WoodRound,
    );
    pen.path(
        "M430 350L600 350C596 430 610 470 560 540C520 500 470 480 420 470C440 430 436 390 430 350Z",
        Soft,
    );
    pen.line("M470 352C476 400 470 440 460 476M520 352C524 420 530 460 520 506M434 390C490 400 540 404 602 398M430 430C490 440 540 460 590 480", 8, Paper);
    pen.rect([386, 398, 30, 56], 5, BrassRound);
}

pub(super) fn hammock(pen: &mut Pen) {
    pen.line("M110 172L190 300M690 172L610 300", 7, Paper);
    pen.oval(110, 168, 17, 17, BrassRound);
    pen.oval(690, 168, 17, 17, BrassRound);
    pen.line("M184 270L196 340M616 270L604 340", 17, WoodDark);
    for x in [210, 250, 290] {
        pen.line(&format!("M190 300L{x} {}", 320 + (x - 210)), 3, Paper);
        pen.line(&format!("M610 300L{} {}", 800 - x, 320 + (x - 210)), 3, Paper);
    }
    pen.path(
        "M186 276C260 470 540 470 614 276L606 340C560 600 240 600 194 340Z",
        Soft,
    );
    pen.path(
        "M188 296C262 500 538 500 612 296L610 316C544 530 256 530 190 316Z",
        Light,
    );
    pen.path(
        "M192 326C254 552 546 552 608 326L607 338C546 574 254 574 193 338Z",
        Dark,
    );
    for step in 0..14 {
        let x = 254 + step * 22;
        let drop = 530 - (x - 400) * (x - 400) / 360;
        pen.line(&format!("M{x} {}L{x} {}", drop - 4, drop + 34), 5, Light);
    }
    pen.path("M210 350C250 470 330 510 400 514C320 480 260 420 230 330Z", Sheen);
}

pub(super) fn fire_bowl(pen: &mut Pen) {
    pen.shadow(400, 170);
    pen.oval(400, 360, 280, 250, Halo);
    pen.path("M400 170C450 250 510 290 500 380C496 430 460 456 400 456C340 456 304 430 300 380C296 320 350 300 350 240C376 260 386 290 384 310C404 280 410 230 400 170Z", Flame);
    pen.path("M404 270C430 320 462 340 456 396C452 432 430 450 400 450C366 450 346 430 346 396C346 360 374 350 376 320C392 334 396 350 394 362C406 340 410 310 404 270Z", Warm);
    pen.line("M318 430L470 410M330 410L486 436", 24, WoodDark);
    pen.line("M286 560L250 634M514 560L550 634M400 580L400 636", 17, Charcoal);
    pen.path(
        "M196 430L604 430C600 540 520 600 400 600C280 600 200 540 196 430Z",
        Round,
    );
    pen.line("M196 432C260 446 540 446 604 432", 11, Light);
    pen.path("M220 460C232 520 270 556 320 576C280 540 262 500 256 456Z", Shine);
}

pub(super) fn gloves(pen: &mut Pen) {
    for (x, turn, side) in [(262, -10, 1), (538, 10, -1)] {
        pen.turned(turn, [x, 420], |pen| {
            pen.path(&format!("M{0} 200L{1} 200L{1} 40C{2} 0 {3} -20 {3} -70C{3} -100 {4} -104 {4} -70L{5} -20L{5} -190C{5} -226 {6} -226 {6} -190L{6} -230C{6} -266 {7} -266 {7} -230L{7} -212C{7} -246 {8} -246 {8} -212L{8} -170C{8} -200 {0} -200 {0} -170Z",
                -80 * side, 80 * side, 92 * side, 150 * side, 108 * side, 78 * side, 40 * side, 0, -40 * side), Soft);
            pen.line(&format!("M{0} -60L{0} -186M0 -60L0 -206M{1} -60L{1} -180", 39 * side, -40 * side), 4, Shade);
            pen.rect([-84, 120, 168, 90], 14, Dark);
            pen.line("M-70 144L70 144M-70 186L70 186", 5, Light);
            pen.rect([-30, 150, 60, 28], 4, PaperSoft);
        });
    }
}

pub(super) fn stakes(pen: &mut Pen) {
    for (x, top, paint) in [(250, 190, Soft), (400, 150, Soft), (550, 204, Soft)] {
        pen.turned((x - 400) / 30, [x, 400], |pen| {
            pen.path(
                &format!(
                    "M-50 {0}C-50 {1} 50 {1} 50 {0}L50 {2}L0 {3}L-50 {2}Z",
                    top - 400,
                    top - 440,
                    top - 200,
                    290
                ),
                paint,
            );
            pen.line(&format!("M0 {}L0 {}", top - 250, top - 350), 5, Paper);
            pen.leaf([0, top - 280], [50, 28], 48, Paper);
            pen.leaf([0, top - 290], [50, 28], -48, Paper);
            pen.path(
                &format!("M-50 {0}L-22 {0}L-22 {1}L-50 {2}Z", top - 400, top - 110, top - 200),
                Shine,
            );
        });
    }
}
