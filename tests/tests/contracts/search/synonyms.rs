//! What terms find that staff hold for the same.

use vitrine_commerce::ports::search::{SearchDocument, SearchRequest, Synonyms, synonyms::in_language};

use super::{
    catalogue::{product, shop, texts},
    engines::{Engine, numbers},
};

fn synonyms(terms: &[(&str, &[&str])]) -> Synonyms {
    let of = |(term, synonyms): &(&str, &[&str])| ((*term).to_owned(), texts(synonyms));
    terms.iter().map(of).collect()
}

async fn told(engine: &Engine, terms: &[(&str, &[&str])]) {
    engine.port().set_synonyms(&synonyms(terms)).await.unwrap();
    engine.port().settle().await.unwrap();
}

pub(crate) async fn a_synonym_finds_in_its_direction(engine: Engine) {
    engine
        .put(&[
            product(1, "Velvet Sofa"),
            product(2, "Leather Couch"),
            product(3, "Café Crème"),
        ])
        .await;
    assert_eq!(engine.find("couch").await, [2]);
    told(
        &engine,
        &[("couch", &["sofa"]), ("sofa", &["couch"]), ("latte", &["cafe"])],
    )
    .await;
    // The word itself stands above its synonym.
    assert_eq!(engine.find("COUCH").await, [2, 1]);
    assert_eq!(engine.find("sofa").await, [1, 2]);
    assert_eq!(engine.find("Latté").await, [3]);
    assert_eq!(engine.find("cafe").await, [3]);
    // As one of several words.
    assert_eq!(engine.find("velvet couch").await, [1]);
    told(&engine, &[]).await;
    assert_eq!(engine.find("couch").await, [2]);
    assert_eq!(engine.find("latte").await, []);
}

pub(crate) async fn a_synonym_of_several_words_is_a_phrase(engine: Engine) {
    let mut apart = product(3, "New Lamp");
    apart.description = "Made for a loft in York.".to_owned();
    engine
        .put(&[product(1, "Poster of New York"), product(2, "NYC Skyline"), apart])
        .await;
    told(&engine, &[("nyc", &["new york"]), ("new york", &["nyc"])]).await;
    assert_eq!(engine.find("nyc").await, [2, 1]);
    // Which of them comes first is the engine's business.
    let found = engine.find("new york").await;
    assert!(found.contains(&1) && found.contains(&2), "{found:?}");
    assert!(engine.find("new york skyline").await.contains(&2));
}

pub(crate) async fn synonyms_have_no_typos_and_lead_one_step(engine: Engine) {
    engine
        .put(&[
            product(1, "Stool"),
            product(2, "Hocker"),
            product(3, "Ottoman"),
            product(4, "Hockers"),
        ])
        .await;
    told(&engine, &[("stool", &["hocker"]), ("hocker", &["ottoman"])]).await;
    assert_eq!(engine.find("stool").await, [1, 2]);
    assert!(engine.find("hocker").await.contains(&3));
}

pub(crate) async fn a_term_may_have_synonyms_in_one_language_alone(engine: Engine) {
    engine
        .put(&[
            product(1, "Gift box"),
            product(2, "Toxin"),
            product(3, "Parcel"),
            product(4, "Red toxin"),
            product(5, "Venom"),
        ])
        .await;
    let (german, austrian) = (&*in_language("de", "gift"), &*in_language("de-at", "gift"));
    let of_languages: [(&str, &[&str]); 3] = [("gift", &["parcel"]), (german, &["toxin"]), (austrian, &["venom"])];
    told(&engine, &of_languages).await;
    let find = async |tag: &str, text: &str, bound: &[&str]| {
        let request = SearchRequest {
            text: text.to_owned(),
            spoken: Some(tag.to_owned()),
            bound: texts(bound),
            limit: 100,
            ..SearchRequest::default()
        };
        let mut found = numbers(&engine.search(request).await);
        let first = found.first().copied();
        found.sort_unstable();
        (first, found)
    };
    // The word itself stands above its synonyms.
    assert_eq!(find("de", "gift", &[german]).await, (Some(1), vec![1, 2, 3, 4]));
    assert_eq!(find("de", "red gift", &[german]).await.0, Some(4));
    // Of a country's language, what is said there, and what is said in all of it.
    assert_eq!(find("de-at", "gift", &[austrian]).await.1, [1, 2, 3, 4, 5]);
    assert_eq!(find("de-ch", "gift", &[german]).await.1, [1, 2, 3, 4]);
    assert_eq!(find("en", "gift", &[]).await, (Some(1), vec![1, 3]));
}

pub(crate) async fn a_rebuild_begins_with_its_synonyms(engine: Engine) {
    let documents: Vec<SearchDocument> = shop();
    engine.put(&documents).await;
    told(&engine, &[("throw", &["blanket"])]).await;
    assert_eq!(engine.find("throw").await, [5]);
    let mut rebuild = engine.port().rebuild(&synonyms(&[("cup", &["mug"])])).await.unwrap();
    rebuild.add(&documents).await.unwrap();
    assert_eq!(engine.find("cup").await, []);
    rebuild.publish().await.unwrap();
    engine.port().settle().await.unwrap();
    assert_eq!(engine.find("cup").await, [7]);
    assert_eq!(engine.find("throw").await, []);
}
