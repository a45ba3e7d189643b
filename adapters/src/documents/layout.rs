//! Puts a sheet on pages of A4: which line stands where, and what it is. Lengths are in points, from the upper left corner.

use vitrine_commerce::ports::document_renderer::{RenderError, Sheet};

use super::{
    fonts::Fonts,
    parts::{HEIGHT, Mark, Page, Part, WIDTH},
    text::{Line, Style, lines, one_line},
};

const LEFT: f32 = 62.0;
const RIGHT: f32 = 48.0;
const TOP: f32 = 56.0;
/// The recipient stands where the window of an envelope is (DIN 5008, form B).
const RECIPIENT: f32 = 128.0;
/// So far above it begins the sender's last line.
const ABOVE: f32 = 14.0;
const TITLE: f32 = 252.0;
const GAP: f32 = 10.0;

const TEXT: Style = Style { size: 9.5, bold: false };
const STRONG: Style = Style { size: 9.5, bold: true };
const SMALL: Style = Style { size: 7.5, bold: false };
const SENDER: Style = Style { size: 6.5, bold: false };
const HEADING: Style = Style { size: 17.0, bold: true };

/// Puts a sheet on pages.
///
/// # Errors
/// [`RenderError::Letter`] where no font has a letter.
pub(super) fn pages(fonts: &Fonts, sheet: &Sheet) -> Result<Vec<Page>, RenderError> {
    let mut setter = Setter {
        fonts,
        sheet,
        pages: vec![Page::default()],
        y: TOP,
        bottom: HEIGHT,
    };
    setter.footer()?;
    setter.head()?;
    setter.table()?;
    setter.totals()?;
    setter.notes()?;
    setter.numbers()?;
    setter.pages.iter_mut().for_each(Page::put_in_order);
    Ok(setter.pages)
}

struct Setter<'a> {
    fonts: &'a Fonts,
    sheet: &'a Sheet,
    pages: Vec<Page>,
    /// The upper edge of what comes next.
    y: f32,
    /// Where the footer begins.
    bottom: f32,
}

/// A column of the table: from where it begins, counted from where lines do, and how wide it is.
struct Place {
    start: f32,
    width: f32,
    at_end: bool,
}

impl Setter<'_> {
    fn inner(&self) -> f32 {
        WIDTH - LEFT - RIGHT
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Puts a line within `place`; its upper edge is `y`.
    fn put(&mut self, place: &Place, y: f32, line: Line, part: Part) {
        // What begins at the left of a page begins at the right of one that is read from there.
        let start = if place.at_end {
            place.start + place.width - line.width
        } else {
            place.start
        };
        let x = match self.sheet.is_rtl {
            false => LEFT + start,
            true => LEFT + self.inner() - start - line.width,
        };
        let y = y + line.size;
        self.page().marks.push(Mark::Text { x, y, line, part });
    }

    /// Puts text, broken into lines, and gives how high it is.
    fn write(&mut self, place: &Place, y: f32, text: &str, style: Style, part: Part) -> Result<f32, RenderError> {
        let mut height = 0.0;
        for line in lines(self.fonts, text, style, self.sheet.is_rtl, place.width)? {
            self.put(place, y + height, line, part);
            height += leading(style);
        }
        Ok(height)
    }

    fn height(&self, width: f32, text: &str, style: Style) -> Result<f32, RenderError> {
        let count = lines(self.fonts, text, style, self.sheet.is_rtl, width)?.len();
        Ok(count as f32 * leading(style))
    }

    fn rule(&mut self, y: f32) {
        self.page().marks.push(Mark::Rule {
            from: LEFT,
            to: WIDTH - RIGHT,
            y,
        });
    }

    /// The first page has it to be read; the others show it again.
    fn footer(&mut self) -> Result<(), RenderError> {
        let columns = self.sheet.footer.clone();
        let width = self.inner() / columns.len().max(1) as f32;
        let place = |at: usize| Place {
            start: width * at as f32,
            width: width - GAP,
            at_end: false,
        };
        let mut highest: f32 = 0.0;
        for column in &columns {
            let mut height = 0.0;
            for line in column {
                height += self.height(width - GAP, line, SMALL)?;
            }
            highest = highest.max(height);
        }
        // Beneath it stands the page's number.
        let top = HEIGHT - 40.0 - highest;
        self.bottom = top - 14.0;
        let is_first = self.pages.len() == 1;
        if !columns.is_empty() {
            self.rule(top - 6.0);
        }
        for (at, column) in columns.iter().enumerate() {
            let mut y = top;
            for line in column {
                let part = if is_first { Part::Footer(at) } else { Part::Decoration };
                y += self.write(&place(at), y, line, SMALL, part)?;
            }
        }
        Ok(())
    }

    fn head(&mut self) -> Result<(), RenderError> {
        let sheet = self.sheet;
        let half = Place {
            start: 0.0,
            width: self.inner() * 0.52,
            at_end: false,
        };
        let author = Place {
            start: 0.0,
            width: self.inner(),
            at_end: true,
        };
        // Whose it is stands in the sender's line to be read.
        let below_author = TOP
            + self.write(
                &author,
                TOP,
                &sheet.author,
                Style { size: 13.0, bold: true },
                Part::Decoration,
            )?;
        // A long name with its address takes several lines, which grow upwards: below stands the recipient. Where they do not fit
        // between, it moves.
        let more = (self.height(half.width, &sheet.sender, SENDER)? - leading(SENDER)).max(0.0);
        let sender = (RECIPIENT - ABOVE - more).max(below_author);
        self.write(&half, sender, &sheet.sender, SENDER, Part::Sender)?;
        let recipient = RECIPIENT.max(sender + more + ABOVE);
        let mut y = recipient;
        for (at, line) in sheet.recipient.iter().enumerate() {
            y += self.write(&half, y, line, TEXT, Part::Recipient(at))?;
        }
        let below_recipient = y;
        let (start, width) = (self.inner() * 0.56, self.inner() * 0.44);
        let name = Place {
            start,
            width: width * 0.46,
            at_end: false,
        };
        let value = Place {
            start: start + width * 0.48,
            width: width * 0.52,
            at_end: true,
        };
        y = recipient;
        for (at, (label, text)) in sheet.facts.iter().enumerate() {
            let height = self.write(&name, y, label, SMALL, Part::FactName(at))?;
            y += self.write(&value, y - 1.0, text, TEXT, Part::Fact(at))?.max(height) + 1.5;
        }
        let whole = Place {
            start: 0.0,
            width: self.inner(),
            at_end: false,
        };
        self.y = TITLE.max(below_recipient + 24.0).max(y + 24.0);
        self.y += self.write(&whole, self.y, &sheet.title, HEADING, Part::Title)? + 8.0;
        for (at, text) in sheet.introduction.iter().enumerate() {
            self.y += self.write(&whole, self.y, text, TEXT, Part::Introduction(at))? + 4.0;
        }
        Ok(())
    }

    /// The columns: numbers take what they need, and the widest text the rest.
    fn places(&self) -> Result<Vec<Place>, RenderError> {
        let columns = &self.sheet.columns;
        let mut widths = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let mut widest = one_line(self.fonts, &column.heading, SMALL, self.sheet.is_rtl)?.width;
            for row in &self.sheet.rows {
                if let Some(cell) = row.cells.get(at).filter(|_| column.is_number) {
                    widest = widest.max(one_line(self.fonts, cell, TEXT, self.sheet.is_rtl)?.width);
                }
            }
            widths.push(widest.min(120.0) + GAP);
        }
        let numbers: f32 = columns
            .iter()
            .zip(&widths)
            .filter(|(column, _)| column.is_number)
            .map(|(_, width)| width)
            .sum();
        let texts = columns.iter().filter(|column| !column.is_number).count().max(1) as f32;
        let rest = (self.inner() - numbers).max(120.0) / texts;
        let mut start = 0.0;
        let place = |(column, width): (&vitrine_commerce::ports::document_renderer::Column, f32)| {
            let width = if column.is_number { width } else { rest };
            let place = Place {
                start,
                width: if column.is_number { width } else { width - GAP },
                at_end: column.is_number,
            };
            start += width;
            place
        };
        Ok(columns.iter().zip(widths).map(place).collect())
    }

    fn headings(&mut self, places: &[Place], is_first: bool) -> Result<(), RenderError> {
        let sheet = self.sheet;
        let mut highest: f32 = 0.0;
        for (at, (column, place)) in sheet.columns.iter().zip(places).enumerate() {
            let part = if is_first { Part::Heading(at) } else { Part::Decoration };
            let bold = Style { bold: true, ..SMALL };
            highest = highest.max(self.write(place, self.y, &column.heading, bold, part)?);
        }
        self.y += highest + 4.0;
        self.rule(self.y);
        self.y += 5.0;
        Ok(())
    }

    fn table(&mut self) -> Result<(), RenderError> {
        let sheet = self.sheet;
        if sheet.rows.is_empty() {
            return Ok(());
        }
        let places = self.places()?;
        self.headings(&places, true)?;
        for (number, row) in sheet.rows.iter().enumerate() {
            let mut height: f32 = 0.0;
            for (cell, place) in row.cells.iter().zip(&places) {
                height = height.max(self.height(place.width, cell, TEXT)?);
            }
            let wide = places.iter().position(|place| !place.at_end).unwrap_or(0);
            for detail in &row.details {
                height += self.height(places[wide].width, detail, SMALL)?;
            }
            if self.y + height > self.bottom {
                self.next_page()?;
                self.headings(&places, false)?;
            }
            for (at, (cell, place)) in row.cells.iter().zip(&places).enumerate() {
                let mut y = self.y + self.write(place, self.y, cell, TEXT, Part::Cell(number, at))?;
                for detail in row.details.iter().filter(|_| at == wide) {
                    y += self.write(place, y, detail, SMALL, Part::Cell(number, at))?;
                }
            }
            self.y += height + 5.0;
        }
        self.rule(self.y);
        self.y += 8.0;
        Ok(())
    }

    fn totals(&mut self) -> Result<(), RenderError> {
        let sheet = self.sheet;
        let name = Place {
            start: self.inner() * 0.38,
            width: self.inner() * 0.40,
            at_end: false,
        };
        let value = Place {
            start: self.inner() * 0.78,
            width: self.inner() * 0.22,
            at_end: true,
        };
        for (at, total) in sheet.totals.iter().enumerate() {
            let style = if total.is_sum { STRONG } else { TEXT };
            let height = self.height(name.width, &total.label, style)?;
            self.room(height)?;
            let height = self.write(&name, self.y, &total.label, style, Part::TotalName(at))?;
            self.y += self
                .write(&value, self.y, &total.value, style, Part::Total(at))?
                .max(height)
                + 2.0;
        }
        self.y += 14.0;
        Ok(())
    }

    fn notes(&mut self) -> Result<(), RenderError> {
        let whole = Place {
            start: 0.0,
            width: self.inner(),
            at_end: false,
        };
        for (at, note) in self.sheet.notes.iter().enumerate() {
            let height = self.height(whole.width, note, TEXT)?;
            self.room(height)?;
            self.y += self.write(&whole, self.y, note, TEXT, Part::Note(at))? + 5.0;
        }
        Ok(())
    }

    /// Goes on on the next page where there is no room for so much.
    fn room(&mut self, height: f32) -> Result<(), RenderError> {
        match self.y + height > self.bottom {
            true => self.next_page(),
            false => Ok(()),
        }
    }

    fn next_page(&mut self) -> Result<(), RenderError> {
        self.pages.push(Page::default());
        self.y = TOP;
        self.footer()
    }

    fn numbers(&mut self) -> Result<(), RenderError> {
        let count = self.pages.len();
        if count < 2 {
            return Ok(());
        }
        for page in 0..count {
            let text = self
                .sheet
                .page
                .replace("{pages}", &count.to_string())
                .replace("{page}", &(page + 1).to_string());
            let line = one_line(self.fonts, &text, SMALL, self.sheet.is_rtl)?;
            let x = match self.sheet.is_rtl {
                false => WIDTH - RIGHT - line.width,
                true => LEFT,
            };
            self.mark_page(page, x, line);
            // A page that has lost the first one says of which document it is.
            if page > 0 {
                let line = one_line(self.fonts, &self.sheet.title, SMALL, self.sheet.is_rtl)?;
                let x = match self.sheet.is_rtl {
                    false => LEFT,
                    true => WIDTH - RIGHT - line.width,
                };
                self.mark_page(page, x, line);
            }
        }
        Ok(())
    }

    /// Puts a line at the foot of a page.
    fn mark_page(&mut self, page: usize, x: f32, line: Line) {
        self.pages[page].marks.push(Mark::Text {
            x,
            y: HEIGHT - 22.0,
            line,
            part: Part::Decoration,
        });
    }
}

fn leading(style: Style) -> f32 {
    style.size * 1.36
}
