//! What one cooks with.

use super::super::pen::{
    Paint::{
        Brass, BrassRound, Dark, Deep, Glass, Light, MetalDark, MetalRound, Paper, PaperSoft, Round, Shade, Sheen,
        Shine, Soft, WoodDark, WoodRound,
    },
    Pen,
};

pub(super) fn knife(pen: &mut Pen) {
    pen.rect([110, 330, 580, 250], 26, WoodRound);
    pen.line(
        "M140 396C300 380 480 410 660 392M140 470C320 488 500 452 660 474M150 536C300 524 500 546 650 530",
        3,
        Shade,
    );
    let blade = match pen.style {
        0 => "M-20 -34C90 -36 240 -30 330 34C250 44 90 40 -20 40Z",
        1 => "M-20 -46L286 -46C304 -46 310 -30 304 -10L292 44L-20 44Z",
        _ => "M-20 -24C40 -26 120 -20 172 20C130 28 60 30 -20 30Z",
    };
    pen.turned(-31, [360, 440], |pen| {
        pen.path(blade, MetalRound);
        pen.path("M-20 -24L-8 -24L110 2L-20 6Z", Glass);
        pen.path("M-30 -38L-6 -38L-6 36L-30 36Z", MetalDark);
        pen.path(
            "M-28 -32C-100 -40 -190 -34 -262 -20C-286 -12 -286 38 -258 42C-190 44 -100 36 -28 34Z",
            Soft,
        );
        for x in [-80, -148, -216] {
            pen.oval(x, 3, 9, 9, Brass);
        }
        pen.path(
            "M-40 -24C-110 -30 -190 -24 -250 -10L-250 -4C-190 -16 -110 -18 -40 -14Z",
            Shine,
        );
    });
}

pub(super) fn board(pen: &mut Pen) {
    if pen.style == 1 {
        pen.path("M400 330C520 330 606 410 606 512C606 614 520 700 400 700C280 700 194 614 194 512C194 410 280 330 360 332L360 130C360 88 440 88 440 130L440 332Z", Soft);
    } else {
        pen.path("M260 260C300 258 352 246 354 204L354 140C354 82 446 82 446 140L446 204C448 246 500 258 540 260C562 262 572 276 572 296L572 666C572 688 560 698 540 698L260 698C240 698 228 688 228 666L228 296C228 276 238 262 260 260Z", Soft);
    }
    pen.oval(400, 146, 19, 19, Deep);
    pen.line("M270 350C262 460 284 560 268 660M326 330C340 450 318 560 334 676M396 300C388 430 408 560 394 680M464 326C478 440 452 570 470 676M528 350C520 460 540 570 526 656", 3, Shade);
    pen.oval(470, 560, 76, 76, Paper);
    pen.oval(470, 560, 66, 66, Brass);
    for turn in 0..8 {
        pen.turned(turn * 45, [470, 560], |pen| {
            pen.path(
                "M0 -8L-20 -56C-8 -62 8 -62 20 -56Z",
                if turn % 2 == 0 { PaperSoft } else { Paper },
            )
        });
    }
    pen.path(
        "M244 420C276 370 330 346 374 340L330 690C250 660 196 560 244 420Z",
        Sheen,
    );
}

pub(super) fn pan(pen: &mut Pen) {
    pen.turned(38, [340, 440], |pen| {
        pen.path("M-22 -200L22 -200L26 -470C26 -496 -26 -496 -26 -470Z", WoodRound);
        pen.rect([-26, -270, 52, 90], 12, MetalDark);
        pen.oval(0, -462, 9, 9, WoodDark);
    });
    pen.oval(340, 440, 228, 228, Deep);
    pen.oval(336, 434, 224, 224, Round);
    pen.oval(340, 440, 192, 192, Deep);
    pen.oval(340, 440, 186, 186, Dark);
    for radius in [150, 112, 74] {
        pen.line(
            &format!("M340 {0}A{radius} {radius} 0 1 1 339 {0}", 440 - radius),
            2,
            Shine,
        );
    }
    pen.path(
        "M176 400C190 330 250 282 310 274C250 312 216 360 214 430C196 428 178 420 176 400Z",
        Shine,
    );
}

pub(super) fn casserole(pen: &mut Pen) {
    pen.shadow(400, 220);
    pen.line(
        "M192 456C130 452 130 512 196 508M608 456C670 452 670 512 604 508",
        24,
        Dark,
    );
    pen.path(
        "M186 412L614 412L602 586C598 630 560 644 520 644L280 644C240 644 202 630 198 586Z",
        Round,
    );
    pen.path(
        "M176 404C176 344 300 318 400 318C500 318 624 344 624 404C624 424 176 424 176 404Z",
        Soft,
    );
    pen.path(
        "M176 404C176 424 624 424 624 404L622 420C590 438 210 438 178 420Z",
        Dark,
    );
    pen.rect([386, 292, 28, 30], 6, MetalDark);
    pen.oval(400, 286, 36, 19, BrassRound);
    pen.path("M224 440L262 446L272 630C244 626 226 614 222 586Z", Shine);
    pen.path("M220 388C250 356 310 342 360 338C310 350 276 366 258 396Z", Shine);
}

pub(super) fn mill(pen: &mut Pen) {
    let mills: &[(i32, bool)] = if pen.style == 1 {
        &[(500, true), (310, false)]
    } else {
        &[(400, false)]
    };
    for &(x, wooden) in mills {
        let (body, band) = if wooden { (WoodRound, WoodDark) } else { (Round, Dark) };
        pen.shadow(x, 78);
        pen.turned(0, [x, 0], |pen| {
            pen.path("M-66 622C-74 560 -26 500 -30 430C-32 400 -52 384 -52 356L52 356C52 384 32 400 30 430C26 500 74 560 66 622C64 650 -64 650 -66 622Z", body);
            pen.path("M-56 350C-66 300 -48 250 0 250C48 250 66 300 56 350C54 362 -54 362 -56 350Z", body);
            pen.line("M-54 354C-30 362 30 362 54 354", 5, band);
            pen.oval(0, 238, 17, 15, BrassRound);
            pen.path("M-44 320C-46 290 -34 272 -16 264C-28 290 -30 310 -28 348ZM-34 400L-14 404C-10 500 -44 560 -40 632L-56 626C-60 560 -22 500 -34 400Z", Shine);
        });
    }
}

pub(super) fn jar(pen: &mut Pen) {
    for (x, top) in [(510, 330), (312, 250)] {
        pen.shadow(x, 108);
        pen.path(
            &format!(
                "M{0} {top}L{1} {top}L{1} 606C{1} 650 {0} 650 {0} 606Z",
                x - 100,
                x + 100
            ),
            Glass,
        );
        let fill = top + 90;
        pen.path(
            &format!(
                "M{0} {fill}C{2} {3} {4} {3} {1} {fill}L{1} 602C{1} 638 {0} 638 {0} 602Z",
                x - 90,
                x + 90,
                x - 40,
                fill + 18,
                x + 40
            ),
            Round,
        );
        for (grain, row) in (0..24).map(|index| (index % 6, index / 6)) {
            pen.oval(
                x - 72 + grain * 29 + row % 2 * 9,
                fill + 34 + row * 34,
                6,
                4,
                if grain % 2 == 0 { Light } else { Dark },
            );
        }
        pen.rect([x - 106, top - 50, 212, 56], 14, WoodRound);
        pen.line(&format!("M{} {}L{} {}", x - 92, top - 4, x + 92, top - 4), 5, WoodDark);
        pen.path(
            &format!("M{0} {1}L{2} {1}L{2} 622L{0} 612Z", x - 84, top + 16, x - 60),
            Shine,
        );
    }
}

pub(super) fn apron(pen: &mut Pen) {
    pen.line("M336 240C340 130 460 130 464 240", 13, WoodDark);
    pen.line(
        "M238 430C190 470 180 540 196 600M562 430C610 470 620 540 604 600",
        10,
        WoodDark,
    );
    pen.oval(400, 150, 13, 13, Brass);
    pen.path(
        "M320 230L480 230C484 320 510 380 570 420L580 690C580 704 220 704 220 690L230 420C290 380 316 320 320 230Z",
        Soft,
    );
    pen.rect([306, 470, 188, 130], 8, Light);
    pen.line("M400 474L400 598", 3, Shade);
    pen.dashes("M312 480L488 480M318 246L482 246", 3, [9, 8], Paper);
    pen.path(
        "M330 240L372 240C370 400 320 560 330 692L240 688L248 430C300 390 326 330 330 240Z",
        Sheen,
    );
    pen.oval(338, 246, 7, 7, Brass);
    pen.oval(462, 246, 7, 7, Brass);
}
