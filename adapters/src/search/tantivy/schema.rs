//! The fields of the index, and a document's way into them.

use std::collections::BTreeMap;

use tantivy::{
    TantivyDocument, Term,
    schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{Token, TokenStream, Tokenizer},
};
use vitrine_commerce::{
    ports::search::SearchDocument,
    words::{folded, pieces},
};
use vitrine_entity::ids::ProductId;

use crate::search::{facets::Counted, found_by::FoundBy, words::value_key};

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

#[derive(Clone, Copy)]
pub(super) struct Fields {
    id: Field,
    id_high: Field,
    id_low: Field,
    /// What text is looked for in, from what matters most to what matters least.
    pub(super) text: [Field; 9],
    pub(super) category: Property,
    pub(super) collection: Property,
    pub(super) vendor: Property,
    pub(super) tag: Property,
    pub(super) attribute: Property,
    /// By their keys, and not counted.
    pub(super) own_attribute: Field,
    pub(super) variant_set: Field,
    pub(super) price: Field,
    pub(super) in_stock: Field,
    sold: Field,
    created: Field,
}

impl Fields {
    pub(super) fn title(&self) -> Field {
        self.text[0]
    }

    /// Where a typo is no typo but another product.
    pub(super) fn skus(&self) -> Field {
        self.text[1]
    }

    /// Other spellings and parts of words: a typo in them is too far from what was written.
    pub(super) fn is_spelled_otherwise(&self, field: Field) -> bool {
        field == self.text[7] || field == self.within()
    }

    /// What stands within words, for whoever asks for it.
    pub(super) fn within(&self) -> Field {
        self.text[8]
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
        document.add_i64(self.price, source.price_minor);
        document.add_bool(self.in_stock, source.in_stock);
        document.add_i64(self.sold, source.sold);
        document.add_i64(self.created, source.created_at);
        document
    }
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
    let [category, collection, vendor, tag, attribute] = VALUE_COLUMNS.map(|(_, column)| Property {
        key: schema.add_text_field(&format!("{column}_key"), STRING),
        value: schema.add_text_field(column, TextOptions::default().set_fast("raw")),
    });
    let fields = Fields {
        id: schema.add_text_field("id", STRING),
        id_high: schema.add_u64_field(ID_HIGH, FAST),
        id_low: schema.add_u64_field(ID_LOW, FAST),
        text,
        category,
        collection,
        vendor,
        tag,
        attribute,
        own_attribute: schema.add_text_field("own_attribute", STRING),
        variant_set: schema.add_text_field("variant_set", STRING),
        price: schema.add_i64_field(PRICE, FAST),
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
