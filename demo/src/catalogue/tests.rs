use std::collections::BTreeSet;

use super::*;

fn unique<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    for text in texts {
        assert!(seen.insert(text), "`{text}` is there twice");
    }
    seen
}

#[test]
fn the_shop_is_well_stocked() {
    let demo = catalogue();
    assert!(demo.products.len() >= 64, "{} products", demo.products.len());
    assert_eq!(
        demo.categories
            .iter()
            .filter(|category| category.parent.is_none())
            .count(),
        8
    );
    assert!((3..=4).contains(&demo.collections.len()));
    let vendors: BTreeSet<_> = demo
        .products
        .iter()
        .filter_map(|product| product.vendor.as_deref())
        .collect();
    assert!((6..=8).contains(&vendors.len()), "{vendors:?}");
    let variants = || demo.products.iter().flat_map(|product| &product.variants);
    assert!(variants().any(|variant| variant.on_hand == Some(0)));
    assert!(variants().any(|variant| {
        variant
            .on_hand
            .zip(variant.low_stock_threshold)
            .is_some_and(|(on_hand, low)| on_hand <= low.into())
    }));
    assert!(variants().any(|variant| variant.tax_category.as_deref() == Some("books")));
    assert_eq!(demo.products.iter().filter(|product| !product.active).count(), 2);
}

#[test]
fn names_are_unique_and_lead_somewhere() {
    let demo = catalogue();
    let categories = unique(demo.categories.iter().map(|category| category.slug.as_str()));
    let products = unique(demo.products.iter().map(|product| product.slug.as_str()));
    let collections = unique(demo.collections.iter().map(|collection| collection.slug.as_str()));
    for slug in categories.iter().chain(&products).chain(&collections) {
        assert!(
            slug.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{slug}"
        );
    }
    for category in &demo.categories {
        assert!(
            category
                .parent
                .as_deref()
                .is_none_or(|parent| categories.contains(parent)),
            "{}",
            category.slug
        );
    }
    for product in &demo.products {
        assert!(
            product
                .category
                .as_deref()
                .is_some_and(|category| categories.contains(category)),
            "{}",
            product.slug
        );
    }
    for collection in &demo.collections {
        for slug in unique(collection.products.iter().map(String::as_str)) {
            let found = demo.products.iter().find(|product| product.slug == slug);
            assert!(
                found.is_some_and(|product| product.active),
                "{slug} in {}",
                collection.slug
            );
        }
    }
}

#[test]
fn variants_are_whole() {
    let demo = catalogue();
    unique(
        demo.products
            .iter()
            .flat_map(|product| &product.variants)
            .map(|variant| variant.sku.as_str()),
    );
    for product in &demo.products {
        assert!((1..=9).contains(&product.variants.len()), "{}", product.slug);
        let choices: BTreeSet<_> = product.variants.iter().map(|variant| &variant.option_values).collect();
        assert_eq!(choices.len(), product.variants.len(), "{}", product.slug);
        for variant in &product.variants {
            assert!(
                variant.sku.len() <= 20
                    && variant
                        .sku
                        .bytes()
                        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-'),
                "{}",
                variant.sku
            );
            assert_eq!(variant.option_values.len(), product.options.len(), "{}", variant.sku);
            let is_card = variant.gift_card == Some(true);
            assert!(
                variant.price_minor > 0 && (variant.weight_grams > 0) != is_card,
                "{}",
                variant.sku
            );
            assert!(
                variant
                    .compare_at_minor
                    .is_none_or(|before| before > variant.price_minor),
                "{}",
                variant.sku
            );
        }
    }
}

/// A misspelt exception would change nothing, and nobody would see it.
#[test]
fn every_exception_is_about_a_variant() {
    for product in &Shelf::embedded().products {
        for exception in &product.except {
            let variants = combinations(product);
            let mut affected = variants
                .iter()
                .filter(|values| exception.values.iter().all(|value| values.contains(value)));
            assert!(affected.next().is_some(), "{}: {:?}", product.slug, exception.values);
        }
    }
}

#[test]
fn every_colour_is_known() {
    let shelf = Shelf::embedded();
    unique(shelf.colours.values().map(|colour| colour.code.as_str()));
    for product in &shelf.products {
        let colours = product.colours();
        let single = colours.is_empty().then_some(&product.picture.tint);
        for colour in colours.iter().chain(single) {
            assert!(shelf.colours.contains_key(colour), "`{colour}` of {}", product.slug);
        }
    }
}

#[test]
fn every_picture_is_drawn() {
    let demo = catalogue();
    unique(
        demo.products
            .iter()
            .flat_map(|product| &product.pictures)
            .map(|picture| picture.source.as_str()),
    );
    for product in &demo.products {
        assert!(product.pictures.len() >= 2, "{}", product.slug);
        for shown in &product.pictures {
            let file_name = shown
                .source
                .strip_prefix("/pictures/demo/")
                .expect("a path in the folder");
            let svg = picture(file_name).unwrap_or_else(|| panic!("{file_name} is missing"));
            assert!(!shown.alt.is_empty() && svg.contains("<title>"), "{file_name}");
            assert!(
                !svg.contains(['{', '}']),
                "{file_name} names a colour that there is not"
            );
            assert_eq!(picture(file_name).as_deref(), Some(svg.as_str()), "{file_name} changes");
            well_formed(&svg).unwrap_or_else(|reason| panic!("{file_name}: {reason}"));
        }
        for variant in &product.variants {
            let mut sources = product.pictures.iter().map(|picture| &picture.source);
            assert!(
                variant
                    .picture
                    .as_ref()
                    .is_none_or(|source| sources.any(|known| known == source)),
                "{}",
                variant.sku
            );
            assert_eq!(
                variant.picture.is_some(),
                product.options.iter().any(|option| option == COLOUR),
                "{}",
                variant.sku
            );
        }
    }
}

#[test]
fn what_is_no_picture_is_not_found() {
    for file_name in [
        "",
        ".svg",
        "alba-dome-lamp",
        "alba-dome-lamp.svg",
        "alba-dome-lamp-9.svg",
        "alba-dome-lamp-brass.svg",
        "../alba-dome-lamp-2.svg",
        "orrin-stone-lamp-1.png",
    ] {
        assert!(picture(file_name).is_none(), "{file_name}");
    }
    assert!(picture("orrin-stone-lamp-1.svg").is_some() && picture("alba-dome-lamp-sage.svg").is_some());
}

/// Clients keep what they have seen: a picture's name must not change.
#[test]
fn sources_are_stable() {
    let demo = catalogue();
    let lamp = demo
        .products
        .iter()
        .find(|product| product.slug == "alba-dome-lamp")
        .expect("the lamp");
    let sources: Vec<_> = lamp.pictures.iter().map(|picture| picture.source.as_str()).collect();
    let expected = ["terracotta", "sage", "black", "chalk", "2"]
        .map(|ending| format!("/pictures/demo/alba-dome-lamp-{ending}.svg"));
    assert_eq!(sources, expected);
    assert_eq!(lamp.variants[0].sku, "LMP-ALBA-TER");
}

/// Tags are closed in their order, attributes are quoted and not repeated, and no `&` stands alone.
fn well_formed(svg: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some((text, after)) = rest.split_once('<') {
        if text.contains('>')
            || text
                .split('&')
                .skip(1)
                .any(|entity| !["amp;", "lt;", "gt;"].iter().any(|known| entity.starts_with(known)))
        {
            return Err(format!("stray character in `{text}`"));
        }
        let (tag, after) = after.split_once('>').ok_or("an unfinished tag")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` is closed out of order"));
            }
            continue;
        }
        let element = tag.strip_suffix('/').unwrap_or(tag);
        let name = element.split(' ').next().unwrap_or_default();
        attributes_of(element)?;
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() && rest.is_empty() {
        Ok(())
    } else {
        Err(format!("left open: {open:?}"))
    }
}

fn attributes_of(element: &str) -> Result<(), String> {
    let mut names = BTreeSet::new();
    let mut rest = element.split_once(' ').map_or("", |(_, rest)| rest);
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").ok_or_else(|| format!("`{rest}` has no value"))?;
        let (value, after) = after.split_once('"').ok_or_else(|| format!("`{name}` is not closed"))?;
        if !names.insert(name) || name.contains(' ') || value.contains('<') || value.contains("NaN") {
            return Err(format!("`{name}` of `{element}`"));
        }
        rest = after.trim_start();
    }
    Ok(())
}

#[test]
fn the_check_of_svgs_can_fail() {
    for broken in [
        "<svg>",
        "<svg></g>",
        "<svg a=\"1\" a=\"2\"/>",
        "<svg><title>Salt & pepper</title></svg>",
        "<g><svg></g></svg>",
        "<svg a/>",
    ] {
        assert!(well_formed(broken).is_err(), "{broken}");
    }
    assert_eq!(
        well_formed("<svg a=\"1\"><title>Salt &amp; pepper</title><g/></svg>"),
        Ok(())
    );
}
