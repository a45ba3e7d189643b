//! Words into lines, letters into glyphs: line breaks by UAX 14, directions by UAX 9, shapes by HarfBuzz's rules.

use std::{ops::Range, sync::Arc};

use icu_segmenter::{LineSegmenter, options::LineBreakOptions};
use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level, get_base_direction};
use vitrine_commerce::ports::document_renderer::RenderError;

use super::fonts::{Face, Fonts};

/// CLDR's sign for amounts below nothing is in no font of ours; a dash is as long.
const MINUS: &str = "\u{2013}";

/// Unicode's sign for what cannot be shown.
const PICTURE: char = '\u{fffd}';

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// A line, as it is drawn from left to right.
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    pub(super) width: f32,
    pub(super) size: f32,
}

/// Glyphs of one font in one direction.
pub(super) struct Run {
    pub(super) face: Arc<Face>,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    pub(super) width: f32,
}

/// Breaks text into lines of at most `width`; what has no place to break is broken within.
///
/// # Errors
/// [`RenderError::Letter`] where no font has a letter.
pub(super) fn lines(fonts: &Fonts, text: &str, style: Style, rtl: bool, width: f32) -> Result<Vec<Line>, RenderError> {
    let mut lines = Vec::new();
    for paragraph in settable(fonts, text, style).lines() {
        let bidi = BidiInfo::new(paragraph, Some(level(paragraph, rtl)));
        for range in broken(fonts, paragraph, style, width)? {
            lines.push(line(fonts, paragraph, &bidi, range, style)?);
        }
    }
    Ok(lines)
}

/// A text of signs for which there are glyphs, as far as they may stand for others. Letters may not: a name would be another. But
/// whoever typed a picture into theirs has one sign in its place, where no font has it, and their document.
fn settable(fonts: &Fonts, text: &str, style: Style) -> String {
    let mut set = String::with_capacity(text.len());
    let mut is_after_picture = false;
    for letter in text.chars() {
        // Several pictures may be joined into one.
        if is_after_picture && is_hidden(letter) && !letter.is_control() {
            continue;
        }
        let is_missing = is_private(letter) || is_picture(letter) && fonts.lacks(letter, style.bold);
        match letter {
            '\u{2212}' => set.push_str(MINUS),
            _ if !is_missing => set.push(letter),
            _ if !is_after_picture => set.push(PICTURE),
            _ => {}
        }
        is_after_picture = is_missing;
    }
    set
}

/// What each font draws as it likes, and PDF/A does not take.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Arrows, signs, dingbats and emoji with what they are put together of, and nothing that a word or an amount is written with.
fn is_picture(letter: char) -> bool {
    matches!(letter,
        '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2500}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{20e3}' | '\u{1f000}'..='\u{1faff}')
}

/// In which direction a text is read: that of its first letter that has one, as an address abroad has its own. Where none has one,
/// that of the document.
fn level(text: &str, rtl: bool) -> Level {
    match get_base_direction(text) {
        unicode_bidi::Direction::Ltr => Level::ltr(),
        unicode_bidi::Direction::Rtl => Level::rtl(),
        unicode_bidi::Direction::Mixed if rtl => Level::rtl(),
        unicode_bidi::Direction::Mixed => Level::ltr(),
    }
}

/// One line, however long.
pub(super) fn one_line(fonts: &Fonts, text: &str, style: Style, rtl: bool) -> Result<Line, RenderError> {
    let mut lines = lines(fonts, &text.replace('\n', " "), style, rtl, f32::INFINITY)?;
    Ok(match lines.is_empty() {
        false => lines.swap_remove(0),
        true => Line {
            runs: Vec::new(),
            width: 0.0,
            size: style.size,
        },
    })
}

fn broken(fonts: &Fonts, text: &str, style: Style, width: f32) -> Result<Vec<Range<usize>>, RenderError> {
    if width == f32::INFINITY {
        return Ok(std::iter::once(0..text.len()).collect());
    }
    let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
    let breaks: Vec<usize> = segmenter.segment_str(text).filter(|at| *at > 0).collect();
    let (mut lines, mut start, mut end, mut filled) = (Vec::new(), 0, 0, 0.0);
    for at in breaks {
        let word = measured(fonts, text[end..at].trim_end(), style)?;
        if end > start && filled + word > width {
            lines.push(start..end);
            (start, filled) = (end, 0.0);
        }
        // A word that is longer than a line.
        while word > width && measured(fonts, text[start..at].trim_end(), style)? > width {
            let fits = fitting(fonts, &text[start..at], style, width)?;
            if start + fits >= at {
                break;
            }
            lines.push(start..start + fits);
            start += fits;
        }
        filled += measured(fonts, &text[start.max(end)..at], style)?;
        end = at;
    }
    if end > start {
        lines.push(start..end);
    }
    Ok(lines)
}

/// How many bytes of a text fit: one letter at least.
fn fitting(fonts: &Fonts, text: &str, style: Style, width: f32) -> Result<usize, RenderError> {
    let mut fits = text.chars().next().map_or(0, char::len_utf8);
    for (at, letter) in text.char_indices().skip(1) {
        let end = at + letter.len_utf8();
        if measured(fonts, &text[..end], style)? > width {
            break;
        }
        fits = end;
    }
    Ok(fits)
}

fn measured(fonts: &Fonts, text: &str, style: Style) -> Result<f32, RenderError> {
    let mut width = 0.0;
    for (face, part) in by_face(fonts, text, style)? {
        width += shaped(&face, &visible(&text[part]), style, None).1;
    }
    Ok(width)
}

fn line(
    fonts: &Fonts,
    text: &str,
    bidi: &BidiInfo<'_>,
    range: Range<usize>,
    style: Style,
) -> Result<Line, RenderError> {
    let end = range.start + text[range.clone()].trim_end().len();
    let mut line = Line {
        runs: Vec::new(),
        width: 0.0,
        size: style.size,
    };
    let Some(paragraph) = bidi.paragraphs.first().filter(|_| end > range.start) else {
        return Ok(line);
    };
    let (levels, runs) = bidi.visual_runs(paragraph, range.start..end);
    for run in runs {
        let rtl = levels.get(run.start).is_some_and(|level| level.is_rtl());
        let mut parts = by_face(fonts, &text[run.clone()], style)?;
        if rtl {
            parts.reverse();
        }
        for (face, part) in parts {
            let text = visible(&text[run.start + part.start..run.start + part.end]);
            let direction = if rtl {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            };
            let (glyphs, width) = shaped(&face, &text, style, Some(direction));
            line.width += width;
            line.runs.push(Run {
                face,
                text,
                glyphs,
                width,
            });
        }
    }
    Ok(line)
}

/// A part of a text, and the font that sets it.
type Part = (Arc<Face>, Range<usize>);

/// The parts of a text by the font that has their letters. What stands between letters is taken of the font before it; no
/// font from elsewhere sets what one of ours has.
fn by_face(fonts: &Fonts, text: &str, style: Style) -> Result<Vec<Part>, RenderError> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        if let Some((face, part)) = parts.last_mut()
            && (is_hidden(letter) || face.has(letter) && (face.is_own || letter.is_whitespace()))
        {
            part.end = end;
            continue;
        }
        if is_hidden(letter) {
            continue;
        }
        let face = fonts.face(letter, style.bold).ok_or(RenderError::Letter(letter))?;
        match parts.last_mut().filter(|(last, _)| Arc::ptr_eq(last, &face)) {
            Some((_, part)) => part.end = end,
            None => parts.push((face, at..end)),
        }
    }
    Ok(parts)
}

/// Without what only says how to arrange the rest. Whether letters join is their shapes' to say.
fn visible(text: &str) -> String {
    let stays = |letter: &char| !is_hidden(*letter) || matches!(letter, '\u{200c}' | '\u{200d}');
    text.chars().filter(stays).collect()
}

/// Marks of direction, joiners of which a font may know nothing, and the tags of flags.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

fn shaped(face: &Face, text: &str, style: Style, direction: Option<Direction>) -> (Vec<KrillaGlyph>, f32) {
    let units = face.shaper.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    if let Some(direction) = direction {
        buffer.set_direction(direction);
    }
    let plan = face.plan(buffer.direction(), buffer.script());
    let shaped = rustybuzz::shape_with_plan(&face.shaper, &plan, buffer);
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.push(text.len());
    starts.sort_unstable();
    starts.dedup();
    let mut glyphs = Vec::with_capacity(shaped.len());
    let mut advance = 0.0;
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let start = info.cluster as usize;
        let end = starts.iter().copied().find(|end| *end > start).unwrap_or(text.len());
        advance += position.x_advance as f32;
        glyphs.push(KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            position.x_advance as f32 / units,
            position.x_offset as f32 / units,
            position.y_offset as f32 / units,
            position.y_advance as f32 / units,
            start..end,
            None,
        ));
    }
    (glyphs, advance / units * style.size)
}
