//! Draws pages, and says what is on them.

use std::{collections::BTreeMap, num::NonZeroU16};

use chrono::Datelike;
use krilla::{
    Data, Document, SerializeSettings,
    color::luma,
    configure::{Accessibility, Archival, ConfigurationBuilder, PdfVersion},
    destination::XyzDestination,
    embed::{AssociationKind, EmbeddedFile, MimeType},
    geom::{PathBuilder, Point},
    metadata::{DateTime, Metadata, TextDirection},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
        TagTree,
    },
};
use vitrine_commerce::ports::document_renderer::{Attachment, RenderError, Sheet};

use super::{
    factur_x,
    fonts::Fonts,
    layout::pages,
    parts::{HEIGHT, Mark, Part, WIDTH},
};

/// What was drawn of each part, in the order in which it was.
type Drawn = BTreeMap<Part, Vec<Identifier>>;

/// Renders a sheet.
///
/// # Errors
/// [`RenderError::Letter`] where no font has a letter.
pub(super) fn render(fonts: &Fonts, sheet: &Sheet, attachment: Option<&Attachment>) -> Result<Vec<u8>, RenderError> {
    let configuration = ConfigurationBuilder::new()
        .with_version(PdfVersion::Pdf17)
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish();
    let configuration = configuration.map_err(|error| failed(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut drawn = Drawn::new();
    for page in pages(fonts, sheet)? {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| failed("a page has no size".to_owned()))?;
        let mut sheet_page = document.start_page_with(settings);
        let mut surface = sheet_page.surface();
        for mark in &page.marks {
            draw(&mut surface, mark, &mut drawn);
        }
        surface.finish();
        sheet_page.finish();
    }
    document.set_tag_tree(tree(sheet, &drawn));
    document.set_metadata(metadata(sheet));
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(sheet.title.clone(), top));
    document.set_outline(outline);
    if let Some(attachment) = attachment {
        document.embed_file(embedded(sheet, attachment));
    }
    let bytes = document.finish().map_err(|error| failed(format!("{error:?}")))?;
    match attachment {
        Some(attachment) => factur_x::declare(&bytes, &attachment.name).map_err(|why| failed(why.to_owned())),
        None => Ok(bytes),
    }
}

fn failed(why: String) -> RenderError {
    RenderError::Other(why.into())
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, drawn: &mut Drawn) {
    let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
    match mark {
        Mark::Rule { from, to, y } => {
            let mut path = PathBuilder::new();
            path.move_to(*from, *y);
            path.line_to(*to, *y);
            surface.start_tagged(artifact(ArtifactType::Layout));
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: luma::Color::new(170).into(),
                width: 0.6,
                ..Stroke::default()
            }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.set_stroke(None);
            surface.end_tagged();
        }
        Mark::Text { x, y, line, part } => {
            let identifier = match part {
                Part::Decoration => surface.start_tagged(artifact(ArtifactType::PaginationOther)),
                _ => surface.start_tagged(ContentTag::Span(SpanTag::empty())),
            };
            surface.set_fill(Some(Fill {
                paint: luma::Color::new(25).into(),
                opacity: NormalizedF32::ONE,
                ..Fill::default()
            }));
            let mut x = *x;
            for run in &line.runs {
                let start = Point::from_xy(x, *y);
                surface.draw_glyphs(start, &run.glyphs, run.face.font.clone(), &run.text, line.size, false);
                x += run.width;
            }
            surface.end_tagged();
            if *part != Part::Decoration {
                drawn.entry(*part).or_default().push(identifier);
            }
        }
    }
}

fn metadata(sheet: &Sheet) -> Metadata {
    let direction = if sheet.is_rtl {
        TextDirection::RightToLeft
    } else {
        TextDirection::LeftToRight
    };
    Metadata::new()
        .title(sheet.title.clone())
        .authors(vec![sheet.author.clone()])
        .creator("Vitrine".to_owned())
        .language(sheet.language.clone())
        .text_direction(direction)
        .creation_date(day(sheet))
}

/// The day on which it was issued, so that the same sheet gives the same file.
fn day(sheet: &Sheet) -> DateTime {
    DateTime::new(sheet.issued_on.year().clamp(0, 9_999) as u16)
        .month(sheet.issued_on.month() as u8)
        .day(sheet.issued_on.day() as u8)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn embedded(sheet: &Sheet, attachment: &Attachment) -> EmbeddedFile {
    EmbeddedFile {
        path: attachment.name.clone(),
        mime_type: MimeType::new(&attachment.mime_type),
        description: Some(attachment.description.clone()),
        association_kind: AssociationKind::Alternative,
        data: Data::from(attachment.content.clone()),
        modification_date: Some(day(sheet)),
        compress: Some(true),
        location: None,
    }
}

/// What is read, in its order.
fn tree(sheet: &Sheet, drawn: &Drawn) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(sheet.language.clone()));
    for (part, identifiers) in drawn {
        match part {
            Part::Sender | Part::Recipient(_) | Part::Introduction(_) | Part::Note(_) | Part::Footer(_) => {
                tree.push(group(Tag::P, identifiers));
            }
            Part::Title => tree.push(group(Tag::Hn(NonZeroU16::MIN, Some(sheet.title.clone())), identifiers)),
            Part::FactName(0) => tree.push(pairs(drawn, sheet.facts.len(), Part::FactName, Part::Fact)),
            Part::Heading(0) => tree.push(table(sheet, drawn)),
            Part::TotalName(0) => tree.push(pairs(drawn, sheet.totals.len(), Part::TotalName, Part::Total)),
            // Within those.
            _ => {}
        }
    }
    tree
}

fn group(tag: impl Into<TagKind>, identifiers: &[Identifier]) -> TagGroup {
    TagGroup::with_children(
        tag,
        identifiers.iter().map(|identifier| Node::from(*identifier)).collect(),
    )
}

/// What each is, and what it says, as a table of two columns.
fn pairs(drawn: &Drawn, count: usize, name: fn(usize) -> Part, value: fn(usize) -> Part) -> TagGroup {
    let mut table = TagGroup::new(Tag::Table);
    for at in 0..count {
        let mut row = TagGroup::new(Tag::TR);
        row.push(group(Tag::TH(TableHeaderScope::Row), of(drawn, name(at))));
        row.push(group(Tag::TD, of(drawn, value(at))));
        table.push(row);
    }
    table
}

fn table(sheet: &Sheet, drawn: &Drawn) -> TagGroup {
    let columns = 0..sheet.columns.len();
    let mut head = TagGroup::new(Tag::TR);
    for column in columns.clone() {
        head.push(group(
            Tag::TH(TableHeaderScope::Column),
            of(drawn, Part::Heading(column)),
        ));
    }
    let mut header = TagGroup::new(Tag::THead);
    header.push(head);
    let mut body = TagGroup::new(Tag::TBody);
    for number in 0..sheet.rows.len() {
        let mut row = TagGroup::new(Tag::TR);
        for column in columns.clone() {
            row.push(group(Tag::TD, of(drawn, Part::Cell(number, column))));
        }
        body.push(row);
    }
    let mut table = TagGroup::new(Tag::Table);
    table.push(header);
    table.push(body);
    table
}

fn of(drawn: &Drawn, part: Part) -> &[Identifier] {
    drawn.get(&part).map_or(&[], Vec::as_slice)
}
