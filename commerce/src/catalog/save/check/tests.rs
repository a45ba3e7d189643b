use super::*;

fn draft() -> ProductDraft {
    ProductDraft {
        slug: "oak-chair".into(),
        title: "Oak chair".into(),
        options: vec!["Color".into()],
        variants: vec![variant("CHAIR-OAK", "Oak"), variant("CHAIR-ASH", "Ash")],
        active: true,
        ..ProductDraft::default()
    }
}

fn variant(sku: &str, value: &str) -> VariantDraft {
    VariantDraft {
        sku: sku.into(),
        option_values: vec![value.into()],
        price_minor: 100,
        ..VariantDraft::default()
    }
}

fn paths(draft: &ProductDraft) -> Vec<String> {
    check(draft)
        .expect_err("refused")
        .iter()
        .map(|refusal| refusal.field.join("."))
        .collect()
}

#[test]
fn a_good_draft_is_normalised_and_its_html_sanitised() {
    let mut draft = draft();
    draft.title = " Oak chair ".into();
    draft.tags = vec!["new".into(), " new".into(), "".into()];
    draft.description_html = "<p onclick=\"x()\">Hi<script>alert(1)</script> <a href=\"javascript:x\">a</a></p>".into();
    let checked = check(&draft).expect("good");
    assert_eq!(
        (checked.title.as_str(), checked.tags.as_slice()),
        ("Oak chair", ["new".to_owned()].as_slice())
    );
    assert!(!checked.description_html.contains("script") && !checked.description_html.contains("onclick"));
}

#[test]
fn everything_wrong_is_named_with_its_path() {
    let mut bad = draft();
    bad.slug = "Oak Chair".into();
    bad.title = String::new();
    bad.variants[1].sku = "CHAIR-OAK".into();
    bad.variants[1].option_values = vec!["Oak".into()];
    bad.variants[0].price_minor = -1;
    bad.variants[0].on_hand = Some(ON_HAND_MAX + 1);
    bad.variants[0].picture = Some("/elsewhere.svg".into());
    bad.pictures.push(PictureDraft {
        source: "javascript:alert(1)".into(),
        alt: String::new(),
    });
    let expected = [
        "slug",
        "title",
        "variants.0.price",
        "variants.0.onHand",
        "variants.1.sku",
        "variants.1.optionValues",
        "pictures.0.source",
        "variants.0.picture",
    ];
    assert_eq!(paths(&bad), expected);
}

#[test]
fn the_number_of_option_values_must_fit() {
    let mut bad = draft();
    bad.options.push("Size".into());
    assert_eq!(paths(&bad), ["variants.0.optionValues", "variants.1.optionValues"]);
    bad.variants.clear();
    assert_eq!(paths(&bad), ["variants"]);
}

#[test]
fn pictures_come_from_the_web_or_from_here() {
    for source in ["https://example.com/a.jpg", "HTTP://example.com/a", "/pictures/a.svg"] {
        assert!(is_picture_source(source), "{source}");
    }
    for source in [
        "//evil.example/a",
        "/../etc/passwd",
        "ftp://a/b",
        "https://",
        "data:image/png,x",
        "https://a/\"x",
        "é",
    ] {
        assert!(!is_picture_source(source), "{source}");
    }
}
