//! The kinds of things the demo shop sells, each as a drawing of a few shapes on a field of 800 by 800.
//!
//! To add one: draw it with a [`Pen`] in the room it belongs to (what stands has its foot at y = 640),
//! and name it in [`Motif`], [`Motif::draw`] and [`Motif::stance`].

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum Motif {
    DomeLamp,
    ShadeLamp,
    ArcLamp,
    TaskLamp,
    Pendant,
    Candle,
    CandleHolder,
    Lantern,
    Armchair,
    Stool,
    SideTable,
    Cushion,
    Throw,
    Vase,
    Clock,
    Mirror,
    Rug,
    Print,
    Planter,
    Basket,
    Mug,
    Kettle,
    Teapot,
    Bowls,
    Plates,
    Knife,
    Board,
    Pan,
    Casserole,
    Mill,
    Jar,
    Carafe,
    Glasses,
    Dripper,
    Apron,
    Towels,
    HangingTowel,
    Dispenser,
    Soap,
    Bedding,
    Brush,
    PenCup,
    Trays,
    DeskMat,
    Bookends,
    LaptopStand,
    DeskClock,
    Notebook,
    FountainPen,
    Pencils,
    Cards,
    Calendar,
    Book,
    Scissors,
    Backpack,
    Tote,
    Weekender,
    Pouch,
    Wallet,
    Satchel,
    WateringCan,
    Bottle,
    GardenTools,
    Birdhouse,
    DeckChair,
    PicnicBasket,
    Hammock,
    FireBowl,
    Gloves,
    Stakes,
}

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

impl Motif {
    pub(super) fn draw(self, pen: &mut Pen) {
        let draw = match self {
            Self::DomeLamp => lighting::dome_lamp,
            Self::ShadeLamp => lighting::shade_lamp,
            Self::ArcLamp => lighting::arc_lamp,
            Self::TaskLamp => lighting::task_lamp,
            Self::Pendant => lighting::pendant,
            Self::Candle => lighting::candle,
            Self::CandleHolder => lighting::candle_holder,
            Self::Lantern => lighting::lantern,
            Self::Armchair => furniture::armchair,
            Self::Stool => furniture::stool,
            Self::SideTable => furniture::side_table,
            Self::Cushion => furniture::cushion,
            Self::Throw => furniture::throw,
            Self::Vase => decoration::vase,
            Self::Clock => decoration::clock,
            Self::Mirror => decoration::mirror,
            Self::Rug => furniture::rug,
            Self::Print => decoration::print,
            Self::Planter => decoration::planter,
            Self::Basket => furniture::basket,
            Self::Mug => tableware::mug,
            Self::Kettle => tableware::kettle,
            Self::Teapot => tableware::teapot,
            Self::Bowls => tableware::bowls,
            Self::Plates => tableware::plates,
            Self::Knife => kitchen::knife,
            Self::Board => kitchen::board,
            Self::Pan => kitchen::pan,
            Self::Casserole => kitchen::casserole,
            Self::Mill => kitchen::mill,
            Self::Jar => kitchen::jar,
            Self::Carafe => tableware::carafe,
            Self::Glasses => tableware::glasses,
            Self::Dripper => tableware::dripper,
            Self::Apron => kitchen::apron,
            Self::Towels => bath::towels,
            Self::HangingTowel => bath::hanging_towel,
            Self::Dispenser => bath::dispenser,
            Self::Soap => bath::soap,
            Self::Bedding => bath::bedding,
            Self::Brush => bath::brush,
            Self::PenCup => desk::pen_cup,
            Self::Trays => desk::trays,
            Self::DeskMat => desk::desk_mat,
            Self::Bookends => desk::bookends,
            Self::LaptopStand => desk::laptop_stand,
            Self::DeskClock => desk::desk_clock,
            Self::Notebook => stationery::notebook,
            Self::FountainPen => stationery::fountain_pen,
            Self::Pencils => stationery::pencils,
            Self::Cards => stationery::cards,
            Self::Calendar => stationery::calendar,
            Self::Book => stationery::book,
            Self::Scissors => desk::scissors,
            Self::Backpack => bags::backpack,
            Self::Tote => bags::tote,
            Self::Weekender => bags::weekender,
            Self::Pouch => bags::pouch,
            Self::Wallet => bags::wallet,
            Self::Satchel => bags::satchel,
            Self::WateringCan => outdoor::watering_can,
            Self::Bottle => outdoor::bottle,
            Self::GardenTools => outdoor::garden_tools,
            Self::Birdhouse => outdoor::birdhouse,
            Self::DeckChair => outdoor::deck_chair,
            Self::PicnicBasket => outdoor::picnic_basket,
            Self::Hammock => outdoor::hammock,
            Self::FireBowl => outdoor::fire_bowl,
            Self::Gloves => outdoor::gloves,
            Self::Stakes => outdoor::stakes,
        };
        draw(pen);
    }

    pub(super) fn stance(self) -> Stance {
        match self {
            Self::Plates
            | Self::Knife
            | Self::Board
            | Self::Pan
            | Self::Soap
            | Self::Brush
            | Self::Rug
            | Self::DeskMat
            | Self::Notebook
            | Self::FountainPen
            | Self::Pencils
            | Self::Cards
            | Self::Book
            | Self::Scissors
            | Self::Pouch
            | Self::Wallet
            | Self::GardenTools
            | Self::Gloves
            | Self::Stakes => Stance::Lies,
            Self::Pendant
            | Self::Clock
            | Self::Mirror
            | Self::Print
            | Self::Apron
            | Self::HangingTowel
            | Self::Birdhouse
            | Self::Hammock => Stance::Hangs,
            _ => Stance::Stands,
        }
    }
}
