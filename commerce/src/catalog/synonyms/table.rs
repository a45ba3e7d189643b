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
    ports::search::{SearchError, Synonyms},
    words::{analysis::Analysis, term},
};

/// How often synonyms that change meanwhile are written again.
const ROUNDS_MAX: usize = 4;

/// How long one call to the engine may take. All rounds together stay within a job's lease.
const CALL_TIMEOUT: Duration = Duration::from_secs(6);

/// Every term that has synonyms, as engines take them: by the forms that the shop's languages compare words by, too.
pub(crate) async fn for_engines(shop: &Shop) -> Result<Synonyms> {
    let profile = shop.profile();
    let analyses = Analysis::of_shop(profile.languages.iter().map(AsRef::as_ref));
    Ok(with_forms(table(&shop.db).await?, &analyses))
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
    let mut add = |from: &str, to: &str| {
        let known = table.entry(from.to_owned()).or_default();
        if from != to && !known.iter().any(|term| term == to) {
            known.push(to.to_owned());
        }
    };
    for group in groups {
        let members: Vec<String> = terms(group).map(term).collect();
        let froms: Vec<String> = match &group.term {
            Some(one) => vec![term(one)],
            None => members.clone(),
        };
        for from in &froms {
            members.iter().for_each(|to| add(from, to));
        }
    }
    table.retain(|_, synonyms| !synonyms.is_empty());
    table
}

/// A term is looked for as a language compares it, and so is what stands for it: `Couches` finds what `Sofas` are.
fn with_forms(table: Synonyms, analyses: &[&Analysis]) -> Synonyms {
    let mut all = table.clone();
    for analysis in analyses {
        let formed = |term: &String| analysis.forms(term).join(" ");
        for (term, synonyms) in &table {
            let key = formed(term);
            let others: Vec<String> = synonyms.iter().cloned().chain(synonyms.iter().map(formed)).collect();
            for from in [term, &key] {
                let known = all.entry(from.clone()).or_default();
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
        }
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
