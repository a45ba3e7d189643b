use super::*;
use crate::catalog::import;

const WOOCOMMERCE: &str = "\
ID,Type,SKU,Name,Published,Description,Tax status,In stock?,Stock,Backorders allowed?,Weight (kg),Sale price,Regular price,Categories,Images,Parent,Attribute 1 name,Attribute 1 value(s)
10,variable,TEE,Tee,1,<p>Soft</p>,taxable,1,,0,,,,\"Clothing > Shirts, Sale\",\"https://a.example/1.jpg, https://a.example/2.jpg\",,Size,\"S, M\"
11,variation,TEE-S,Tee - S,1,,taxable,1,3,0,0.2,,20.00,,,id:10,Size,S
20,\"simple, virtual\",EBOOK,Book,0,,none,1,,notify,,5.00,8.00,Books,,,,
12,variation,TEE-M,Tee - M,1,,taxable,0,,0,0.2,,20.00,,,TEE,Size,M
30,grouped,SET,Set,1,,taxable,1,,0,,,,,,,,
";

const MEDUSA: &str = "\
Product Handle;Product Title;Product Status;Variant SKU;Variant Inventory Quantity;Variant Allow Backorder;Variant Weight;Price EUR;Option 1 Name;Option 1 Value;Image 1 Url
mug;Mug;published;MUG-B;5;false;300;9.5;Colour;Blue;https://a.example/mug.jpg
mug;Mug;published;MUG-R;0;true;300;9.5;Colour;Red;https://a.example/mug.jpg
";

#[test]
fn woocommerces_products_become_products_with_their_variations() {
    let file = product_file(ImportSource::Woocommerce, WOOCOMMERCE.as_bytes(), Currency::EUR).expect("a file");
    assert_eq!(file.problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [6]);
    // The rows of a product stand together, and know where they stood.
    assert_eq!([2, 3, 4].map(|row| file.row(row)), [3, 5, 4]);
    let parsed = import::read(file.csv.as_slice(), Currency::EUR);
    assert!(!parsed.has_errors(), "{:?}", parsed.problems);
    let [(_, tee), (_, book)] = parsed.drafts.as_slice() else {
        panic!("{:?}", parsed.drafts)
    };
    assert_eq!(
        (tee.slug.as_str(), tee.title.as_str(), tee.pictures.len()),
        ("tee", "Tee", 2)
    );
    let skus = tee.variants.iter().map(|variant| variant.sku.as_str());
    assert_eq!(skus.collect::<Vec<_>>(), ["TEE-S", "TEE-M"]);
    assert_eq!((book.slug.as_str(), book.variants.len()), ("book", 1));
    assert!(!book.variants[0].requires_shipping);
}

#[test]
fn medusas_products_become_products_with_their_variants() {
    let file = product_file(ImportSource::Medusa, MEDUSA.as_bytes(), Currency::EUR).expect("a file");
    let parsed = import::read(file.csv.as_slice(), Currency::EUR);
    assert!(
        file.problems.is_empty() && !parsed.has_errors(),
        "{:?}",
        parsed.problems
    );
    let [(_, mug)] = parsed.drafts.as_slice() else {
        panic!("{:?}", parsed.drafts)
    };
    let skus = mug.variants.iter().map(|variant| variant.sku.as_str());
    assert_eq!(
        (mug.slug.as_str(), skus.collect::<Vec<_>>()),
        ("mug", vec!["MUG-B", "MUG-R"])
    );
}

#[test]
fn what_is_counted_elsewhere_is_not_sold_without_end_and_a_sale_of_some_days_is_no_price() {
    let woocommerce = "ID,Type,SKU,Name,Published,In stock?,Stock,Sale price,Regular price,Parent,\
        Date sale price starts,Date sale price ends,Attribute 1 name,Attribute 1 value(s)\n\
        10,variable,TEE,Tee,1,1,12,,,,,,Size,\"S, M\"\n\
        11,variation,TEE-S,Tee - S,1,1,parent,12.00,20.00,id:10,2020-11-27 00:00:00,2020-11-30 23:59:59,Size,S\n\
        12,variation,TEE-M,Tee - M,1,1,3,15.00,20.00,id:10,,,Size,M\n";
    let medusa = "Product Handle;Product Title;Product Status;Variant SKU;Variant Manage Inventory;Price EUR\n\
        mug;Mug;published;MUG;true;9.5\nsong;Song;published;SONG;false;1\n";
    let (counted, uncounted) = (Some(true), Some(false));
    for (source, file, expected, warned) in [
        (
            ImportSource::Woocommerce,
            woocommerce,
            [(counted, None, 2_000, None), (counted, Some(3), 1_500, Some(2_000))],
            vec![1, 3],
        ),
        (
            ImportSource::Medusa,
            medusa,
            [(counted, None, 950, None), (uncounted, None, 100, None)],
            vec![1],
        ),
    ] {
        let parsed = read_products(source, file.as_bytes(), Currency::EUR).expect("a file");
        assert!(!parsed.has_errors(), "{:?}", parsed.problems);
        let variants = parsed.drafts.iter().flat_map(|(_, draft)| &draft.variants);
        let told = variants.map(|told| (told.tracked, told.on_hand, told.price_minor, told.compare_at_minor));
        assert_eq!(told.collect::<Vec<_>>(), expected, "{source:?}");
        let rows: Vec<_> = parsed.problems.iter().map(|problem| problem.row).collect();
        assert!(warned.iter().all(|row| rows.contains(row)), "{:?}", parsed.problems);
    }
}
