//! What holds of every file.

use proptest::prelude::*;

use super::*;

fn draft() -> impl Strategy<Value = ProductDraft> {
    let text = "[A-Za-zäöß0-9,\"' ;]{0,12}";
    let variant = (
        0i64..1_000_000,
        proptest::option::of(0i64..1_000_000),
        0i64..100,
        0i32..10_000,
    );
    let variants = proptest::collection::vec(variant, 1..5);
    (text, "[a-z0-9]{1,8}", text, variants, any::<bool>(), 0usize..3).prop_map(
        |(title, vendor, paragraph, variants, active, pictures)| {
            let variants = variants.into_iter().enumerate().map(
                |(index, (price_minor, compare_at_minor, on_hand, weight_grams))| VariantDraft {
                    option_values: vec![format!("Value {index}")],
                    price_minor,
                    compare_at_minor,
                    on_hand: Some(on_hand),
                    weight_grams,
                    requires_shipping: true,
                    ..VariantDraft::default()
                },
            );
            ProductDraft {
                title: format!("T{}", title.trim()).trim().to_owned(),
                description_html: format!("<p>{}</p>\n<p>b</p>", paragraph.replace(['"', '\''], "").trim()),
                vendor: Some(vendor),
                options: vec!["Size, or so".into()],
                tags: vec!["one".into(), "two words".into()],
                variants: variants.collect(),
                pictures: (0..pictures)
                    .map(|n| PictureDraft {
                        source: format!("https://a.example/{n}.jpg"),
                        alt: format!("No. {n}, \"big\""),
                    })
                    .collect(),
                active,
                ..ProductDraft::default()
            }
        },
    )
}

/// As an export would write them.
fn write(drafts: &[ProductDraft]) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let header = "Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,\
                  Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Position,Image Alt Text";
    csv.write_record(header.split(',')).expect("written");
    let decimal = |minor| Money::new(minor, Currency::EUR).decimal();
    for draft in drafts {
        for row in 0..draft.variants.len().max(draft.pictures.len()) {
            let head = |text: &str| if row == 0 { text.to_owned() } else { String::new() };
            let variant = draft.variants.get(row);
            let of_variant = |text: &dyn Fn(&VariantDraft) -> String| variant.map(text).unwrap_or_default();
            let picture = draft.pictures.get(row);
            csv.write_record([
                draft.slug.clone(),
                head(&draft.title),
                head(&draft.description_html),
                head(draft.vendor.as_deref().unwrap_or_default()),
                head(&draft.tags.join(", ")),
                head(if draft.active { "true" } else { "false" }),
                head(&draft.options[0]),
                of_variant(&|variant| variant.option_values[0].clone()),
                of_variant(&|variant| variant.sku.clone()),
                of_variant(&|variant| variant.weight_grams.to_string()),
                of_variant(&|variant| variant.on_hand.unwrap_or_default().to_string()),
                of_variant(&|variant| decimal(variant.price_minor)),
                of_variant(&|variant| variant.compare_at_minor.map(decimal).unwrap_or_default()),
                picture.map(|picture| picture.source.clone()).unwrap_or_default(),
                picture.map(|_| (row + 1).to_string()).unwrap_or_default(),
                picture.map(|picture| picture.alt.clone()).unwrap_or_default(),
            ])
            .expect("written");
        }
    }
    csv.into_inner().expect("written")
}

proptest! {
    #[test]
    fn a_well_formed_file_round_trips(mut drafts in proptest::collection::vec(draft(), 1..6)) {
        for (index, draft) in drafts.iter_mut().enumerate() {
            draft.slug = format!("product-{index}");
            for (number, variant) in draft.variants.iter_mut().enumerate() {
                variant.sku = format!("SKU-{index}-{number}");
            }
        }
        let parsed = parse(write(&drafts));
        prop_assert_eq!(&parsed.problems, &[]);
        let read = parsed.drafts.into_iter().map(|(_, draft)| ProductDraft {
            untold: Vec::new(),
            told_attributes: None,
            ..draft
        });
        let read: Vec<_> = read.collect();
        prop_assert_eq!(read, drafts);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        parse(&bytes);
    }

    #[test]
    fn any_rows_are_read_or_refused(rows in proptest::collection::vec(proptest::collection::vec("[a\"',0-9é. €-]{0,6}", 0..20), 0..12)) {
        let rows: Vec<String> = rows.iter().map(|cells| cells.join(",")).collect();
        let parsed = with_header(&rows.join("\n"));
        prop_assert!(parsed.problems.iter().all(|problem| problem.row <= rows.len() + 1));
    }
}
