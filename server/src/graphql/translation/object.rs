use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::translations::{self, Form, table};
use vitrine_entity::translation;

use crate::{
    graphql::shared::{Result, connection, int},
    ids,
};

/// What kind of thing has texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::translations::Kind")]
pub enum TranslatableKind {
    /// A product: its title, description, safety warnings, slug, and what search engines of the web are told.
    Product,
    /// What a product's picture shows.
    Picture,
    /// What a product's video is called.
    Video,
    /// A category.
    Category,
    /// A collection.
    Collection,
    /// What products are chosen by, and its values: once for all products that call it so.
    Option,
    /// An attribute's name, and its values where they are text: once for all products.
    Attribute,
    /// A page or a policy: its newest text.
    Page,
    /// A menu, and what its links say.
    Menu,
    /// A shipping method.
    ShippingMethod,
    /// A place where goods are picked up.
    Location,
    /// A discount: what shoppers see it called.
    Discount,
    /// A way to pay.
    PaymentMethod,
    /// A tax's name: once for all rates that are called so.
    Tax,
}

/// Which things are to be translated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::translations::State")]
pub enum TranslationState {
    /// Those of which a text is missing or outdated. A slug is never missing.
    #[default]
    ToDo,
    /// Those of which a text is not translated.
    Missing,
    /// Those of which a text has changed since it was translated.
    Outdated,
    /// All that have texts.
    All,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum TextForm {
    /// One line.
    Line,
    /// Several lines.
    Paragraph,
    /// HTML; what could harm a browser is taken out.
    Html,
    /// What names a thing in an address: lower-case letters and digits, with `-`, `_` and `.` between them.
    Slug,
}

/// A thing with its texts in the shop's own language, and in another.
#[derive(Debug)]
pub struct Translatable(pub translations::Translatable);

connection! { TranslatableConnection, TranslatableEdge, Translatable, (), {
    /// This page as lines of CSV (RFC 4180, UTF-8), a text a line: `ID`, `Name`, `Locale`, `Field`, `Original`, `Digest` and
    /// `Translation`, which is empty where there is none. Filled in, `bulkOperationRun` takes it as it is.
    #[graphql(complexity = 10)]
    async fn csv(
        &self,
        #[graphql(desc = "Whether the names of the columns stand in a line before.", default = true)] header: bool,
    ) -> Result<String> {
        let rows = table::rows(self.page.rows.iter().map(|(_, thing)| &thing.0))?;
        Ok(match header {
            true => format!("{}{rows}", table::header()?),
            false => rows,
        })
    }
} }

/// A thing with its texts in the shop's own language, and in another.
#[Object]
impl Translatable {
    /// Names the thing: its own id, or, of words that products share, such as `option:Colour`.
    async fn id(&self) -> ID {
        ids::public(&self.0.thing)
    }

    /// What kind of thing it is.
    async fn kind(&self) -> TranslatableKind {
        self.0.thing.kind().into()
    }

    /// What it is called in the shop's own language.
    async fn title(&self) -> &str {
        self.0.title()
    }

    /// The other language (BCP 47).
    async fn locale(&self) -> &str {
        &self.0.locale
    }

    /// Its texts that say something, what it is called first.
    #[graphql(complexity = "10 * child_complexity")]
    async fn fields(&self) -> Vec<TranslatableField<'_>> {
        self.0.fields.iter().map(TranslatableField).collect()
    }
}

/// A text of a thing.
#[derive(Debug)]
pub struct TranslatableField<'a>(&'a translations::TranslatableField);

/// A text of a thing.
#[Object]
impl TranslatableField<'_> {
    /// Names the text within its thing, as in `title`. Values of options and attributes, and links of menus, are named by
    /// what they say: `value:Red`.
    async fn field(&self) -> &str {
        &self.0.source.field
    }

    /// What the text is.
    async fn form(&self) -> TextForm {
        match self.0.source.form {
            Form::Line(_) => TextForm::Line,
            Form::Paragraph(_) => TextForm::Paragraph,
            Form::Html(_) => TextForm::Html,
            Form::Slug => TextForm::Slug,
        }
    }

    /// How long a translation may be: characters, or bytes of HTML.
    async fn length_max(&self) -> i32 {
        match self.0.source.form {
            Form::Line(most) | Form::Paragraph(most) | Form::Html(most) => most.try_into().unwrap_or(i32::MAX),
            Form::Slug => 200,
        }
    }

    /// The text in the shop's own language.
    async fn source_text(&self) -> &str {
        &self.0.source.text
    }

    /// Stands for that text: send it with its translation, which is refused where the text has changed meanwhile.
    async fn source_digest(&self) -> String {
        self.0.digest()
    }

    /// The text in the other language, where it was translated.
    async fn translation(&self) -> Option<Translation<'_>> {
        self.0.translation.as_ref().map(Translation)
    }

    /// Whether the text has changed since it was translated. Shoppers are shown the translation all the same.
    async fn outdated(&self) -> bool {
        self.0.is_outdated()
    }
}

/// A text in another language.
#[derive(Debug)]
pub struct Translation<'a>(&'a translation::Model);

/// A text in another language.
#[Object]
impl Translation<'_> {
    /// The text.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// The text that was translated, as it stood then.
    async fn translated_text(&self) -> &str {
        &self.0.source
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Who wrote it: the id of a member of staff or of an app, or `system`.
    async fn written_by(&self) -> &str {
        &self.0.actor
    }

    /// When it was written.
    async fn written_at(&self) -> DateTime<Utc> {
        self.0.written_at
    }
}

/// How much of a kind is translated into a language.
#[derive(Debug, SimpleObject)]
pub struct TranslationProgress {
    /// The kind.
    pub kind: TranslatableKind,
    /// The language (BCP 47).
    pub locale: String,
    /// How many texts say something in the shop's own language. Slugs are not counted.
    pub texts: i32,
    /// How many of them are translated, those included that are outdated.
    pub translated: i32,
    /// How many have changed since they were translated.
    pub outdated: i32,
}

impl From<translations::Progress> for TranslationProgress {
    fn from(progress: translations::Progress) -> Self {
        Self {
            kind: progress.kind.into(),
            locale: progress.locale,
            texts: int(progress.texts),
            translated: int(progress.translated),
            outdated: int(progress.outdated),
        }
    }
}
