//! The kinds of things the demo shop sells, each as a drawing of a few shapes on a field of 800 by 800.
//!
//! To add one: draw it with a [`Pen`] in the file it belongs to (what stands has its foot at y = 640),
//! and give it a row in [`motifs!`].

mod bags;
mod bath;
mod decoration;
mod desk;
mod furniture;
mod kitchen;
mod lighting;
mod outdoor;
mod stationery;
mod tableware;

use serde::Deserialize;

use super::pen::Pen;

/// How many shapes or patterns a motif may have.
pub(super) const STYLES: usize = 3;

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
    ($($motif:ident: $file:ident::$draw:ident, $stance:ident;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum Motif {
            $($motif,)*
        }

        impl Motif {
            pub(super) fn draw(self, pen: &mut Pen) {
                match self {
                    $(Self::$motif => $file::$draw(pen),)*
                }
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
    DomeLamp: lighting::dome_lamp, Stands;
    ShadeLamp: lighting::shade_lamp, Stands;
    ArcLamp: lighting::arc_lamp, Stands;
    TaskLamp: lighting::task_lamp, Stands;
    Pendant: lighting::pendant, Hangs;
    Candle: lighting::candle, Stands;
    CandleHolder: lighting::candle_holder, Stands;
    Lantern: lighting::lantern, Stands;
    Armchair: furniture::armchair, Stands;
    Stool: furniture::stool, Stands;
    SideTable: furniture::side_table, Stands;
    Cushion: furniture::cushion, Stands;
    Throw: furniture::throw, Stands;
    Vase: decoration::vase, Stands;
    Clock: decoration::clock, Hangs;
    Mirror: decoration::mirror, Hangs;
    Rug: furniture::rug, Lies;
    Print: decoration::print, Hangs;
    Planter: decoration::planter, Stands;
    Basket: furniture::basket, Stands;
    Mug: tableware::mug, Stands;
    Kettle: tableware::kettle, Stands;
    Teapot: tableware::teapot, Stands;
    Bowls: tableware::bowls, Stands;
    Plates: tableware::plates, Lies;
    Knife: kitchen::knife, Lies;
    Board: kitchen::board, Lies;
    Pan: kitchen::pan, Lies;
    Casserole: kitchen::casserole, Stands;
    Mill: kitchen::mill, Stands;
    Jar: kitchen::jar, Stands;
    Carafe: tableware::carafe, Stands;
    Glasses: tableware::glasses, Stands;
    Dripper: tableware::dripper, Stands;
    Apron: kitchen::apron, Hangs;
    Towels: bath::towels, Stands;
    HangingTowel: bath::hanging_towel, Hangs;
    Dispenser: bath::dispenser, Stands;
    Soap: bath::soap, Lies;
    Bedding: bath::bedding, Stands;
    Brush: bath::brush, Lies;
    PenCup: desk::pen_cup, Stands;
    Trays: desk::trays, Stands;
    DeskMat: desk::desk_mat, Lies;
    Bookends: desk::bookends, Stands;
    LaptopStand: desk::laptop_stand, Stands;
    DeskClock: desk::desk_clock, Stands;
    Notebook: stationery::notebook, Lies;
    FountainPen: stationery::fountain_pen, Lies;
    Pencils: stationery::pencils, Lies;
    Cards: stationery::cards, Lies;
    Calendar: stationery::calendar, Stands;
    Book: stationery::book, Lies;
    Scissors: desk::scissors, Lies;
    Backpack: bags::backpack, Stands;
    Tote: bags::tote, Stands;
    Weekender: bags::weekender, Stands;
    Pouch: bags::pouch, Lies;
    Wallet: bags::wallet, Lies;
    Satchel: bags::satchel, Stands;
    WateringCan: outdoor::watering_can, Stands;
    Bottle: outdoor::bottle, Stands;
    GardenTools: outdoor::garden_tools, Lies;
    Birdhouse: outdoor::birdhouse, Hangs;
    DeckChair: outdoor::deck_chair, Stands;
    PicnicBasket: outdoor::picnic_basket, Stands;
    Hammock: outdoor::hammock, Hangs;
    FireBowl: outdoor::fire_bowl, Stands;
    Gloves: outdoor::gloves, Lies;
    Stakes: outdoor::stakes, Lies;
}
