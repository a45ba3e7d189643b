//! All groups as a search engine takes them.

use std::time::Duration;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::synonym_group;

use super::{
    check::{GROUPS_MAX, SYNONYMS_MAX},
    find::terms,
};
use crate::{
    Fault, Result, Shop,
    changes::index_changed,
    ports::search::{
        SearchError, Synonyms,
        synonyms::{fallbacks, in_language, key_in, leads_to, of_key},
    },
    words::{
        analysis::{Analysis, normal_tag},
        term,
    },
};

/// How often synonyms that change meanwhile are written again.
const ROUNDS_MAX: usize = 4;

/// How long one call to the engine may take. All rounds together stay within a job's lease.
const CALL_TIMEOUT: Duration = Duration::from_secs(6);

/// How many words together may be a term.
const TERM_WORDS_MAX: usize = 3;

/// Every term that has synonyms, as engines take them: by the forms that the shop's languages compare words by, too.
pub(crate) async fn for_engines(shop: &Shop) -> Result<Synonyms> {
    let profile = shop.profile();
    let analyses = Analysis::of_shop(profile.languages.iter().map(AsRef::as_ref));
    Ok(with_forms(table(&shop.db).await?, &analyses))
}

/// Every term that has synonyms in searches of a language, by its [tag](normal_tag).
pub(crate) async fn in_searches(shop: &Shop, tag: Option<&str>) -> Result<Synonyms> {
    Ok(spoken_in(&table(&shop.db).await?, tag))
}

/// Of some words, as they are looked for, the keys of the terms that have synonyms in searches of a language alone.
pub(crate) async fn bound_in(shop: &Shop, tag: &str, words: &[String]) -> Result<Vec<String>> {
    let table = for_engines(shop).await?;
    let runs = (0..words.len()).flat_map(|from| {
        let ends = from + 1..=words.len().min(from + TERM_WORDS_MAX);
        ends.map(move |end| words[from..end].join(" "))
    });
    Ok(runs
        .filter_map(|run| key_in(Some(tag), &run, |key| table.contains_key(key)))
        .collect())
}

/// Every term that has synonyms.
pub(crate) async fn table(db: &impl ConnectionTrait) -> Result<Synonyms> {
    let groups = synonym_group::Entity::find()
        .filter(synonym_group::Column::DeletedAt.is_null())
        .order_by_asc(synonym_group::Column::Id)
        .limit(GROUPS_MAX)
        .all(db)
        .await?;
    Ok(of(&groups))
}

/// Brings the engine what the database says, until a second look confirms it. Of two who do so at once, whoever
/// writes last has looked afterwards.
pub(crate) async fn push(shop: &Shop) -> Result<()> {
    let mut synonyms = for_engines(shop).await?;
    for _ in 0..ROUNDS_MAX {
        let told = tokio::time::timeout(CALL_TIMEOUT, shop.search.set_synonyms(&synonyms)).await;
        let told = told.unwrap_or_else(|elapsed| Err(SearchError::Unavailable(elapsed.into())));
        told.map_err(Fault::from)?;
        index_changed(shop).await;
        let fresh = for_engines(shop).await?;
        if fresh == synonyms {
            return Ok(());
        }
        synonyms = fresh;
    }
    let reason = "synonyms changed faster than the engine could take them";
    Err(Fault::from(SearchError::Unavailable(reason.into())).into())
}

/// What these groups say together. A term of several groups has the synonyms of all of them.
pub(super) fn of(groups: &[synonym_group::Model]) -> Synonyms {
    let mut table = Synonyms::new();
    let mut add = |key: &str, to: &str| {
        let known = table.entry(key.to_owned()).or_default();
        if !known.iter().any(|term| term == to) {
            known.push(to.to_owned());
        }
    };
    for group in groups {
        let members: Vec<String> = terms(group).map(term).collect();
        let froms: Vec<String> = match &group.term {
            Some(one) => vec![term(one)],
            None => members.clone(),
        };
        let tag = group.language.as_deref().map(normal_tag);
        for from in &froms {
            let key = tag.as_ref().map_or_else(|| from.clone(), |tag| in_language(tag, from));
            members.iter().filter(|to| *to != from).for_each(|to| add(&key, to));
        }
    }
    table.retain(|_, synonyms| !synonyms.is_empty());
    table
}

/// A term is looked for as a language compares it, and so is what stands for it: `Couches` finds what `Sofas` are.
fn with_forms(table: Synonyms, analyses: &[&Analysis]) -> Synonyms {
    let mut all = table.clone();
    for analysis in analyses {
        let formed = |term: &str| analysis.forms(term).join(" ");
        for (key, synonyms) in &table {
            let (tag, term) = of_key(key);
            if tag.is_some_and(|tag| Analysis::of(tag) != Some(*analysis)) {
                continue;
            }
            let form = formed(term);
            let forms = synonyms.iter().map(|synonym| formed(synonym));
            let others: Vec<String> = synonyms.iter().cloned().chain(forms).collect();
            for from in [term, form.as_str()] {
                let key = tag.map_or_else(|| from.to_owned(), |tag| in_language(tag, from));
                let known = all.entry(key).or_default();
                for other in &others {
                    if other != from && known.len() < SYNONYMS_MAX && !known.contains(other) {
                        known.push(other.clone());
                    }
                }
            }
        }
    }
    all
}

/// A table in which each term leads to what it does in searches of a language.
fn spoken_in(table: &Synonyms, tag: Option<&str>) -> Synonyms {
    let keys = table.keys().map(|key| of_key(key));
    let spoken = keys.filter(|(of, _)| of.is_none_or(|of| fallbacks(tag).any(|tag| tag == of)));
    let led = |term: &str| -> Vec<String> { leads_to(table, tag, term).into_iter().cloned().collect() };
    spoken.map(|(_, term)| (term.to_owned(), led(term))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;
    use uuid::Uuid;
    use vitrine_entity::ids::SynonymGroupId;

    use super::*;

    fn group(term: Option<&str>, synonyms: &[&str]) -> synonym_group::Model {
        synonym_group::Model {
            id: SynonymGroupId(Uuid::nil()),
            term: term.map(str::to_owned),
            synonyms: json!(synonyms),
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            deleted_at: None,
            language: None,
        }
    }

    #[test]
    fn synonyms_of_one_language_are_no_other_ones() {
        let spoken = |tag: &str, term: &str, synonym: &str| synonym_group::Model {
            language: Some(tag.to_owned()),
            ..group(Some(term), &[synonym])
        };
        let table = of(&[
            spoken("de", "Gift", "Toxine"),
            spoken("de-AT", "Paradeiser", "Tomaten"),
            group(Some("gift"), &["present"]),
        ]);
        assert_eq!(
            json!(table),
            json!({ "de:gift": ["toxine"], "de-at:paradeiser": ["tomaten"], "gift": ["present"] })
        );
        let german = json!({ "gift": ["present", "toxine"] });
        assert_eq!(json!(spoken_in(&table, Some("de"))), german);
        assert_eq!(json!(spoken_in(&table, Some("de-ch"))), german);
        // Whoever searches in Austria goes by what is said there, and else by all German.
        assert_eq!(
            json!(spoken_in(&table, Some("de-at"))),
            json!({ "gift": ["present", "toxine"], "paradeiser": ["tomaten"] })
        );
        assert_eq!(json!(spoken_in(&table, Some("en"))), json!({ "gift": ["present"] }));
        let analyses: Vec<_> = ["de", "en"].iter().filter_map(|tag| Analysis::of(tag)).collect();
        let formed = with_forms(table, &analyses);
        assert_eq!(formed["de:gift"], ["toxine", "toxin"]);
        assert_eq!(formed["de-at:paradeiser"], ["tomaten", "tomat"]);
        assert!(formed.keys().all(|key| !key.starts_with("en:")), "{formed:?}");
    }

    #[test]
    fn groups_lead_one_step_and_in_their_direction() {
        let table = of(&[
            group(None, &["Sofa", "Couch"]),
            group(None, &["couch", "Settée"]),
            group(Some("Phone"), &["i-Phone"]),
        ]);
        let expected = json!({
            "sofa": ["couch"], "couch": ["sofa", "settee"], "settee": ["couch"], "phone": ["i phone"],
        });
        assert_eq!(json!(table), expected);
    }

    #[test]
    fn forms_have_the_synonyms_of_their_words() {
        let german = Analysis::of("de").expect("a language");
        let table = with_forms(of(&[group(None, &["Leuchte", "Lampe"])]), &[german]);
        let expected = json!({
            "leuchte": ["lampe", "lamp"], "leucht": ["lampe", "lamp"],
            "lampe": ["leuchte", "leucht"], "lamp": ["leuchte", "leucht"],
        });
        assert_eq!(json!(table), expected);
        let plain = of(&[group(None, &["Sofa", "Couch"])]);
        assert_eq!(with_forms(plain.clone(), &[]), plain);
    }
}
