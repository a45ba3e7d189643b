mod properties;
mod spreadsheets;

use super::*;
use crate::{
    catalog::draft::{PictureDraft, ProductDraft, VariantDraft},
    money::{Currency, Money},
};

const HEADER: &str = "Handle,Title,Body (HTML),Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,\
                      Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Position,Image Alt Text,Status";

fn parse(text: impl AsRef<[u8]>) -> Parsed {
    read(text.as_ref(), Currency::EUR)
}

fn with_header(rows: &str) -> Parsed {
    parse(format!("{HEADER}\n{rows}"))
}

/// Row, column and severity of each problem.
fn places(parsed: &Parsed) -> Vec<(usize, &str, Severity)> {
    parsed
        .problems
        .iter()
        .map(|problem| (problem.row, problem.column.as_str(), problem.severity))
        .collect()
}

#[test]
fn rows_of_one_handle_are_one_product() {
    let parsed = parse(format!(
        "\u{feff}{HEADER}\r\n\
         pot,Clay pot,\"<p>Two\r\nlines, \"\"quoted\"\"</p>\",Garden & Yard,\"Pot, Plants\",TRUE,Size,Small,POT-S,1000.0,3,\"1,009.90\",,https://a.example/2.jpg,2,Two,active\r\n\
         pot,,,,,,,Large,,,-1,15,20,,,,\r\n\
         pot,,,,,,,,,,,,,https://a.example/1.jpg,1,One,\r\n\
         lamp,Lamp,,,,true,Title,Default Title,,,,5,,,,,draft\r\n"
    ));
    assert_eq!(places(&parsed), [(3, "Variant Inventory Qty", Severity::Warning)]);
    let [(2, pot), (5, lamp)] = parsed.drafts.as_slice() else {
        panic!("{:?}", parsed.drafts)
    };
    assert_eq!(pot.category_path, ["Garden & Yard"]);
    assert_eq!(pot.description_html, "<p>Two\nlines, \"quoted\"</p>");
    assert_eq!(
        (pot.tags.join("|"), pot.options.join("|")),
        ("Pot|Plants".into(), "Size".into())
    );
    let variants: Vec<_> = pot
        .variants
        .iter()
        .map(|v| {
            (
                v.sku.as_str(),
                v.price_minor,
                v.compare_at_minor,
                v.on_hand,
                v.weight_grams,
            )
        })
        .collect();
    assert_eq!(
        variants,
        [
            ("POT-S", 100_990, None, Some(3), 1_000),
            ("POT-LARGE", 1_500, Some(2_000), Some(0), 0)
        ]
    );
    let alts: Vec<_> = pot.pictures.iter().map(|picture| picture.alt.as_str()).collect();
    assert_eq!(alts, ["One", "Two"]);
    assert!(pot.active && !lamp.active && lamp.options.is_empty());
    assert_eq!(lamp.variants[0].sku, "LAMP");
}

#[test]
fn each_broken_row_is_named_with_its_column() {
    let parsed = with_header(
        "pot,Pot,,,,maybe,,,P-1,,,9.99,,,,,\n\
         cup,,,,,,,,C-1,,,1,,,,,\n\
         ,Nameless,,,,,,,N-1,,,1,,,,,\n\
         jug,Jug,,,,,,,J-1,heavy,some,free,-1,ftp://x/y,first,,odd\n\
         tin,Tin,,,,,,,P-1,,,1,,,,,,,\n\
         can,Can,,,,,,,C-2,,,1,,,,,,extra\n\
         bag,Bag,,,,,,,B-1,,,,,,,,\n\
         jar,Jar,,,,,,,J-1,,,1,,,,,\n\
         tin,Tin again,,,,,,,T-2,,,1,,,,,\n\
         vase,Vase,,,,,Size,S,V-1,,,1,,,,,\n\
         vase,,,,,,,S,V-1,,,1,,,,,\n",
    );
    use Severity::{Error, Warning};
    let expected = [
        (2, "Published", Error),
        (3, "Title", Error),
        (4, "Handle", Warning),
        (5, "Status", Error),
        (5, "Image Src", Warning),
        (5, "Variant Price", Error),
        (5, "Variant Compare At Price", Error),
        (5, "Variant Inventory Qty", Error),
        (5, "Variant Grams", Error),
        (7, "", Error),
        (8, "Variant Price", Error),
        (10, "Handle", Error),
        (12, "Variant SKU", Error),
        (12, "Option1 Value", Error),
    ];
    let mut found = places(&parsed);
    let mut expected = expected.to_vec();
    let by_place = |a: &(usize, &str, Severity), b: &(usize, &str, Severity)| (a.0, a.1).cmp(&(b.0, b.1));
    found.sort_by(by_place);
    expected.sort_by(by_place);
    assert_eq!(found, expected);
    assert!(
        parsed
            .problems
            .iter()
            .all(|problem| problem.message.to_string().ends_with('.'))
    );
    assert!(parsed.has_errors());
}

#[test]
fn an_sku_stands_once_in_a_file() {
    let parsed = with_header("a,A,,,,,,,X,,,1,,,,,\nb,B,,,,,,,X,,,1,,,,,\n");
    assert_eq!(places(&parsed), [(3, "Variant SKU", Severity::Error)]);
    assert!(
        parsed.problems[0].message.to_string().contains("row 2"),
        "{}",
        parsed.problems[0].message
    );
}

#[test]
fn a_file_without_its_columns_says_so() {
    assert_eq!(places(&parse("")), [(1, "", Severity::Error)]);
    assert_eq!(
        places(&parse("Handle,Title\na,A\n")),
        [(1, "Variant Price", Severity::Error)]
    );
    assert_eq!(
        places(&parse("Handle,Title,Variant Price,handle\na,A,1,a\n")),
        [(1, "handle", Severity::Error)]
    );
    assert_eq!(
        places(&parse(b"Handle,Title,Variant Price\na,A\xff,1\n")),
        [(2, "", Severity::Error)]
    );
}

#[test]
fn the_newer_template_is_read_too() {
    let parsed = parse(
        "Title,URL handle,Description,Product category,Status,SKU,Option1 name,Option1 value,Option1 Linked To,Price,\
         Compare-at price,Inventory quantity,Weight value (grams),Product image URL,Variant image URL,\
         Material (product.metafields.custom.material)\n\
         Chair,chair,<p>Sit</p>,Furniture > Chairs,Active,'007,Color,Oak,product.metafields.x,10,12,4,900,https://a.example/a.jpg,https://a.example/b.jpg,Oak; Steel\n",
    );
    // What an option is linked to is not kept.
    assert_eq!(places(&parsed), [(1, "", Severity::Warning)]);
    let chair = &parsed.drafts[0].1;
    assert_eq!(
        (chair.slug.as_str(), chair.category_path.join("/")),
        ("chair", "Furniture/Chairs".to_owned())
    );
    assert_eq!(
        chair.attributes,
        [("Material".into(), "Oak".into()), ("Material".into(), "Steel".into())]
    );
    let variant = &chair.variants[0];
    assert_eq!(
        (variant.sku.as_str(), variant.weight_grams, variant.on_hand),
        ("007", 900, Some(4))
    );
    assert_eq!(
        (chair.pictures.len(), variant.picture.as_deref()),
        (2, Some("https://a.example/b.jpg"))
    );
}

#[test]
fn what_is_for_other_software_and_prices_per_unit_are_kept() {
    let parsed = parse(
        "Handle,Title,Variant Price,Unit Price Total Measure,Unit Price Total Measure Unit,Unit Price Base Measure,Unit Price Base Measure Unit,\
         Google Shopping / MPN,Google Shopping / Custom Label 0,Care (product.metafields.custom.care)\n\
         oil,Oil,3.95,250,ml,1,l,MPN-1,,Keep it dark; Shake\n\
         tea,Tea,5,0,,,,,,\n\
         jam,Jam,5,much,g,,,,,\n",
    );
    assert_eq!(places(&parsed), [(4, "Unit Price Total Measure", Severity::Warning)]);
    let [(_, oil), (_, tea), (_, jam)] = parsed.drafts.as_slice() else {
        panic!("{:?}", parsed.drafts)
    };
    let measured = oil.variants[0].unit_measurement.as_ref().expect("a measurement");
    assert_eq!(
        (
            measured.quantity_micro,
            measured.quantity_unit.as_str(),
            measured.reference_unit.as_str()
        ),
        (250_000_000, "ML", "L")
    );
    assert!(tea.variants[0].unit_measurement.is_none() && jam.variants[0].unit_measurement.is_none());
    let kept: Vec<_> = oil
        .metafields
        .iter()
        .map(|field| (field.namespace.as_str(), field.key.as_str(), field.value.as_str()))
        .collect();
    assert_eq!(
        kept,
        [
            ("mm-google-shopping", "mpn", "MPN-1"),
            ("custom", "care", "Keep it dark; Shake")
        ]
    );
    assert_eq!(oil.attributes.len(), 2, "it is an attribute, too");
}

#[test]
fn derived_skus_are_the_same_each_time_and_distinct() {
    let rows = "pot,Pot,,,,,Size,A/B,,,,1,,,,,\npot,,,,,,,A B,,,,1,,,,,\n";
    let skus = |parsed: Parsed| {
        parsed.drafts[0]
            .1
            .variants
            .iter()
            .map(|variant| variant.sku.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(skus(with_header(rows)), ["POT-A-B", "POT-A-B-2"]);
    assert_eq!(skus(with_header(rows)), skus(with_header(rows)));
}

/// What each row of a file with these columns becomes, with what is told of it.
fn told(header: &str, rows: &str) -> (Vec<ProductDraft>, Vec<String>) {
    let parsed = parse(format!("Handle,Title,Variant SKU,Variant Price,{header}\r\n{rows}"));
    let told = parsed.problems.iter().map(|problem| {
        let RowProblem {
            row, product, message, ..
        } = problem;
        format!("{row} {product}: {message}")
    });
    let told = told.collect();
    (parsed.drafts.into_iter().map(|(_, draft)| draft).collect(), told)
}

#[test]
fn text_is_mended_where_nothing_is_lost() {
    let (drafts, told) = told(
        "SEO Description,Image Src,Image Alt Text",
        "a,Oak\u{200B}bowl\u{200E},A,10,\"First.\r\nSecond.\",https://cdn.example/my photo's.jpg,\"Seen from\nabove\"\r\n\
         \r\n\
         เสื้อยืด,Shirt,B,10,,,\r\nहिन्दी-किताबें,Book,,10,,,\r\n",
    );
    let [bowl, shirt, book] = drafts.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(bowl.title, "Oakbowl");
    assert_eq!(bowl.seo_description.as_deref(), Some("First.\nSecond."));
    let picture = &bowl.pictures[0];
    assert_eq!(picture.source, "https://cdn.example/my%20photo%27s.jpg");
    assert_eq!(picture.alt, "Seen from above");
    assert_eq!([&shirt.slug, &book.slug], ["เสื้อยืด", "हिन्दी-किताबें"]);
    assert_eq!(book.variants[0].sku, "हिन्दी-किताबें");
    assert_eq!(told, ["2 a: The line breaks became spaces."]);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    let (_, told) = told("Status", "\r\na,A,A,10,\r\n\r\n\r\nb,B,B,free,odd\r\n");
    assert_eq!(
        told,
        [
            "6 b: `odd` is no status. Write `active`, `draft` or `archived`.",
            "6 b: `free` is not a price. Write it like `1234.50`, in EUR.",
        ]
    );
}

#[test]
fn nothing_that_means_something_is_dropped_without_a_word() {
    let (drafts, told) = told(
        "Status,Variant Taxable,Variant Barcode,Variant Fulfillment Service,Cost per item,Empty",
        "a,A,9.87654E+11,10,archived,false,8.80124E+12,manual,,\r\nb,B,B,10,active,true,4000539,manual,4.20,\r\n",
    );
    assert_eq!((drafts[0].active, drafts[0].archived), (false, Some(true)));
    let categories = drafts.iter().map(|draft| draft.variants[0].tax_category.as_deref());
    assert_eq!(categories.collect::<Vec<_>>(), [Some("untaxed"), None]);
    assert_eq!(
        told,
        [
            "1 : Not used, for this shop keeps nothing of the kind: `Variant Fulfillment Service`, `Cost per item`.",
            "2 a: `9.87654E+11` is a number that a spreadsheet has shortened. Format the column as text, and enter it anew.",
            "2 a: `8.80124E+12` is a number that a spreadsheet has shortened. Format the column as text, and enter it anew.",
        ]
    );
}

#[test]
fn an_option_without_a_name_is_called_after_its_place() {
    let (drafts, told) = told(
        "Option1 Name,Option1 Value,Option2 Name,Option2 Value",
        "a,A,A-S,1,,S,Color,Red\r\na,,A-M,1,,M,,Red\r\nb,B,B,1,,One size,,\r\n",
    );
    assert_eq!(drafts[0].options, ["Option 1", "Color"]);
    assert_eq!(drafts[1].options, ["Option 1"]);
    let message = "The option has values and no name: it is called `Option 1`. Write its name.";
    assert_eq!(told, [format!("2 a: {message}"), format!("4 b: {message}")]);
}
