//! What is found of a text of which, word by word, nothing is found: a word that is nowhere does not hide what the
//! others find, and one may stand within a longer one.

use futures::future::try_join_all;

use super::{answers::Answers, placing, rules::Curation};
use crate::{
    Result,
    ports::search::{SearchRequest, SearchResponse},
    words::{QUERY_WORDS_MAX, split},
};

/// What was asked instead and found something; `None` where nothing does.
pub(super) async fn find(
    answers: &Answers<'_>,
    request: &SearchRequest,
    curation: &Curation,
) -> Result<Option<(SearchRequest, SearchResponse)>> {
    let mut words = split(&request.text);
    words.truncate(QUERY_WORDS_MAX);
    let mut words = found_by_themselves(answers, request, words).await?;
    // Whoever wants all words together may find one of them less.
    while !words.is_empty() {
        let looser = SearchRequest {
            text: words.join(" "),
            within_words: true,
            ..request.clone()
        };
        let found = placing::page(answers, &looser, curation).await?;
        if found.total > 0 {
            return Ok(Some((looser, found)));
        }
        words.pop();
    }
    Ok(None)
}

async fn found_by_themselves(
    answers: &Answers<'_>,
    request: &SearchRequest,
    words: Vec<String>,
) -> Result<Vec<String>> {
    let asked = words.into_iter().map(|word| async move {
        let alone = SearchRequest {
            text: word.clone(),
            within_words: true,
            offset: 0,
            limit: 0,
            facets: false,
            ..request.clone()
        };
        let found = answers.ask(&alone).await?;
        Ok::<_, crate::Error>((found.total > 0).then_some(word))
    });
    Ok(try_join_all(asked).await?.into_iter().flatten().collect())
}
