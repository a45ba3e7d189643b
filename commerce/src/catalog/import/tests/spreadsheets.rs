//! What spreadsheets and other shops' exports make of a file.

use super::*;

/// Title, price, quantity and barcode of each product.
fn goods(parsed: &Parsed) -> Vec<(&str, i64, Option<i64>, Option<&str>)> {
    let drafts = parsed.drafts.iter().map(|(_, draft)| {
        let variant = &draft.variants[0];
        let barcode = variant.barcode.as_deref();
        (draft.title.as_str(), variant.price_minor, variant.on_hand, barcode)
    });
    drafts.collect()
}

#[test]
fn a_file_is_read_however_a_spreadsheet_saved_it() {
    let rows = [
        "HANDLE;title;Variant  Price;Variant Inventory Qty;Variant Barcode",
        "pot;\"Töpfe; groß\";1.234,50 €;3,0;=\"04006381333931\"",
        "",
    ];
    let semicolons = rows.join("\r\n");
    let tabs = semicolons
        .replace("\"Töpfe; groß\"", "Töpfe, groß")
        .replace(';', "\t")
        .replace("Töpfe,", "Töpfe;");
    let utf16: Vec<u8> = format!("\u{FEFF}{tabs}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let told = format!("sep=;\r\n{semicolons}");
    for file in [semicolons.as_bytes(), tabs.as_bytes(), &utf16, told.as_bytes()] {
        let parsed = parse(file);
        assert_eq!(parsed.problems, [], "{}", String::from_utf8_lossy(file));
        let expected = ("Töpfe; groß", 123_450, Some(3), Some("04006381333931"));
        assert_eq!(goods(&parsed), [expected], "{}", String::from_utf8_lossy(file));
    }
}

#[test]
fn another_encoding_is_told_once() {
    let parsed = parse(b"Handle,Title,Variant Price,Gr\xf6\xdfe\na,K\xe4se,1\nb,Brot,1\nc,M\xfcsli,1\n");
    assert_eq!(places(&parsed), [(1, "", Severity::Error)]);
    let message = &parsed.problems[0].message.to_string();
    assert!(message.contains("3 rows") && message.contains("UTF-8"), "{message}");
    assert_eq!(goods(&parsed), [("Brot", 100, None, None)]);
}

#[test]
fn rows_that_a_quote_swallows_are_told() {
    // Never closed: two products would be gone without a word.
    let parsed = parse("Handle,Title,Variant Price,SEO Title\na,A,1,\"Ours\nb,B,1,\nc,C,1,\n");
    assert_eq!(places(&parsed), [(2, "", Severity::Error)]);
    assert!(parsed.problems[0].message.to_string().contains("never closed"));
    // Closed by another row's.
    let parsed = parse("Handle,Title,Variant Price,SEO Title\na,A,1,\"Ours\nb,B,1,\nc,C,1,\"Theirs\"\n");
    assert_eq!(places(&parsed)[0], (2, "", Severity::Warning), "{:?}", parsed.problems);
    let text = parse("Handle,Title,Variant Price,Body (HTML)\na,A,1,\"One, two,\nthree,\nand four\"\n");
    assert_eq!(text.problems, []);
}

#[test]
fn a_product_is_called_by_what_can_stand_in_an_address() {
    let (drafts, told) = told(
        "Image Src",
        "My Nice Pot,Pot,A,10,\"https://a.example/1.jpg, https://a.example/2.jpg\"\r\n\
         my nice pot,,,,https://a.example/3.jpg\r\n\
         ,A Cup,B,10,https://a.example/a%2Chttp.jpg\r\n",
    );
    let slugs: Vec<_> = drafts.iter().map(|draft| draft.slug.as_str()).collect();
    assert_eq!(slugs, ["my-nice-pot", "a-cup"], "{told:?}");
    let sources: Vec<_> = drafts
        .iter()
        .flat_map(|draft| &draft.pictures)
        .map(|picture| picture.source.as_str())
        .collect();
    let numbers = ["1", "2", "3", "a%2Chttp"];
    assert_eq!(sources, numbers.map(|number| format!("https://a.example/{number}.jpg")));
    assert_eq!(
        told,
        [
            "2 my-nice-pot: `My Nice Pot` cannot stand in an address: it became `my-nice-pot`.",
            "4 a-cup: The product has no handle: it is called `a-cup` after its title.",
        ]
    );
}

#[test]
fn what_a_spreadsheet_or_another_shop_wrote_into_cells_is_mended_or_told() {
    let header = "Option1 Name,Option1 Value,Published,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Cost";
    let (drafts, told) = told(
        header,
        "a,Salt &amp; Pepper&nbsp;&#8217;,A,10,Size,2-Mar,ja,shopify,0,WAHR,#REF!\r\n\
         b,#NAME?,B,10,,,FAUX,,,,\r\nc,AT&T & Co;,C,10,,,nej,shopify,\"1,000\",nein,\r\n",
    );
    assert_eq!(
        (drafts[0].title.as_str(), drafts[0].active),
        ("Salt & Pepper \u{2019}", true)
    );
    assert_eq!(drafts[0].variants[0].sells_when_out, Some(true));
    assert_eq!((drafts[2].title.as_str(), drafts[2].active), ("AT&T & Co;", false));
    assert_eq!(drafts[2].variants[0].on_hand, Some(1_000));
    assert_eq!(
        told,
        [
            "1 : Not used, for this shop keeps nothing of the kind: `Cost`.",
            "2 a: It is text, and no HTML: it became `Salt & Pepper \u{2019}`.",
            "2 a: `2-Mar` may be a date that a spreadsheet made of something else. If so, format the column as text, and \
             enter it anew.",
            "3 b: `#NAME?` is what a spreadsheet writes where a formula fails. Write what belongs here.",
        ]
    );
}
