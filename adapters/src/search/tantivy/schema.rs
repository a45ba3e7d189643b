//! The fields of the index, and a document's way into them.

use std::collections::{BTreeMap, HashMap};

use tantivy::{
    TantivyDocument, Term,
    schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{Token, TokenStream, Tokenizer},
};
use vitrine_commerce::{
    ports::search::SearchDocument,
    words::{
        analysis::{Analysis, LANGUAGES},
        folded, pieces,
    },
};
use vitrine_entity::{currency::Currency, ids::ProductId};

use crate::search::{
    facets::Counted,
    found_by::{ByLanguage, FoundBy},
    words::value_key,
};

/// The name under which [`WordTokenizer`] is registered. Another one whenever words are folded otherwise: an index that was
/// made by the version before is then built anew.
pub(super) const WORDS: &str = "words.2";

// Columns by name: tantivy opens fast fields so.
pub(super) const ID_HIGH: &str = "id_high";
pub(super) const ID_LOW: &str = "id_low";
pub(super) const PRICE: &str = "price_minor";
pub(super) const SOLD: &str = "sold";
pub(super) const CREATED: &str = "created_at";
pub(super) const IN_STOCK: &str = "in_stock";

/// The columns that hold a facet's values as they are shown.
pub(super) const VALUE_COLUMNS: [(Counted, &str); 5] = [
    (Counted::Category, "category_value"),
    (Counted::Collection, "collection_value"),
    (Counted::Vendor, "vendor_value"),
    (Counted::Tag, "tag_value"),
    (Counted::Attribute, "attribute_value"),
];

/// A property that is filtered by its key and counted by its value.
#[derive(Clone, Copy)]
pub(super) struct Property {
    pub(super) key: Field,
    value: Field,
}

/// What is looked for in one language.
#[derive(Clone, Copy)]
struct LanguageFields {
    title: Field,
    forms: Field,
    within: Field,
}

/// A field in which words are looked for.
#[derive(Clone, Copy)]
pub(super) struct Searched {
    pub(super) field: Field,
    /// A typo there is no typo but another product or word: in codes, other spellings, and parts of words.
    pub(super) is_exact: bool,
    /// Of what ends within a word, what is looked for is a beginning.
    pub(super) is_within: bool,
}

pub(super) struct Fields {
    id: Field,
    id_high: Field,
    id_low: Field,
    /// What text is looked for in, from what matters most to what matters least.
    text: [Field; 9],
    /// In the order of [`LANGUAGES`].
    by_language: Vec<LanguageFields>,
    pub(super) category: Property,
    pub(super) collection: Property,
    pub(super) vendor: Property,
    pub(super) tag: Property,
    pub(super) attribute: Property,
    /// By their keys, and not counted.
    pub(super) own_attribute: Field,
    pub(super) variant_set: Field,
    /// The ids of collections.
    pub(super) held_by: Field,
    price: Field,
    prices: HashMap<Currency, Field>,
    pub(super) in_stock: Field,
    sold: Field,
    created: Field,
}

impl Fields {
    /// Where titles are, the language's own first.
    pub(super) fn titles(&self, language: Option<&Analysis>) -> Vec<Field> {
        let own = language.map(|language| self.by_language[language.place()].title);
        own.into_iter().chain([self.text[0]]).collect()
    }

    /// Where words are looked for, from what matters most to what matters least: in one language, and within words.
    pub(super) fn searched(&self, language: Option<&Analysis>, within_words: bool) -> Vec<Searched> {
        let plain = |field| Searched {
            field,
            is_exact: false,
            is_within: false,
        };
        let exact = |field| Searched {
            is_exact: true,
            ..plain(field)
        };
        let within = |field| Searched {
            is_within: true,
            ..exact(field)
        };
        let own = language.map(|language| self.by_language[language.place()]);
        let [
            title,
            skus,
            categories,
            vendor,
            tags,
            values,
            description,
            spellings,
            parts,
        ] = self.text;
        let mut searched: Vec<Searched> = own.map(|own| plain(own.title)).into_iter().collect();
        searched.extend([
            plain(title),
            exact(skus),
            plain(categories),
            plain(vendor),
            plain(tags),
            plain(values),
        ]);
        searched.extend(own.map(|own| plain(own.forms)));
        searched.extend([plain(description), exact(spellings)]);
        let has_compounds = language.is_some_and(|language| language.has_compounds);
        searched.extend(own.filter(|_| has_compounds).map(|own| within(own.within)));
        searched.extend(within_words.then(|| within(parts)));
        searched
    }

    /// Where prices are: in the shop's own currency, or in another.
    pub(super) fn price(&self, currency: Option<Currency>) -> Field {
        let other = currency.and_then(|currency| self.prices.get(&currency).copied());
        other.unwrap_or(self.price)
    }

    pub(super) fn id_term(&self, product: ProductId) -> Term {
        Term::from_field_text(self.id, &product.to_string())
    }

    pub(super) fn document(&self, source: &SearchDocument) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        let bits = source.id.0.as_u64_pair();
        document.add_text(self.id, source.id.to_string());
        document.add_u64(self.id_high, bits.0);
        document.add_u64(self.id_low, bits.1);
        let vendor = source.vendor.as_slice();
        let title = std::slice::from_ref(&source.title);
        let description = std::slice::from_ref(&source.description);
        let found_by = FoundBy::of(source);
        let texts = [
            title,
            &source.skus,
            &source.categories,
            vendor,
            &source.tags,
            &found_by.values,
            description,
            &found_by.spellings,
            &found_by.within,
        ];
        for (field, values) in self.text.into_iter().zip(texts) {
            values.iter().for_each(|value| document.add_text(field, value));
        }
        for language in &found_by.by_language {
            self.add_language(&mut document, language);
        }
        add_property(&mut document, self.category, &source.categories);
        add_property(&mut document, self.collection, &source.collections);
        add_property(&mut document, self.vendor, vendor);
        add_property(&mut document, self.tag, &source.tags);
        add_property(&mut document, self.attribute, &source.attributes);
        for (field, values) in [
            (self.own_attribute, &source.own_attributes),
            (self.variant_set, &source.variant_sets),
        ] {
            values
                .iter()
                .for_each(|value| document.add_text(field, value_key(value)));
        }
        for collection in &source.held_by {
            document.add_text(self.held_by, collection.to_string());
        }
        document.add_i64(self.price, source.price_minor);
        for (currency, minor) in &source.prices_minor {
            if let Some(field) = self.prices.get(currency) {
                document.add_i64(*field, *minor);
            }
        }
        document.add_bool(self.in_stock, source.in_stock);
        document.add_i64(self.sold, source.sold);
        document.add_i64(self.created, source.created_at);
        document
    }

    fn add_language(&self, document: &mut TantivyDocument, language: &ByLanguage) {
        let fields = self.by_language[language.analysis.place()];
        for (field, texts) in [
            (fields.title, &language.title),
            (fields.forms, &language.forms),
            (fields.within, &language.within),
        ] {
            texts.iter().for_each(|text| document.add_text(field, text));
        }
    }
}

/// The column of the prices in a currency that is not the shop's own.
pub(super) fn price_column(currency: Currency) -> String {
    format!("{PRICE}_{currency}")
}

/// A value is counted once a product, however often and in whatever case it is given.
fn add_property(document: &mut TantivyDocument, property: Property, values: &[String]) {
    let distinct: BTreeMap<String, &String> = values.iter().map(|value| (value_key(value), value)).collect();
    for (key, value) in distinct {
        document.add_text(property.key, key);
        document.add_text(property.value, value);
    }
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let words = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(words);
    let text = [
        "title",
        "skus",
        "categories",
        "vendor",
        "tags",
        "values",
        "description",
        "spellings",
        "within",
    ]
    .map(|name| schema.add_text_field(name, words.clone()));
    let by_language = LANGUAGES.iter().map(|language| {
        let mut field = |name: &str| schema.add_text_field(&format!("{name}_{}", language.code), words.clone());
        LanguageFields {
            title: field("title"),
            forms: field("forms"),
            within: field("within"),
        }
    });
    let by_language = by_language.collect();
    let prices = Currency::all().map(|currency| (currency, schema.add_i64_field(&price_column(currency), FAST)));
    let prices = prices.collect();
    let [category, collection, vendor, tag, attribute] = VALUE_COLUMNS.map(|(_, column)| Property {
        key: schema.add_text_field(&format!("{column}_key"), STRING),
        value: schema.add_text_field(column, TextOptions::default().set_fast("raw")),
    });
    let fields = Fields {
        id: schema.add_text_field("id", STRING),
        id_high: schema.add_u64_field(ID_HIGH, FAST),
        id_low: schema.add_u64_field(ID_LOW, FAST),
        text,
        by_language,
        category,
        collection,
        vendor,
        tag,
        attribute,
        own_attribute: schema.add_text_field("own_attribute", STRING),
        variant_set: schema.add_text_field("variant_set", STRING),
        held_by: schema.add_text_field("held_by", STRING),
        price: schema.add_i64_field(PRICE, FAST),
        prices,
        in_stock: schema.add_bool_field(IN_STOCK, FAST | INDEXED),
        sold: schema.add_i64_field(SOLD, FAST),
        created: schema.add_i64_field(CREATED, FAST),
    };
    (schema.build(), fields)
}

/// Splits by [`folded`], and what is written without spaces into its letters.
#[derive(Clone, Default)]
pub(super) struct WordTokenizer;

pub(super) struct WordStream {
    words: std::vec::IntoIter<String>,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        WordStream {
            words: pieces_of(text).into_iter(),
            token: Token::default(),
        }
    }
}

fn pieces_of(text: &str) -> Vec<String> {
    folded(text).iter().flat_map(|word| pieces(word)).collect()
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.text = word;
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
