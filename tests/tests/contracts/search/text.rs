//! What a text finds.

use vitrine_commerce::ports::search::SearchDocument;

use super::{
    catalogue::{product, shop, texts},
    engines::Engine,
};

pub(crate) async fn words_are_found(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(sorted(engine.find("laptop").await), [1, 2]);
    assert_eq!(engine.find("gooseneck").await, [3]);
    assert_eq!(engine.find("ember").await, [3]);
    assert_eq!(engine.find("coffee").await, [3]);
    assert_eq!(engine.find("pour over").await, [3]);
    assert_eq!(engine.find("zzzzqqqq").await, []);
}

/// All words first, then all but the last; never without the first.
pub(crate) async fn several_words(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(engine.find("laptop stand").await, [1, 2]);
    assert_eq!(engine.find("laptop tray").await, [2, 1]);
    assert_eq!(engine.find("laptop zzzzqqqq").await.len(), 2);
    assert_eq!(engine.find("zzzzqqqq laptop").await, []);
}

pub(crate) async fn neighbours_come_first(engine: Engine) {
    engine
        .put(&[product(1, "Oak legs for any table"), product(2, "Oak table")])
        .await;
    assert_eq!(engine.find("oak table").await, [2, 1]);
}

pub(crate) async fn typos_are_forgiven(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(engine.find("laptpo stnad").await, [1, 2]);
    for typo in ["ketle", "kettlle", "kettel", "kettke"] {
        assert_eq!(engine.find(typo).await, [3], "{typo}");
    }
    assert_eq!(engine.find("aluminum").await, [1]);
}

pub(crate) async fn short_words_have_no_typos(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(engine.find("mug").await, [7]);
    assert_eq!(engine.find("mub").await, []);
}

pub(crate) async fn two_typos_need_eight_letters(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(engine.find("porclian").await, [7]);
    assert_eq!(engine.find("blnaekt").await, []);
}

pub(crate) async fn a_wrong_first_letter_counts_twice(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(engine.find("lettle").await, []);
    assert_eq!(engine.find("qorcelain").await, [7]);
    assert_eq!(engine.find("qorcelian").await, []);
}

pub(crate) async fn an_exact_word_beats_a_typo(engine: Engine) {
    let told = SearchDocument {
        description: "A stool.".into(),
        ..product(3, "Seat")
    };
    engine.put(&[product(1, "Stoop"), product(2, "Stool"), told]).await;
    assert_eq!(engine.find("stool").await, [2, 3, 1], "even in a lesser field");
    assert_eq!(engine.find("stoop").await, [1, 2, 3]);
}

pub(crate) async fn the_last_word_may_be_unfinished(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(engine.find("ket").await, [3]);
    assert_eq!(engine.find("kettl").await, [3]);
    assert_eq!(engine.find("laptop sta").await, [1, 2]);
    assert_eq!(engine.find("laptop tra ").await, [2, 1]);
}

pub(crate) async fn case_and_accents_do_not_matter(engine: Engine) {
    engine.put(&shop()).await;
    for text in ["creme brulee", "CRÈME BRÛLÉE", "cre\u{300}me", "crême", "Kéttle"] {
        let expected = if text.starts_with('K') { 3 } else { 6 };
        assert_eq!(engine.find(text).await, [expected], "{text}");
    }
}

pub(crate) async fn what_another_language_calls_it_finds_it(engine: Engine) {
    let translated = SearchDocument {
        translated: texts(&["Kuppelleuchte aus Stahl", "ランプ"]),
        ..product(1, "Dome Lamp")
    };
    engine.put(&[translated, product(2, "Arc Lamp")]).await;
    for text in ["kuppelleuchte", "Kuppelleuchten", "stahl", "ランプ", "dome"] {
        assert_eq!(engine.find(text).await, [1], "{text}");
    }
    assert_eq!(engine.find("lamp").await, [1, 2], "its own words matter as they did");
}

pub(crate) async fn fields_have_ranks(engine: Engine) {
    engine
        .put(&[
            SearchDocument {
                description: "Goes with linden.".into(),
                ..product(1, "Bowl")
            },
            SearchDocument {
                tags: texts(&["linden"]),
                ..product(2, "Spoon")
            },
            SearchDocument {
                vendor: Some("Linden".into()),
                ..product(3, "Board")
            },
            SearchDocument {
                categories: texts(&["linden"]),
                ..product(4, "Chair")
            },
            product(5, "Linden"),
        ])
        .await;
    assert_eq!(engine.find("linden").await, [5, 4, 3, 2, 1]);
}

/// What is joined and what is apart, letters and what is written for them, values of options, and codes.
pub(crate) async fn spellings_find_each_other(engine: Engine) {
    let pairs: [(&str, &[&str]); 13] = [
        ("Cotton T-Shirt", &["tshirt", "t-shirt", "t shirt", "T-SHIRT cotton"]),
        ("Linen Tshirt", &["t-shirt linen", "tshirt"]),
        ("E-1 Cleaner", &["e1", "E-1"]),
        ("Lamp 500ml", &["500 ml", "500ml", "lamp 500 ml"]),
        ("Jug 750 ml", &["750ml", "jug 750ml"]),
        ("Screw M6 x 40 mm", &["m6x40", "M6 x 40", "screw m6x40"]),
        ("Bolt M8x60", &["m8 x 60", "m8x60"]),
        ("Sun Glasses", &["sunglasses"]),
        ("Kırmızı Lamba", &["kirmizi", "KIRMIZI", "kırmızı"]),
        ("Ölflasche", &["oel", "öl", "oelflasche", "OLFLASCHE"]),
        ("Smørbrød Straße", &["smorbrod", "smoerbroed", "strasse", "STRASSE"]),
        ("木製の机", &["木製"]),
        (
            "Plain",
            &[
                "nordic blue",
                "abc123xl",
                "ABC-123-XL",
                "abc-123",
                "1607",
                "nor070760",
                "4006381333931",
            ],
        ),
    ];
    let numbered = || (1_u128..).zip(pairs);
    let mut documents: Vec<SearchDocument> = numbered().map(|(number, (title, _))| product(number, title)).collect();
    documents[12].attributes = texts(&["W%3DH=Nordic Blue", "Size=M"]);
    documents[12].skus = texts(&["ABC-123-XL", "16-07", "NOR.0707-60", "4006381333931"]);
    engine.put(&documents).await;
    for (number, (title, queries)) in numbered() {
        for query in queries {
            let found = engine.find(query).await;
            assert!(found.contains(&number), "{query} in {title}: {found:?}");
        }
    }
    // A mark that makes another letter is no accent.
    engine.put(&[product(20, "ガラス"), product(21, "カラス")]).await;
    assert_eq!(engine.find("ガラス").await.first(), Some(&20));
}

pub(crate) async fn what_stands_within_words_is_found_where_it_is_asked_for(engine: Engine) {
    let pairs: [(&str, &[&str]); 5] = [
        ("木製の机と椅子", &["木製", "椅子", "机"]),
        ("不锈钢保温杯", &["保温杯"]),
        ("나무의자", &["의자"]),
        ("เสื้อยืดสีดำ", &["สีดำ"]),
        ("Holztischlampe", &["tisch", "lampe", "tischlampe"]),
    ];
    let numbered = || (1_u128..).zip(pairs);
    let documents: Vec<SearchDocument> = numbered().map(|(number, (title, _))| product(number, title)).collect();
    engine.put(&documents).await;
    for (number, (title, queries)) in numbered() {
        for query in queries {
            assert_eq!(engine.find_within(query).await, [number], "{query} in {title}");
        }
    }
    assert_eq!(engine.find("tisch").await, []);
    assert_eq!(engine.find_within("zzzzqqqq").await, []);
}

pub(crate) async fn skus_are_exact(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(engine.find("QWXZKRTV").await, [3]);
    assert_eq!(engine.find("qwxzkrtv").await, [3]);
    assert_eq!(engine.find("QWXZKRTB").await, []);
    assert_eq!(engine.find("stand-1").await, [1]);
}

pub(crate) async fn text_is_literal(engine: Engine) {
    engine.put(&shop()).await;
    for text in [
        "walnut -tray",
        "\"walnut",
        "-walnut",
        "\"tray walnut\"",
        "walnut AND tray",
        "walnut OR",
        "walnut*",
        "(walnut",
        "walnut\\",
        "🪵 walnut",
        "walnut:tray^2 ~",
        "'; DROP TABLE walnut; --",
    ] {
        let found = engine.find(text).await;
        // The first word of the last one is in no product.
        assert_eq!(
            found.first(),
            (!text.contains("DROP")).then_some(&2),
            "{text}: {found:?}"
        );
    }
}

pub(crate) async fn text_without_words_finds_nothing(engine: Engine) {
    engine.put(&shop()).await;
    for text in ["!!!", "\"\"", "-", "🪵", "\\"] {
        assert_eq!(engine.find(text).await, [], "{text}");
    }
    assert_eq!(engine.find("").await.len(), 7);
    assert_eq!(engine.find("  ").await.len(), 7);
}

pub(crate) async fn long_text_is_bounded(engine: Engine) {
    engine.put(&shop()).await;
    assert_eq!(
        engine.find(&format!("kettle {}", "zzzzqqqq ".repeat(100_000))).await,
        [3]
    );
    assert_eq!(engine.find(&"z".repeat(1_000_000)).await, []);
}

fn sorted(mut numbers: Vec<u128>) -> Vec<u128> {
    numbers.sort_unstable();
    numbers
}
