//! Paper, and what is done with it.

use super::super::pen::{
    Paint::{
        Base, Brass, BrassRound, Charcoal, Dark, Deep, Light, Paper, PaperDark, PaperSoft, Round, Shade, Sheen, Shine,
        Soft, Wood, WoodRound,
    },
    Pen,
};

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
