//! A search text as a condition: what the database finds where no search engine is asked.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, IntoIden, LikeExpr, SelectStatement},
};
use vitrine_entity::{product, product_attribute, product_word_forms, translation, variant, variant_attribute};

use crate::{
    ports::search::Synonyms,
    words::{analysis::Analysis, folded, term},
};

/// How many words together may be a term that has synonyms.
const SYNONYM_WORDS_MAX: usize = 3;
static NO_TERMS: Vec<String> = Vec::new();

/// All of the words, or what stands for them: of the terms that begin with a word, the longest that has synonyms.
pub(super) fn holds_text(words: &[String], synonyms: &Synonyms, language: Option<&Analysis>) -> Condition {
    let holds = |word: &str| holds_word(word).add_option(holds_forms(word, language));
    let all_of = |words: &mut dyn Iterator<Item = &str>| words.fold(Condition::all(), |all, word| all.add(holds(word)));
    let (mut all, mut place) = (Condition::all(), 0);
    while place < words.len() {
        let ends = (place + 1..=words.len().min(place + SYNONYM_WORDS_MAX)).rev();
        let known = ends
            .map(|end| (end, synonyms.get(&term(&words[place..end].join(" ")))))
            .find_map(|(end, terms)| Some((end, terms?)));
        let (end, terms) = known.unwrap_or((place + 1, &NO_TERMS));
        let typed = all_of(&mut words[place..end].iter().map(String::as_str));
        all = all.add(terms.iter().fold(Condition::any().add(typed), |any, term| {
            any.add(all_of(&mut term.split(' ')))
        }));
        place = end;
    }
    all
}

fn holds_word(word: &str) -> Condition {
    let spelled = spelled(word);
    let holds = |text: Expr| {
        let any = spelled.iter().map(|word| text.clone().like(like(word)));
        any.fold(Condition::any(), Condition::add)
    };
    let by_code = variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .filter(
            Condition::any()
                .add(holds(squeezed(variant::Entity, variant::Column::Sku)))
                .add(holds(squeezed(variant::Entity, variant::Column::Barcode))),
        )
        .into_query();
    let by_option = variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .filter(variant::Column::Active.eq(true))
        .filter(holds(squeezed(variant::Entity, variant::Column::Title)))
        .into_query();
    let by_attribute = product_attribute::Entity::find()
        .select_only()
        .column(product_attribute::Column::ProductId)
        .filter(holds(squeezed(
            product_attribute::Entity,
            product_attribute::Column::Value,
        )))
        .into_query();
    let by_variant = variant_attribute::Entity::find()
        .select_only()
        .column(variant_attribute::Column::ProductId)
        .filter(holds(squeezed(
            variant_attribute::Entity,
            variant_attribute::Column::Value,
        )))
        .into_query();
    let by_translation = translation::Entity::find()
        .select_only()
        .column(translation::Column::ThingId)
        .filter(translation::Column::Kind.eq("PRODUCT"))
        .filter(translation::Column::Field.eq("title"))
        .filter(holds(squeezed(translation::Entity, translation::Column::Text)))
        .into_query();
    // What stands between tags is no part of them.
    let may_be_tag = word.contains(char::is_alphanumeric);
    Condition::any()
        .add_option(holds_folded(word))
        .add(holds(squeezed(product::Entity, product::Column::Title)))
        .add(holds(squeezed(product::Entity, product::Column::Vendor)))
        .add_option(may_be_tag.then(|| holds(squeezed(product::Entity, product::Column::Tags))))
        .add(id_in(by_code))
        .add(id_in(by_option))
        .add(id_in(by_attribute))
        .add(id_in(by_variant))
        .add(id_in(by_translation))
}

/// Among the words of title, vendor, tags and values as a language compares them; nothing where it has no words, or there is no
/// language.
fn holds_forms(word: &str, language: Option<&Analysis>) -> Option<Condition> {
    let forms = language?.forms(word);
    if forms.is_empty() {
        return None;
    }
    let held = product_word_forms::Entity::find()
        .select_only()
        .column(product_word_forms::Column::ProductId)
        .filter(product_word_forms::Column::Language.eq(language?.code));
    let held = forms.iter().fold(held, |held, form| {
        held.filter(product_word_forms::Column::Forms.like(like(form)))
    });
    Some(Condition::all().add(id_in(held.into_query())))
}

/// Among the folded words of title, vendor and tags, as one word or one behind the other; nothing where it has none.
fn holds_folded(word: &str) -> Option<Condition> {
    let words = folded(word);
    let held = |text: String| product::Column::Words.like(like(&text));
    match words.as_slice() {
        [] => None,
        [word] => Some(Condition::any().add(held(word.clone()))),
        several => {
            let apart = format!(" {}", several.join(" "));
            Some(Condition::any().add(held(apart)).add(held(several.concat())))
        }
    }
}

/// What may stand between the parts of a word, and letters that others write for what they cannot type.
const WRITTEN_AS: [(&str, &str); 7] = [
    ("-", ""),
    (" ", ""),
    (".", ""),
    ("/", ""),
    ("ı", "i"),
    ("İ", "i"),
    ("ß", "ss"),
];

/// A text in lower case, without what stands between the parts of words.
fn squeezed<E: IntoIden, C: IntoIden>(table: E, column: C) -> Expr {
    let text = Expr::col((table.into_iden(), column.into_iden())).cast_as("text");
    WRITTEN_AS
        .iter()
        .fold(Func::lower(text).into(), |text: Expr, (letter, written)| {
            Func::cust("replace")
                .args([text, Expr::val(*letter), Expr::val(*written)])
                .into()
        })
}

/// A word as [`squeezed`] text may hold it: with letters or what is written for them, and in both cases where a database
/// knows those of ASCII alone.
fn spelled(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let squeezed = WRITTEN_AS
        .iter()
        .fold(lower.replace("i\u{307}", "i"), |word, (letter, written)| {
            word.replace(letter, written)
        });
    let plain = if squeezed.is_empty() { lower } else { squeezed };
    let letters = [("ae", "ä"), ("oe", "ö"), ("ue", "ü")];
    let with_letters = letters
        .iter()
        .fold(plain.clone(), |word, (spelled, letter)| word.replace(spelled, letter));
    let spelled_out = letters
        .iter()
        .fold(plain.clone(), |word, (spelled, letter)| word.replace(letter, spelled));
    let mut all: Vec<String> = Vec::new();
    for word in [plain, with_letters, spelled_out] {
        let is_upper = |letter: char| {
            if letter.is_ascii() {
                vec![letter]
            } else {
                letter.to_uppercase().collect()
            }
        };
        let upper: String = word.chars().flat_map(is_upper).collect();
        for word in [word, upper] {
            if !all.contains(&word) {
                all.push(word);
            }
        }
    }
    all
}

fn id_in(query: SelectStatement) -> Expr {
    product::Column::Id.in_subquery(query)
}

/// Anywhere within, wildcards taken literally.
pub(crate) fn like(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('!')
}
