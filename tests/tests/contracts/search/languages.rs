//! What is found in the language asked, by its letters, its stems and the parts of its words: the same on every engine.

use vitrine_commerce::{
    ports::search::{SearchDocument, SearchRequest},
    words::analysis::Analysis,
};

use super::{
    catalogue::{product_in, texts},
    engines::{Engine, numbers},
};

fn catalogue() -> Vec<SearchDocument> {
    vec![
        product_in(
            1,
            "Floor Lamp",
            &[
                ("de", "Stehleuchte"),
                ("fr", "Lampadaires"),
                ("es", "Lámparas de pie"),
                ("ja", "木のランプ"),
                ("ar", "المصباح الأرضي"),
            ],
        ),
        product_in(
            2,
            "Wooden Chairs",
            &[
                ("de", "Holzsessel"),
                ("fr", "Chaises en bois"),
                ("es", "Sillones de madera"),
                ("ja", "木製の椅子"),
                ("ar", "الكرسي الخشبي"),
            ],
        ),
        product_in(
            3,
            "Bird Houses",
            &[
                ("de", "Häuser für Vögel"),
                ("fr", "Nichoirs"),
                ("es", "Casas de pájaros"),
                ("ja", "鳥の家"),
                ("ar", "بيوت الطيور"),
            ],
        ),
        SearchDocument {
            tags: texts(&["Geschenke"]),
            ..product_in(
                4,
                "Teapots",
                &[("de", ""), ("fr", ""), ("es", ""), ("ja", ""), ("ar", "")],
            )
        },
    ]
}

/// Language, text, and what it finds.
const QUERIES: [(&str, &str, &[u128]); 37] = [
    ("en", "chair", &[2]),
    ("en", "lamps", &[1]),
    ("en", "bird house", &[3]),
    ("en", "teapot", &[4]),
    ("en", "TEAPOTS", &[4]),
    ("de", "Haus", &[3]),
    ("de", "haeuser", &[3]),
    ("de", "Vogel", &[3]),
    ("de", "Stehleuchten", &[1]),
    ("de", "stehleu", &[1]),
    ("de", "stelleuchte", &[1]),
    ("de", "Leuchten", &[1]),
    ("de", "Sessel", &[2]),
    ("de", "Holzsesseln", &[2]),
    ("de", "teapots", &[4]),
    ("de", "Geschenk", &[4]),
    ("fr", "chaise", &[2]),
    ("fr", "chaize", &[2]),
    ("fr", "lampadaire", &[1]),
    ("fr", "nichoir", &[3]),
    ("fr", "teapot", &[4]),
    ("es", "sillón", &[2]),
    ("es", "SILLON", &[2]),
    ("es", "lampara", &[1]),
    ("es", "pajaro", &[3]),
    ("es", "teapots", &[4]),
    ("ja", "椅子", &[2]),
    ("ja", "木製", &[2]),
    ("ja", "木製椅子", &[2]),
    ("ja", "ランプ", &[1]),
    ("ja", "鳥", &[3]),
    ("ja", "teapots", &[4]),
    ("ar", "مصباح", &[1]),
    ("ar", "كرسي", &[2]),
    ("ar", "البيوت", &[3]),
    ("ar", "طيور", &[3]),
    ("ar", "teapots", &[4]),
];

pub(crate) async fn each_language_finds_by_its_own_words(engine: Engine) {
    engine.put(&catalogue()).await;
    for (language, text, expected) in QUERIES {
        assert_eq!(find(&engine, language, text).await, expected, "{text} in {language}");
    }
}

/// What is called so in the language asked stands above what merely says so.
pub(crate) async fn the_title_in_the_language_asked_matters_most(engine: Engine) {
    let told = SearchDocument {
        description: "Neben der Vase.".into(),
        ..product_in(1, "Bowl", &[("de", "Schale")])
    };
    let tagged = SearchDocument {
        tags: texts(&["Vasen"]),
        ..product_in(2, "Flower Pot", &[("de", "Topf")])
    };
    engine
        .put(&[told, tagged, product_in(3, "Carafe", &[("de", "Vasen")])])
        .await;
    assert_eq!(find(&engine, "de", "Vase").await, [3, 2, 1]);
    assert_eq!(find(&engine, "de", "vasen").await, [3, 2, 1]);
}

/// As before there were any: words are compared by their letters.
pub(crate) async fn without_a_language_nothing_is_stemmed(engine: Engine) {
    engine.put(&catalogue()).await;
    assert_eq!(engine.find("sessel").await, []);
    assert_eq!(engine.find("holzsessel").await, [2]);
}

async fn find(engine: &Engine, language: &str, text: &str) -> Vec<u128> {
    let request = SearchRequest {
        text: text.to_owned(),
        language: Analysis::of(language),
        limit: 100,
        ..SearchRequest::default()
    };
    numbers(&engine.search(request).await)
}
