//! The kinds of things the demo shop sells, each drawn in a few shapes on a field of 800 by 800.
//!
//! To add one: draw it in `drawings` (what stands has its foot at y = 640; `tint.rs` says which colours it may
//! name), once or once for each of its styles, and give it a row in [`motifs!`].

use serde::Deserialize;

/// Where a thing is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// On a table or a floor, from the front.
    Stands,
    /// Flat, from above.
    Lies,
    /// On a wall or from a ceiling.
    Hangs,
}

macro_rules! motifs {
    ($($motif:ident: $stance:ident, $($drawing:literal)+;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum Motif {
            $($motif,)*
        }

        impl Motif {
            /// Its shapes; where it has several styles, those of one.
            pub(super) fn drawing(self, style: usize) -> &'static str {
                let styles: &[&str] = match self {
                    $(Self::$motif => &[$(include_str!(concat!("drawings/", $drawing, ".svg"))),+],)*
                };
                styles[style % styles.len()]
            }

            pub(super) fn stance(self) -> Stance {
                match self {
                    $(Self::$motif => Stance::$stance,)*
                }
            }
        }
    };
}

motifs! {
    DomeLamp: Stands, "dome-lamp";
    ShadeLamp: Stands, "shade-lamp-0" "shade-lamp-1" "shade-lamp-2";
    ArcLamp: Stands, "arc-lamp";
    TaskLamp: Stands, "task-lamp";
    Pendant: Hangs, "pendant-0" "pendant-1" "pendant-2";
    Candle: Stands, "candle";
    CandleHolder: Stands, "candle-holder";
    Lantern: Stands, "lantern";
    Armchair: Stands, "armchair";
    Stool: Stands, "stool";
    SideTable: Stands, "side-table";
    Cushion: Stands, "cushion-0" "cushion-1" "cushion-2";
    Throw: Stands, "throw-0" "throw-1" "throw-2";
    Vase: Stands, "vase-0" "vase-1" "vase-2";
    Clock: Hangs, "clock-0" "clock-1" "clock-2";
    Mirror: Hangs, "mirror-0" "mirror-1" "mirror-2";
    Rug: Lies, "rug-0" "rug-1" "rug-2";
    Print: Hangs, "print-0" "print-1" "print-2";
    Planter: Stands, "planter-0" "planter-1" "planter-2";
    Basket: Stands, "basket";
    Mug: Stands, "mug-0" "mug-1" "mug-2";
    Kettle: Stands, "kettle";
    Teapot: Stands, "teapot";
    Bowls: Stands, "bowls";
    Plates: Lies, "plates-0" "plates-1" "plates-2";
    Knife: Lies, "knife-0" "knife-1" "knife-2";
    Board: Lies, "board-0" "board-1" "board-2";
    Pan: Lies, "pan";
    Casserole: Stands, "casserole";
    Mill: Stands, "mill-0" "mill-1" "mill-2";
    Jar: Stands, "jar";
    Carafe: Stands, "carafe";
    Glasses: Stands, "glasses";
    Dripper: Stands, "dripper";
    Apron: Hangs, "apron";
    Towels: Stands, "towels";
    HangingTowel: Hangs, "hanging-towel-0" "hanging-towel-1" "hanging-towel-2";
    Dispenser: Stands, "dispenser";
    Soap: Lies, "soap";
    Bedding: Stands, "bedding-0" "bedding-1" "bedding-2";
    Brush: Lies, "brush";
    PenCup: Stands, "pen-cup-0" "pen-cup-1" "pen-cup-2";
    Trays: Stands, "trays";
    DeskMat: Lies, "desk-mat";
    Bookends: Stands, "bookends-0" "bookends-1" "bookends-2";
    LaptopStand: Stands, "laptop-stand";
    DeskClock: Stands, "desk-clock-0" "desk-clock-1" "desk-clock-2";
    Notebook: Lies, "notebook-0" "notebook-1" "notebook-2";
    FountainPen: Lies, "fountain-pen";
    Pencils: Lies, "pencils";
    Cards: Lies, "cards";
    GiftCard: Lies, "gift-card";
    Calendar: Stands, "calendar";
    Book: Lies, "book-0" "book-1" "book-2";
    Scissors: Lies, "scissors";
    Backpack: Stands, "backpack-0" "backpack-1" "backpack-2";
    Tote: Stands, "tote-0" "tote-1" "tote-2";
    Weekender: Stands, "weekender";
    Pouch: Lies, "pouch-0" "pouch-1" "pouch-2";
    Wallet: Lies, "wallet";
    Satchel: Stands, "satchel";
    WateringCan: Stands, "watering-can";
    Bottle: Stands, "bottle-0" "bottle-1" "bottle-2";
    GardenTools: Lies, "garden-tools";
    Birdhouse: Hangs, "birdhouse";
    DeckChair: Stands, "deck-chair";
    PicnicBasket: Stands, "picnic-basket";
    Hammock: Hangs, "hammock";
    FireBowl: Stands, "fire-bowl";
    Gloves: Lies, "gloves";
    Stakes: Lies, "stakes";
}
