//! A catalogue of any size, as a file that the shop's importer reads.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Product Category,Tags,Published,Option1 Name,Option1 Value,Variant SKU,\
    Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Status\n";

const ADJECTIVES: [&str; 12] = [
    "Blue", "Wooden", "Quiet", "Tall", "Woven", "Round", "Light", "Folding", "Striped", "Glazed", "Soft", "Old",
];
const THINGS: [&str; 16] = [
    "lamp", "chair", "bowl", "laptop", "blanket", "mirror", "shelf", "kettle", "basket", "clock", "table", "vase",
    "rug", "stool", "tray", "candle",
];
const SIZES: [&str; 3] = ["S", "M", "L"];
const CATEGORIES: [&str; 8] = [
    "Furniture",
    "Furniture > Chairs",
    "Furniture > Tables",
    "Kitchen",
    "Kitchen > Bowls",
    "Home",
    "Home > Lighting",
    "Home > Textiles",
];

/// So much of each that no load sells it out.
const PIECES: u32 = 1_000_000;

/// The slug and SKU of what everybody buys.
pub const HOT: &str = "bench-hot";

/// The slug and SKU of what a flash sale sells.
pub const SALE: &str = "bench-sale";

/// The slug of the product whose page is asked for.
pub const SHOWN: &str = "bench-0";

/// Writes `products` products of one to three variants, with texts as long as shops write them, and those that
/// [`HOT`] and [`SALE`] name, of the latter `sale_pieces`.
pub fn write(to: &Path, products: usize, sale_pieces: u64) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(to)?);
    file.write_all(HEADER.as_bytes())?;
    for number in 0..products {
        product(&mut file, number)?;
    }
    for (slug, pieces) in [(HOT, PIECES.into()), (SALE, sale_pieces)] {
        writeln!(
            file,
            "{slug},{slug},Wanted,Bench,Home,sale,TRUE,Title,Default Title,{slug},{pieces},10.00,,,active"
        )?;
    }
    file.flush()
}

fn product(file: &mut impl Write, number: usize) -> io::Result<()> {
    let adjective = ADJECTIVES[number % ADJECTIVES.len()];
    let thing = THINGS[(number / ADJECTIVES.len()) % THINGS.len()];
    let category = CATEGORIES[number % CATEGORIES.len()];
    let slug = format!("bench-{number}");
    for (at, size) in SIZES.iter().enumerate().take(1 + number % SIZES.len()) {
        if at == 0 {
            // About a kilobyte, of words that differ between products.
            let text = format!("<p>{adjective} {thing} number {number}, made to be used every day. ").repeat(16);
            write!(
                file,
                "{slug},{adjective} {thing} {number},\"{text}</p>\",Maker {},{category},\"{thing}, new\",TRUE,Size,",
                number % 50
            )?;
        } else {
            write!(file, "{slug},,,,,,,,")?;
        }
        let price = 500 + (number * 37 + at * 100) % 20_000;
        let picture = match at {
            0 => format!("https://pictures.invalid/{number}.jpg"),
            _ => String::new(),
        };
        let status = if at == 0 { "active" } else { "" };
        writeln!(
            file,
            "{size},{slug}-{size},{PIECES},{}.{:02},,{picture},{status}",
            price / 100,
            price % 100
        )?;
    }
    Ok(())
}
