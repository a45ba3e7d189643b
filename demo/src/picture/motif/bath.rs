//! Towels, soap and beds.

use super::super::pen::{
    Paint::{
        Base, BrassRound, Charcoal, Dark, Light, MetalDark, Paper, PaperDark, PaperSoft, Round, Shade, Sheen, Shine,
        Soft, Wood, WoodDark, WoodRound,
    },
    Pen,
};

pub(super) fn towels(pen: &mut Pen) {
    pen.shadow(400, 200);
    for (top, paint, band) in [(536, Dark, Base), (438, Soft, Dark), (340, Light, Base)] {
        pen.rect([208, top, 384, 106], 40, paint);
        pen.line(&format!("M238 {0}L586 {0}", top + 53), 4, Shade);
        pen.path(&format!("M486 {0}L530 {0}L530 {1}L486 {1}Z", top, top + 106), band);
        pen.line(
            &format!("M234 {0}C300 {1} 420 {1} 470 {0}", top + 20, top + 14),
            6,
            Shine,
        );
    }
    pen.rect([306, 290, 130, 52], 22, Paper);
    pen.path("M310 318C340 330 400 330 432 318L430 338L314 338Z", PaperDark);
}

pub(super) fn hanging_towel(pen: &mut Pen) {
    pen.line("M150 210L650 210", 15, Wood);
    pen.line("M160 205L640 205", 3, Shine);
    pen.oval(150, 210, 14, 14, WoodDark);
    pen.oval(650, 210, 14, 14, WoodDark);
    pen.path(
        "M250 198C252 190 548 190 550 198L556 650C556 660 244 660 244 650Z",
        Soft,
    );
    match pen.style {
        0 => pen.line("M247 560L553 560M247 584L553 584M247 608L553 608", 8, Paper),
        1 => {
            pen.line(
                "M300 200L296 652M350 200L348 652M400 200L400 652M450 200L452 652M500 200L504 652",
                4,
                Light,
            );
            pen.line(
                "M250 270L550 270M249 340L551 340M248 410L552 410M247 480L553 480M246 550L554 550M245 610L555 610",
                4,
                Light,
            );
        }
        _ => {
            for row in 0..12 {
                pen.dashes(&format!("M264 {0}L540 {0}", 230 + row * 36), 5, [1, 30], Light);
            }
        }
    }
    pen.path("M258 202L300 202C288 350 310 500 286 654L248 652Z", Sheen);
    pen.path(
        "M430 202C446 350 420 500 440 656L470 656C452 500 470 350 456 202Z",
        Shade,
    );
    pen.path(
        "M250 198C252 190 548 190 550 198L550 226C500 234 300 234 250 226Z",
        Shade,
    );
}

pub(super) fn dispenser(pen: &mut Pen) {
    pen.shadow(400, 105);
    pen.line("M400 330L400 222L326 222L318 240", 15, MetalDark);
    pen.rect([372, 268, 56, 50], 8, BrassRound);
    pen.path("M350 326C350 312 450 312 450 326C496 338 508 362 508 400L508 606C508 648 292 648 292 606L292 400C292 362 304 338 350 326Z", Round);
    pen.rect([330, 432, 140, 130], 4, PaperSoft);
    pen.line("M360 470L440 470", 6, Charcoal);
    pen.line("M372 498L428 498M380 518L420 518", 3, Shade);
    pen.path(
        "M310 400C312 366 326 352 348 344C332 380 334 520 332 634C318 630 310 622 310 606Z",
        Shine,
    );
}

pub(super) fn soap(pen: &mut Pen) {
    pen.rect([180, 300, 440, 260], 60, WoodRound);
    pen.line(
        "M226 352L574 352M226 404L574 404M226 456L574 456M226 508L574 508",
        9,
        WoodDark,
    );
    pen.turned(-7, [400, 420], |pen| {
        pen.rect([-150, -92, 300, 184], 52, Dark);
        pen.rect([-150, -98, 300, 180], 52, Soft);
        pen.rect([-118, -68, 236, 120], 34, Shade);
        pen.rect([-115, -65, 232, 116], 32, Base);
        pen.leaf([-34, 22], [86, 40], 44, Light);
        pen.leaf([-20, 26], [86, 40], 84, Light);
        pen.path(
            "M-130 -40C-126 -72 -106 -84 -80 -86L30 -88C-40 -76 -96 -70 -130 -40Z",
            Shine,
        );
    });
    pen.oval(640, 620, 22, 22, Shine);
    pen.oval(604, 650, 12, 12, Shine);
    pen.oval(176, 250, 16, 16, Shine);
}

pub(super) fn bedding(pen: &mut Pen) {
    pen.shadow(400, 240);
    for (top, paint) in [(560, Dark), (490, Soft), (420, Soft)] {
        pen.rect([168, top, 464, 82], 40, paint);
        pen.line(
            &format!("M206 {0}C300 {1} 500 {1} 600 {0}", top + 60, top + 68),
            3,
            Shade,
        );
    }
    pen.path("M196 292C290 266 510 266 604 292C634 300 640 330 630 360C640 400 634 424 604 428C510 442 290 442 196 428C166 424 160 400 170 360C160 330 166 300 196 292Z", Light);
    pen.path("M196 292C290 266 510 266 604 292C590 300 300 300 250 330C220 350 200 400 196 428C166 424 160 400 170 360C160 330 166 300 196 292Z", Sheen);
    if pen.style != 0 {
        pen.line(
            "M230 318C330 298 470 298 570 318M230 402C330 416 470 416 570 402",
            4,
            Base,
        );
    }
    pen.line(
        "M300 340C330 356 350 354 372 346M470 384C500 374 530 376 556 384",
        4,
        Shade,
    );
    pen.path("M300 416L370 416L370 642L300 642Z", Shade);
    pen.line("M335 418L335 640", 7, Paper);
    pen.oval(335, 530, 20, 13, Paper);
}

pub(super) fn brush(pen: &mut Pen) {
    pen.turned(34, [420, 420], |pen| {
        pen.rect([-26, -60, 52, 390], 26, Soft);
        pen.line("M0 292L0 320", 6, Paper);
        pen.oval(0, -170, 96, 150, WoodDark);
        for column in -3..4_i32 {
            for row in -5..6_i32 {
                if column * column * 16 + row * row * 6 < 150 {
                    pen.oval(
                        column * 23,
                        -170 + row * 23,
                        7,
                        7,
                        if (row + column) % 2 == 0 { Paper } else { PaperDark },
                    );
                }
            }
        }
        pen.line("M-82 -170A82 136 0 1 1 82 -170A82 136 0 1 1 -82 -170", 14, Base);
        pen.line("M-12 -30L-12 300", 6, Shine);
    });
}
