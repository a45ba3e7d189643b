//! Whole searches that begin as what was typed.

use chrono::Days;

use crate::{
    Result, Shop, sql,
    words::{fold, split, term, typos, typos_allowed},
};

/// How far back searches count.
const DAYS: u64 = 90;

/// How often a term must have been searched for before others see it: what one person typed is theirs.
const SEARCHES_MIN: i64 = 3;

/// How many days of terms are looked at.
const ROWS_MAX: u64 = 2_000;

/// What shoppers searched for in this language, and mostly found, that begins as what was typed, the most frequent first.
pub(super) async fn searched(shop: &Shop, language: &str, typed: &str, limit: usize) -> Result<Vec<String>> {
    let today = shop.today();
    let Some(since) = today.checked_sub_days(Days::new(DAYS)) else {
        return Ok(Vec::new());
    };
    // Terms are compared by their bytes: behind it is whatever begins otherwise.
    let end = format!("{typed}\u{10ffff}");
    let sql = format!(
        "select term from (select term, searches, found_nothing from search_term_day \
             where term > $1 and term < $2 and day >= $3 and (languages = '' or languages like $4) order by term, day limit {ROWS_MAX}) as begun \
         group by term having sum(searches) >= {SEARCHES_MIN} and sum(found_nothing) * 2 < sum(searches) \
         order by sum(searches) desc, term limit {limit}"
    );
    let primary = language.split('-').next().unwrap_or_default();
    let values = [typed.into(), end.into(), since.into(), format!("% {primary} %").into()];
    Ok(sql::column(&shop.db, &sql, values).await?)
}

/// What titles and vendors of the products found make of what was typed, the fewest typos first.
pub(super) fn completed(words: &[String], found: &[(String, String)]) -> Vec<String> {
    let of_product = |(title, vendor): &(String, String)| complete(words, &[split(title), split(vendor)].concat());
    let mut completed: Vec<(u8, String)> = found.iter().filter_map(of_product).collect();
    completed.sort_by_key(|(typos, _)| *typos);
    completed.into_iter().map(|(_, text)| text).collect()
}

/// All of them once, without what was typed itself.
pub(super) fn together(typed: &str, past: Vec<String>, completed: Vec<String>, limit: usize) -> Vec<String> {
    let mut seen = vec![typed.to_owned()];
    let mut terms = Vec::new();
    for text in past.into_iter().chain(completed) {
        let normal = term(&text);
        if terms.len() < limit && !seen.contains(&normal) {
            seen.push(normal);
            terms.push(text);
        }
    }
    terms
}

/// The words typed as `known` ones are written, the last of them finished; and how many typos they had.
fn complete(typed: &[String], known: &[String]) -> Option<(u8, String)> {
    let (mut words, mut all_typos) = (Vec::new(), 0);
    for (index, word) in typed.iter().enumerate() {
        let is_last = index + 1 == typed.len();
        let fits = known.iter().filter_map(|other| {
            let typos = typos(word, &fold(other), is_last)?;
            (typos <= typos_allowed(word)).then_some((typos, other))
        });
        match fits.min_by_key(|(typos, _)| *typos) {
            Some((typos, other)) => {
                all_typos += typos;
                words.push(other.to_lowercase());
            }
            None if is_last => return None,
            None => words.push(word.clone()),
        }
    }
    Some((all_typos, words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::folded;

    #[test]
    fn the_last_word_is_finished_and_typos_are_mended() {
        let complete = |typed: &str| complete(&folded(typed), &split("Crème Kettle, Grain"));
        assert_eq!(complete("ket"), Some((0, "kettle".to_owned())));
        assert_eq!(complete("creme kett"), Some((0, "crème kettle".to_owned())));
        assert_eq!(complete("ketl"), Some((1, "kettle".to_owned())));
        assert_eq!(complete("red gra"), Some((0, "red grain".to_owned())));
        assert_eq!(complete("kettle red"), None);
    }

    #[test]
    fn what_was_typed_is_not_offered() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let all = together("lamp", texts(&["lamp", "lamps"]), texts(&["Lámps", "lamp shade"]), 5);
        assert_eq!(all, ["lamps", "lamp shade"]);
    }
}
