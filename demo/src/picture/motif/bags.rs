//! Bags, and what goes into them.

use super::super::pen::{
    Paint::{Base, Brass, BrassRound, Charcoal, Dark, Deep, Light, Paper, Round, Shade, Sheen, Soft, Wood, WoodDark},
    Pen,
};

pub(super) fn backpack(pen: &mut Pen) {
    pen.shadow(400, 180);
    pen.line("M356 208C356 140 444 140 444 208", 15, Deep);
    pen.path(
        "M252 440C226 480 220 560 238 610L268 610L268 420ZM548 440C574 480 580 560 562 610L532 610L532 420Z",
        Dark,
    );
    pen.path("M256 330C256 236 310 190 400 190C490 190 544 236 544 330L552 590C552 628 530 644 494 644L306 644C270 644 248 628 248 590Z", Round);
    if pen.style == 1 {
        pen.path(
            "M262 262C272 206 330 182 400 182C470 182 528 206 538 262L550 372C552 400 248 400 250 372Z",
            Dark,
        );
        pen.path(
            "M262 256C272 200 330 176 400 176C470 176 528 200 538 256L550 366C552 394 248 394 250 366Z",
            Soft,
        );
        pen.dashes("M262 362C300 380 500 380 538 362", 2, [6, 7], Light);
        pen.rect([306, 340, 26, 180], 4, Wood);
        pen.rect([468, 340, 26, 180], 4, Wood);
        pen.rect([300, 430, 38, 30], 5, BrassRound);
        pen.rect([462, 430, 38, 30], 5, BrassRound);
    } else {
        pen.line("M280 342C290 262 330 226 400 226C470 226 510 262 520 342", 4, Deep);
        pen.dashes(
            "M280 342C290 262 330 226 400 226C470 226 510 262 520 342",
            2,
            [6, 7],
            Light,
        );
        pen.rect([372, 282, 56, 38], 5, Wood);
    }
    pen.path(
        "M290 446C290 426 510 426 510 446L514 594C514 618 500 624 486 624L314 624C300 624 286 618 286 594Z",
        Soft,
    );
    pen.line("M302 470L498 470", 5, Deep);
    pen.rect([440, 466, 11, 36], 4, Brass);
    pen.path(
        "M274 340C276 280 300 240 340 222C310 280 300 360 296 620C272 616 268 604 268 590Z",
        Sheen,
    );
}

pub(super) fn tote(pen: &mut Pen) {
    pen.shadow(400, 190);
    pen.line("M318 350C318 206 352 176 400 176C448 176 482 206 482 350", 15, Deep);
    pen.path(
        "M222 320L578 320L600 606C602 634 590 644 566 644L234 644C210 644 198 634 200 606Z",
        Soft,
    );
    pen.line("M318 372C318 236 352 206 400 206C448 206 482 236 482 372", 15, Base);
    pen.rect([306, 316, 24, 66], 3, Dark);
    pen.rect([470, 316, 24, 66], 3, Dark);
    match pen.style {
        0 => pen.path(
            "M212 470L588 470L600 606C602 634 590 644 566 644L234 644C210 644 198 634 200 606Z",
            Dark,
        ),
        1 => {
            pen.oval(400, 500, 74, 74, Light);
            pen.leaf([400, 560], [112, 54], 0, Dark);
        }
        _ => {
            for x in [262, 318, 374, 430, 486, 542] {
                pen.line(&format!("M{x} 324L{} 640", 400 + (x - 400) * 11 / 10), 7, Light);
            }
        }
    }
    pen.dashes("M232 342L568 342", 3, [8, 8], Light);
    pen.path("M236 326L300 326L276 640L234 640C216 640 208 632 210 606Z", Sheen);
}

pub(super) fn weekender(pen: &mut Pen) {
    pen.shadow(400, 250);
    pen.line("M296 380C300 220 500 220 504 380", 17, WoodDark);
    pen.path("M160 440C160 380 220 350 400 350C580 350 640 380 640 440L648 590C648 632 620 644 580 644L220 644C180 644 152 632 152 590Z", Round);
    pen.line("M196 398C260 372 540 372 604 398", 6, Charcoal);
    pen.path(
        "M156 560L644 560L648 592C648 632 620 644 580 644L220 644C180 644 152 632 152 592Z",
        Dark,
    );
    for x in [282, 490] {
        pen.rect([x, 376, 28, 266], 4, Wood);
        pen.rect([x - 4, 470, 36, 22], 4, BrassRound);
    }
    pen.line(
        "M296 384C296 300 330 262 360 250M504 384C504 300 470 262 440 250",
        17,
        Wood,
    );
    pen.dashes("M172 572L628 572", 3, [8, 8], Light);
    pen.path(
        "M182 440C184 412 210 396 250 388L226 632C196 630 180 620 178 590Z",
        Sheen,
    );
}

pub(super) fn pouch(pen: &mut Pen) {
    pen.turned(-6, [400, 410], |pen| {
        pen.rect([-240, -150, 480, 320], 30, Soft);
        pen.path(
            "M-240 -110C-240 -140 -220 -150 -210 -150L210 -150C226 -150 240 -140 240 -110Z",
            Dark,
        );
        pen.line("M-206 -110L206 -110", 9, Brass);
        pen.dashes("M-222 -88L222 -88", 3, [8, 8], Light);
        pen.rect([150, -126, 62, 30], 8, BrassRound);
        pen.line("M206 -110L270 -40", 12, WoodDark);
        match pen.style {
            0 => pen.rect([-200, 60, 96, 56], 5, Wood),
            1 => pen.line("M-240 20L240 20M-240 60L240 60M-240 100L240 100", 9, Light),
            _ => pen.path(
                "M-240 60L240 -20L240 140C240 160 226 170 210 170L-210 170C-230 170 -240 160 -240 140Z",
                Dark,
            ),
        }
        pen.path("M-224 -70L-20 -70L-190 150C-214 150 -224 146 -224 130Z", Sheen);
    });
}

pub(super) fn wallet(pen: &mut Pen) {
    pen.turned(-8, [400, 400], |pen| {
        pen.rect([-96, -206, 290, 180], 12, Paper);
        pen.line("M-64 -170L60 -170M-64 -146L10 -146", 6, Shade);
        pen.rect([-150, -172, 290, 180], 12, Brass);
        pen.rect([-120, -140, 52, 38], 6, Paper);
        pen.rect([-230, -120, 460, 306], 26, Soft);
        pen.path(
            "M-230 -94C-230 -110 -218 -120 -204 -120L204 -120C220 -120 230 -110 230 -94L230 0C120 44 -120 44 -230 0Z",
            Dark,
        );
        pen.dashes("M-212 -2C-110 38 110 38 212 -2M-212 160L212 160", 3, [8, 8], Light);
        pen.oval(0, 24, 15, 15, BrassRound);
        pen.path("M-214 -90L-60 -100L-190 168C-208 168 -214 160 -214 146Z", Sheen);
    });
}

pub(super) fn satchel(pen: &mut Pen) {
    pen.shadow(400, 210);
    pen.line("M226 400C180 120 620 120 574 400", 14, Deep);
    pen.path(
        "M200 360L600 360L614 596C616 632 600 644 568 644L232 644C200 644 184 632 186 596Z",
        Round,
    );
    pen.path("M192 356C192 336 208 328 228 328L572 328C592 328 608 336 608 356L614 470C614 540 540 560 400 560C260 560 186 540 186 470Z", Soft);
    pen.dashes(
        "M204 470C206 526 280 542 400 542C520 542 594 526 596 470",
        3,
        [8, 8],
        Light,
    );
    for x in [286, 490] {
        pen.rect([x, 500, 24, 110], 4, Dark);
        pen.rect([x - 5, 548, 34, 30], 5, BrassRound);
    }
    pen.path(
        "M210 356C212 344 224 342 236 342L330 342L280 548C230 540 204 516 204 470Z",
        Sheen,
    );
    pen.line("M204 358L596 358", 3, Base);
}
