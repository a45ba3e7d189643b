//! The desk, and what is written on it.

use super::{
    super::pen::{
        Paint::{
            Base, Brass, BrassRound, Charcoal, Dark, Deep, Light, Metal, MetalDark, MetalRound, Paper, PaperDark,
            PaperSoft, Round, Shade, Sheen, Shine, Soft, Wood, WoodDark, WoodRound,
        },
        Pen,
    },
    living,
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
    living::dial(pen, 420, 196);
}

pub(super) fn notebook(pen: &mut Pen) {
    pen.turned(-8, [400, 400], |pen| {
        pen.rect([-176, -250, 372, 510], 14, PaperDark);
        pen.rect([-180, -254, 370, 506], 14, Paper);
        pen.rect([-190, -260, 370, 510], 16, Soft);
        pen.rect([-190, -260, 44, 510], 14, Dark);
        match pen.style {
            0 => {
                pen.rect([114, -260, 20, 510], 0, Deep);
                pen.rect([-80, -180, 140, 70], 4, PaperSoft);
                pen.line("M-56 -154L36 -154M-56 -134L8 -134", 4, Charcoal);
            }
            1 => {
                pen.path("M-146 60L180 60L180 234C180 244 174 250 164 250L-146 250Z", Light);
                pen.oval(18, -74, 66, 66, Light);
            }
            _ => {
                pen.line("M-100 -190L130 -190M-100 -150L130 -150M-100 -110L60 -110", 7, Light);
                pen.path("M90 250L90 322L106 304L122 322L122 250Z", Brass);
            }
        }
        pen.path("M-140 -256L60 -256L-140 180Z", Sheen);
    });
}

pub(super) fn fountain_pen(pen: &mut Pen) {
    pen.turned(38, [400, 400], |pen| {
        pen.rect([-30, -300, 60, 250], 26, Round);
        pen.rect([-33, -66, 66, 24], 4, BrassRound);
        pen.path("M-27 -42L27 -42L22 160L-22 160Z", Round);
        pen.rect([-19, 160, 38, 56], 6, Dark);
        pen.path("M-19 216L19 216L10 262L0 304L-10 262Z", BrassRound);
        pen.line("M0 244L0 296", 2, Charcoal);
        pen.oval(0, 242, 5, 5, Charcoal);
        pen.rect([16, -276, 12, 170], 6, BrassRound);
        pen.path("M-20 -280L-8 -284L-8 150L-14 150Z", Shine);
    });
    pen.line(
        "M118 640C150 590 176 600 168 634C160 668 210 640 226 612C236 600 240 640 262 628C284 614 300 600 322 626",
        5,
        Base,
    );
}

pub(super) fn pencils(pen: &mut Pen) {
    let colours = [Dark, Base, Light, Wood, Soft, Deep];
    for (index, paint) in (0..).zip(colours) {
        let (x, top) = (
            180 + index * 78,
            190 + [0, 34, 8, 46, 18, 40][usize::try_from(index).unwrap_or(0)],
        );
        pen.rect([x, top, 46, 440], 3, paint);
        pen.rect([x + 30, top, 16, 440], 0, Shade);
        pen.rect([x + 8, top, 6, 440], 0, Shine);
        pen.path(
            &format!("M{x} {top}L{0} {top}L{1} {2}Z", x + 46, x + 23, top - 74),
            PaperDark,
        );
        pen.path(
            &format!("M{0} {1}L{2} {1}L{3} {4}Z", x + 15, top - 50, x + 31, x + 23, top - 74),
            if paint == Wood { Charcoal } else { paint },
        );
        pen.rect([x, top + 410, 46, 34], 3, BrassRound);
    }
}

pub(super) fn cards(pen: &mut Pen) {
    pen.turned(9, [440, 330], |pen| {
        pen.rect([-220, -150, 440, 300], 8, Soft);
        pen.path("M-216 -148L0 40L216 -148Z", Light);
        pen.line("M-216 -146L0 40L216 -146", 3, Shade);
        pen.oval(0, 40, 28, 28, Deep);
    });
    pen.turned(-7, [370, 500], |pen| {
        pen.rect([-194, -134, 400, 276], 6, Shade);
        pen.rect([-200, -140, 400, 276], 6, PaperSoft);
        pen.line("M-120 92C-60 20 0 20 40 -70", 4, Dark);
        for (x, y, turn) in [
            (-90, 60, -36),
            (-50, 26, 62),
            (-14, -4, -20),
            (12, -34, 74),
            (40, -66, 18),
        ] {
            pen.leaf([x, y], [66, 34], turn, if turn > 0 { Base } else { Dark });
        }
    });
}

pub(super) fn calendar(pen: &mut Pen) {
    pen.shadow(400, 210);
    pen.path("M214 610L586 610L610 640L190 640Z", WoodRound);
    pen.rect([206, 236, 388, 380], 8, PaperSoft);
    pen.path(
        "M206 244C206 240 210 236 214 236L586 236C590 236 594 240 594 244L594 330L206 330Z",
        Soft,
    );
    pen.line("M240 284L360 284", 13, Paper);
    for (column, row) in (0..35).map(|index| (index % 7, index / 7)) {
        let marked = column == 3 && row == 2;
        pen.oval(
            250 + column * 50,
            374 + row * 50,
            if marked { 19 } else { 9 },
            if marked { 19 } else { 9 },
            if marked { Base } else { PaperDark },
        );
    }
    for x in (240..580).step_by(40) {
        pen.line(&format!("M{x} 246L{x} 220"), 6, Charcoal);
    }
    pen.path("M206 330L420 330L206 616Z", Sheen);
}

pub(super) fn book(pen: &mut Pen) {
    pen.turned(6, [400, 400], |pen| {
        pen.rect([-172, -252, 366, 520], 6, PaperDark);
        pen.rect([-178, -256, 366, 516], 6, Paper);
        pen.rect([-190, -264, 366, 520], 8, Soft);
        pen.line("M-166 -260L-166 252", 5, Shade);
        match pen.style {
            0 => {
                pen.path(
                    "M-150 256L-150 90C-60 10 0 110 70 50C120 8 150 20 176 40L176 248C176 254 172 256 168 256Z",
                    Dark,
                );
                pen.oval(76, -50, 48, 48, Light);
            }
            1 => {
                for (index, turn) in [-52, -27, 0, 27, 52].into_iter().enumerate() {
                    pen.leaf([6, 160], [168, 58], turn, if index % 2 == 0 { Light } else { Dark });
                }
                pen.path("M-44 150L56 150L44 220L-32 220Z", Paper);
            }
            _ => {
                pen.path("M-80 20L92 20C90 130 60 170 6 170C-48 170 -78 130 -80 20Z", Light);
                pen.line("M90 50C140 50 130 120 74 116", 13, Light);
                pen.line("M-30 -20C-50 -50 -10 -60 -30 -90M20 -20C0 -50 40 -60 20 -90", 6, Light);
            }
        }
        pen.rect([-110, -210, 230, 13], 2, Paper);
        pen.rect([-110, -182, 160, 13], 2, Paper);
        pen.line("M-110 -150L-30 -150", 4, Paper);
        pen.path("M-158 -262L20 -262L-158 150Z", Sheen);
    });
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
