//! What every search engine must do, run on tantivy, on Meilisearch's adapter over the stand-in,
//! and on a real Meilisearch where `VITRINE_TEST_MEILISEARCH_URL` (and `…_KEY`) names one.
//!
//! To add a promise: write it as a function of an [`engines::Engine`] and name it in the list
//! below. It must hold for all, so assert only what a real Meilisearch does.

mod catalogue;
mod copies;
mod engines;
mod facets;
mod faults;
mod filters;
mod languages;
mod order;
mod rebuilds;
mod recording;
mod synonyms;
mod text;
mod upkeep;

/// Each promise as a test on an engine.
macro_rules! promises {
    ($on:ident: $($file:ident: $($promise:ident),+;)+) => {
        mod $on {
            $($(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() {
                crate::search::engines::$on(crate::search::$file::$promise).await;
            })+)+
        }
    };
}

macro_rules! contract {
    ($($file:ident: $($promise:ident),+;)+) => {
        promises! { on_tantivy: $($file: $($promise),+;)+ }
        promises! { on_tantivy_in_a_folder: $($file: $($promise),+;)+ }
        promises! { on_the_stand_in: $($file: $($promise),+;)+ }

        #[tokio::test(flavor = "multi_thread")]
        async fn a_real_meilisearch_keeps_every_promise() {
            let mut real = engines::RealMeilisearch::default();
            $($(real.hold_to(stringify!($promise), $file::$promise).await;)+)+
            real.finish();
        }
    };
}

contract! {
    text: words_are_found, several_words, neighbours_come_first, typos_are_forgiven, short_words_have_no_typos, two_typos_need_eight_letters,
        a_wrong_first_letter_counts_twice, an_exact_word_beats_a_typo, the_last_word_may_be_unfinished, case_and_accents_do_not_matter,
        what_another_language_calls_it_finds_it,
        fields_have_ranks, spellings_find_each_other, what_stands_within_words_is_found_where_it_is_asked_for, skus_are_exact, text_is_literal, text_without_words_finds_nothing, long_text_is_bounded;
    languages: each_language_finds_by_its_own_words, the_title_in_the_language_asked_matters_most,
        without_a_language_nothing_is_stemmed;
    filters: every_filter_restricts, prices_of_another_currency, filters_combine, values_are_literal, values_cannot_become_filters,
        empty_lists_restrict_nothing, filters_ignore_case, products_are_named_and_left_out, one_variant_holds_them_all,
        a_market_has_what_its_collections_hold;
    facets: all_hits_are_counted, counts_follow_text_and_filters, values_are_bounded, facets_come_only_when_asked,
        no_hits_have_no_facets, prices_have_bounds;
    order: every_sort, sorts_hold_within_text, equal_matches_are_in_order_of_id, pages_are_exact, pages_need_not_align,
        beyond_the_end_is_empty, all_hits_are_given_at_once;
    upkeep: an_update_replaces_all, a_removed_product_is_gone, the_last_of_equal_ids_wins, nothing_is_no_error;
    rebuilds: the_old_index_answers_until_publication, an_abandoned_rebuild_changes_nothing,
        searches_never_see_half_a_rebuild;
    synonyms: a_synonym_finds_in_its_direction, a_synonym_of_several_words_is_a_phrase,
        synonyms_have_no_typos_and_lead_one_step, a_rebuild_begins_with_its_synonyms,
        a_term_may_have_synonyms_in_one_language_alone;
}
