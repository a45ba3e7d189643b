//! What the engines are asked about.

use uuid::Uuid;
use vitrine_commerce::{
    ports::search::{InLanguage, SearchDocument},
    words::analysis::Analysis,
};
use vitrine_entity::ids::ProductId;

pub(crate) fn id(number: u128) -> ProductId {
    ProductId(Uuid::from_u128(number))
}

/// A product with a title and nothing else.
pub(crate) fn product(number: u128, title: &str) -> SearchDocument {
    SearchDocument {
        id: id(number),
        title: title.to_owned(),
        description: String::new(),
        vendor: None,
        tags: Vec::new(),
        skus: Vec::new(),
        categories: Vec::new(),
        collections: Vec::new(),
        held_by: Vec::new(),
        attributes: Vec::new(),
        own_attributes: Vec::new(),
        variant_sets: Vec::new(),
        translated: Vec::new(),
        languages: Vec::new(),
        price_minor: 1_000,
        prices_minor: Vec::new(),
        in_stock: true,
        sold: 0,
        created_at: 1_700_000_000,
    }
}

/// A product of a shop of English and these languages, and what it is called in them.
pub(crate) fn product_in(number: u128, title: &str, titles: &[(&str, &str)]) -> SearchDocument {
    let analysis = |tag: &str| Analysis::of(tag).expect("a language that is known");
    let in_language = |(tag, title): &(&str, &str)| InLanguage {
        analysis: analysis(tag),
        titles: match *title {
            "" => Vec::new(),
            title => texts(&[title]),
        },
    };
    SearchDocument {
        translated: titles.iter().map(|(_, title)| (*title).to_owned()).collect(),
        languages: [("en", "")].iter().chain(titles).map(in_language).collect(),
        ..product(number, title)
    }
}

/// `count` products of that title, numbered from `first`.
pub(crate) fn products(first: u128, count: u128, title: &str) -> Vec<SearchDocument> {
    (first..first + count).map(|number| product(number, title)).collect()
}

pub(crate) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A small shop, whose attributes are all the products' own.
pub(crate) fn shop() -> Vec<SearchDocument> {
    let mut documents = vec![
        SearchDocument {
            description: "Raises a computer to eye level.".into(),
            vendor: Some("Lift".into()),
            tags: texts(&["desk", "metal"]),
            skus: texts(&["STAND-1"]),
            categories: texts(&["office", "furniture"]),
            collections: texts(&["new", "desk-setup"]),
            attributes: texts(&["Color=Silver", "Size=M"]),
            price_minor: 4_900,
            sold: 40,
            created_at: 1_700_000_500,
            ..product(1, "Aluminium Laptop Stand")
        },
        SearchDocument {
            description: "For the sofa.".into(),
            vendor: Some("Grain".into()),
            tags: texts(&["wood"]),
            categories: texts(&["office"]),
            attributes: texts(&["Color=Walnut", "Size=L"]),
            price_minor: 7_900,
            in_stock: false,
            sold: 10,
            created_at: 1_700_000_100,
            ..product(2, "Walnut Laptop Tray")
        },
        SearchDocument {
            description: "Gooseneck.".into(),
            vendor: Some("Ember".into()),
            tags: texts(&["coffee"]),
            skus: texts(&["QWXZKRTV"]),
            categories: texts(&["kitchen"]),
            attributes: texts(&["Color=White", "Size=M"]),
            price_minor: 6_500,
            sold: 90,
            created_at: 1_700_000_200,
            ..product(3, "Ceramic Pour-Over Kettle")
        },
        SearchDocument {
            vendor: Some("Grain".into()),
            tags: texts(&["textile"]),
            categories: texts(&["kitchen"]),
            collections: texts(&["desk-setup"]),
            attributes: texts(&["Color=Blue", "Size=S"]),
            price_minor: 3_900,
            sold: 10,
            created_at: 1_700_000_300,
            ..product(4, "Linen Apron \"Chef\"")
        },
        SearchDocument {
            description: "Warm & heavy.".into(),
            vendor: Some("Grain".into()),
            tags: texts(&["textile", "wool"]),
            categories: texts(&["home"]),
            collections: texts(&["new"]),
            attributes: texts(&["Color=Grey", "Size=L"]),
            price_minor: 4_900,
            sold: 25,
            created_at: 1_700_000_300,
            ..product(5, "Wool Blanket")
        },
        SearchDocument {
            categories: texts(&["kitchen"]),
            price_minor: 2_500,
            in_stock: false,
            created_at: 1_700_000_400,
            ..product(6, "Crème Brûlée Torch")
        },
        SearchDocument {
            price_minor: 1_200,
            ..product(7, "Porcelain Mug")
        },
    ];
    for document in &mut documents {
        document.own_attributes = document.attributes.clone();
    }
    documents
}
