//! What stands or lies on a desk.

use super::{
    super::pen::{
        Paint::{
            Base, Brass, BrassRound, Charcoal, Dark, Deep, Light, Metal, MetalDark, MetalRound, Paper, PaperDark,
            PaperSoft, Round, Shade, Sheen, Shine, Soft, Wood, WoodDark,
        },
        Pen,
    },
    decoration,
};

pub(super) fn pen_cup(pen: &mut Pen) {
    pen.shadow(400, 115);
    for (x, top, turn, paint) in [
        (350, 210, -9, Wood),
        (388, 170, -2, Charcoal),
        (424, 200, 5, Brass),
        (458, 226, 12, Light),
    ] {
        pen.turned(turn, [x, 440], |pen| {
            pen.rect([-11, top - 440, 22, 300], 3, paint);
            pen.path(&format!("M-11 {0}L11 {0}L0 {1}Z", top - 440, top - 484), PaperDark);
            pen.path(&format!("M-4 {0}L4 {0}L0 {1}Z", top - 468, top - 484), Charcoal);
        });
    }
    pen.path("M292 400L508 400L496 612C494 650 306 650 304 612Z", Round);
    if pen.style == 1 {
        pen.path("M296 470L504 470L500 540L300 540Z", Light);
    }
    pen.oval(400, 400, 108, 20, Deep);
    pen.path(
        "M292 400C292 426 508 426 508 400L507 410C500 434 300 434 293 410Z",
        Light,
    );
    pen.path("M316 430L342 434L346 632C332 628 326 620 324 610Z", Shine);
}

pub(super) fn trays(pen: &mut Pen) {
    pen.shadow(400, 240);
    for x in [190, 594] {
        pen.rect([x, 380, 16, 250], 4, BrassRound);
    }
    for top in [546, 396] {
        pen.path(&format!("M196 {0}L604 {0}L632 {top}L168 {top}Z", top - 34), Deep);
        for (inset, rise, paint) in [(30, 8, PaperDark), (50, 16, PaperSoft), (44, 24, Paper)] {
            let (back, left, right) = (top - 30 - rise, 210 + inset, 590 - inset);
            pen.path(
                &format!(
                    "M{left} {back}L{right} {back}L{} {top}L{} {top}Z",
                    right + 22,
                    left - 22
                ),
                paint,
            );
        }
        pen.path(
            &format!(
                "M168 {top}L632 {top}L632 {0}C632 {1} 168 {1} 168 {0}Z",
                top + 52,
                top + 76
            ),
            Round,
        );
        pen.path(
            &format!("M330 {top}L470 {top}C466 {0} 334 {0} 330 {top}Z", top + 34),
            Paper,
        );
        pen.line(&format!("M176 {0}L322 {0}M478 {0}L624 {0}", top + 3), 5, Light);
    }
}

pub(super) fn desk_mat(pen: &mut Pen) {
    pen.rect([96, 210, 608, 390], 26, Soft);
    pen.dashes("M120 234L680 234L680 576L120 576Z", 3, [10, 8], Light);
    pen.path(
        "M96 236C96 220 106 210 122 210L420 210L210 600L122 600C106 600 96 590 96 574Z",
        Sheen,
    );
    pen.turned(-5, [280, 400], |pen| {
        pen.rect([-90, -124, 186, 256], 8, Shade);
        pen.rect([-96, -130, 186, 256], 8, PaperSoft);
        pen.line("M-66 -88L58 -88M-66 -58L40 -58M-66 -28L54 -28M-66 2L20 2", 4, PaperDark);
    });
    pen.turned(14, [470, 400], |pen| {
        pen.rect([-10, -120, 20, 230], 8, Charcoal);
        pen.path("M-10 110L10 110L0 144Z", Brass);
    });
    pen.oval(598, 330, 62, 62, Deep);
    pen.oval(594, 324, 62, 62, Paper);
    pen.oval(594, 324, 50, 50, WoodDark);
    pen.line("M652 350C690 370 690 400 660 398", 11, Paper);
}

pub(super) fn bookends(pen: &mut Pen) {
    pen.shadow(400, 230);
    let books = [
        (276, 62, 250, PaperDark),
        (338, 44, 290, Charcoal),
        (382, 58, 270, Wood),
        (440, 36, 230, Paper),
        (476, 48, 282, WoodDark),
    ];
    for (x, width, height, paint) in books {
        pen.rect([x, 640 - height, width, height], 5, paint);
        pen.line(
            &format!(
                "M{} {1}L{2} {1}M{0} {3}L{2} {3}",
                x + 8,
                640 - height + 30,
                x + width - 8,
                606
            ),
            4,
            Shine,
        );
    }
    for (x, side) in [(272, -1), (528, 1)] {
        pen.turned(0, [x, 640], |pen| {
            if pen.style == 1 {
                pen.path(
                    &format!("M0 0L0 -210C{0} -210 {1} -110 {1} 0Z", side * 80, side * 136),
                    Round,
                );
            } else {
                pen.path(
                    &format!(
                        "M0 0L0 -220L{0} -220C{1} -220 {1} -190 {1} -190L{1} 0Z",
                        side * 60,
                        side * 92
                    ),
                    Round,
                );
                pen.path(
                    &format!("M{0} 0L{0} -90C{0} -140 {1} -140 {1} -90L{1} 0Z", side * 26, side * 70),
                    Shade,
                );
            }
        });
    }
}

pub(super) fn laptop_stand(pen: &mut Pen) {
    pen.shadow(400, 210);
    pen.path("M262 150L620 150C632 150 640 158 640 170L640 396C640 408 632 416 620 416L262 416C250 416 242 408 242 396L242 170C242 158 250 150 262 150Z", Charcoal);
    pen.rect([258, 166, 366, 234], 6, MetalRound);
    pen.path("M258 172L470 166L330 400L258 400Z", Shine);
    pen.path("M210 416L672 416L650 440L190 440Z", MetalDark);
    pen.path(
        "M176 438L660 438C668 438 668 458 660 458L176 458C168 458 168 438 176 438Z",
        Round,
    );
    pen.path(
        "M300 458L360 458L300 616L240 616ZM520 458L580 458L620 616L560 616Z",
        Dark,
    );
    pen.path(
        "M210 612L650 612C662 612 662 642 650 642L210 642C198 642 198 612 210 612Z",
        Round,
    );
}

pub(super) fn desk_clock(pen: &mut Pen) {
    pen.shadow(400, 150);
    pen.line("M310 560L276 634M490 560L524 634", 19, WoodDark);
    pen.rect([372, 190, 56, 40], 12, BrassRound);
    decoration::dial(pen, 420, 196);
}

pub(super) fn scissors(pen: &mut Pen) {
    pen.turned(28, [400, 400], |pen| {
        for side in [-1, 1] {
            pen.path(
                &format!(
                    "M{0} -300L{1} -10L{2} 40L{3} 30Z",
                    side * 16,
                    side * 26,
                    side * -6,
                    side * -22
                ),
                if side < 0 { MetalRound } else { Metal },
            );
            pen.line(&format!("M{0} 40L{1} 110", side * -12, side * -44), 22, Base);
            pen.line(
                &format!(
                    "M{0} 110C{1} 120 {1} 260 {0} 270C{2} 270 {2} 120 {0} 110Z",
                    side * -66,
                    side * -130,
                    side * -14
                ),
                22,
                if side < 0 { Base } else { Dark },
            );
        }
        pen.oval(0, 14, 13, 13, Brass);
        pen.line("M-12 -250L-8 -30", 4, Shine);
    });
}
