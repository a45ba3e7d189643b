//! What a file holds. `VITRINE_PDF_FOLDER` names a folder for whoever wants to look at them.

use chrono::NaiveDate;
use vitrine_commerce::ports::document_renderer::{Column, Row, Total};

use super::*;

fn sheet(language: &str, title: &str, name: &str, goods: &str, rows: usize) -> Sheet {
    let column = |heading: &str, is_number| Column {
        heading: heading.to_owned(),
        is_number,
    };
    let total = |label: &str, value: &str, is_sum| Total {
        label: label.to_owned(),
        value: value.to_owned(),
        is_sum,
    };
    Sheet {
        language: language.to_owned(),
        is_rtl: language == "ar",
        issued_on: NaiveDate::from_ymd_opt(2026, 11, 30).unwrap(),
        author: "Vitrine GmbH".to_owned(),
        title: title.to_owned(),
        sender: "Vitrine GmbH · Straße 1 · 10115 Berlin".to_owned(),
        recipient: vec![
            name.to_owned(),
            "Long Street 5".to_owned(),
            "London SW1A 1AA".to_owned(),
        ],
        facts: vec![
            ("Date".to_owned(), "30 November 2026".to_owned()),
            ("Order".to_owned(), "V-7K3M-9QXT".to_owned()),
        ],
        introduction: Vec::new(),
        columns: vec![
            column("Description", false),
            column("Quantity", true),
            column("VAT", true),
            column("Amount", true),
        ],
        rows: (0..rows)
            .map(|number| Row {
                cells: vec![
                    goods.to_owned(),
                    number.to_string(),
                    "19\u{a0}%".to_owned(),
                    "€1,249.00".to_owned(),
                ],
                details: vec!["Summer: −€5.00".to_owned()],
            })
            .collect(),
        totals: vec![
            total("Net amount", "€1,049.58", false),
            total("Total", "€1,249.00", true),
        ],
        notes: vec!["The date of delivery is the date of the invoice, unless another is given.".to_owned()],
        footer: vec![
            vec!["Vitrine GmbH".to_owned(), "Straße 1".to_owned()],
            vec!["USt-IdNr. DE136695976".to_owned()],
        ],
        page: "Page {page} of {pages}".to_owned(),
    }
}

fn attachment() -> Attachment {
    Attachment {
        name: "factur-x.xml".to_owned(),
        mime_type: "text/xml".to_owned(),
        description: "Invoice".to_owned(),
        content: b"<a/>".to_vec(),
    }
}

fn render(sheet: &Sheet, attachment: Option<&Attachment>) -> Result<Vec<u8>, RenderError> {
    pdf::render(&Fonts::new(Vec::new()), sheet, attachment)
}

fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Every place of the table is that of the object which it names.
fn assert_is_whole(file: &[u8]) {
    let text = String::from_utf8_lossy(file);
    let start = text.rfind("startxref\n").unwrap() + "startxref\n".len();
    let table: usize = text[start..].lines().next().unwrap().parse().unwrap();
    assert!(
        file[table..].starts_with(b"xref\n"),
        "the table of places is where the end says"
    );
    let table = String::from_utf8_lossy(&file[table..]).into_owned();
    let mut objects = 0;
    for (number, line) in table.lines().skip(2).take_while(|line| line.len() >= 18).enumerate() {
        if line.contains(" n") {
            let place: usize = line[..10].parse().unwrap();
            let object = format!("{number} 0 obj");
            assert!(file[place..].starts_with(object.as_bytes()), "{object} is at {place}");
            objects += 1;
        }
    }
    assert!(objects > 10);
}

#[test]
fn a_document_is_for_everybody_and_the_same_each_time() {
    let documents = [
        (
            "en",
            sheet("en", "Invoice R-2026-00017", "Zoë Müller", "Teapot · blue · POT-1", 40),
        ),
        (
            "ar",
            sheet("ar", "فاتورة R-2026-00018", "ليلى حسن", "إبريق شاي · أزرق · POT-1", 3),
        ),
        ("he", sheet("he", "חשבונית 1", "דנה", "Ελλάδα · Кириллица", 1)),
    ];
    for (name, sheet) in documents {
        let file = render(&sheet, Some(&attachment())).unwrap();
        assert_eq!(
            file,
            render(&sheet, Some(&attachment())).unwrap(),
            "the same sheet gives the same bytes"
        );
        for text in [
            "%PDF-1.7",
            "/MarkInfo",
            "/StructTreeRoot",
            "pdfuaid:part",
            "pdfaid:part",
            "fx:ConformanceLevel>EN 16931<",
        ] {
            assert!(holds(&file, text), "{name} has no {text}");
        }
        assert_is_whole(&file);
        assert_is_whole(&render(&sheet, None).unwrap());
        if let Some(folder) = std::env::var_os("VITRINE_PDF_FOLDER") {
            std::fs::write(PathBuf::from(folder).join(format!("{name}.pdf")), file).unwrap();
        }
    }
}

#[test]
fn a_letter_that_no_font_has_is_named() {
    let sheet = sheet("ja", "請求書 1", "山田", "急須", 1);
    let outcome = render(&sheet, None);
    assert!(matches!(outcome, Err(RenderError::Letter('山'))), "{outcome:?}");
    let told = outcome.unwrap_err().to_string();
    assert!(told.contains("U+5C71") && told.contains("documents.fonts"), "{told}");
}

#[test]
fn a_picture_that_no_font_has_keeps_nobody_from_their_invoice() {
    let name = "Zoë 🎉 Müller 👩\u{200d}👩\u{200d}👧 \u{f8ff}";
    let style = text::Style { size: 9.5, bold: true };
    let lines = text::lines(&Fonts::new(Vec::new()), name, style, false, 500.0).unwrap();
    let said: String = lines.iter().flat_map(|line| &line.runs).map(|run| &*run.text).collect();
    assert_eq!(said, "Zoë \u{fffd} Müller \u{fffd} \u{fffd}");
    let sheet = sheet("de", "Rechnung 1", name, "Kissen ★", 1);
    assert_is_whole(&render(&sheet, Some(&attachment())).unwrap());
}

/// What is said on a page: its part, from where to where it goes down the page, and its words.
fn said(page: &parts::Page) -> Vec<(parts::Part, f32, f32, String)> {
    let text = |mark: &parts::Mark| match mark {
        parts::Mark::Text { y, line, part, .. } => {
            let words: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            Some((*part, *y - line.size, *y, words))
        }
        parts::Mark::Rule { .. } => None,
    };
    page.marks.iter().filter_map(text).collect()
}

#[test]
fn a_long_sender_stands_between_its_name_and_the_recipient() {
    let name = "Handels- und Vertriebsgesellschaft für schöne Dinge mbH & Co. Kommanditgesellschaft";
    for names in [1, 2, 4] {
        let sheet = Sheet {
            author: [name; 2].join(" "),
            sender: format!("{} · Straße 1 · 10115 Berlin", vec![name; names].join(" ")),
            ..sheet("de", "Rechnung 1", "Zoë Müller", "Teekanne", 1)
        };
        let pages = layout::pages(&Fonts::new(Vec::new()), &sheet).unwrap();
        let said = said(&pages[0]);
        let sender = || said.iter().filter(|(part, ..)| *part == parts::Part::Sender);
        assert!(sender().count() > names, "it takes several lines");
        let recipient = said
            .iter()
            .find(|(part, ..)| *part == parts::Part::Recipient(0))
            .unwrap();
        assert!(sender().all(|(_, _, to, _)| *to < recipient.1), "{names}: {said:?}");
        let author = said.iter().filter(|(part, _, _, words)| {
            *part == parts::Part::Decoration && sheet.author.contains(words.as_str()) && !words.is_empty()
        });
        let below = author.filter(|(_, from, ..)| *from < 200.0).map(|(_, _, to, _)| *to);
        let below = below.fold(0.0, f32::max);
        assert!(
            below > 0.0 && sender().all(|(_, from, ..)| *from > below),
            "{names}: {said:?}"
        );
    }
}

#[test]
fn each_page_says_of_which_document_it_is() {
    let sheet = sheet("en", "Invoice R-2026-00017", "Zoë Müller", "Teapot", 90);
    let pages = layout::pages(&Fonts::new(Vec::new()), &sheet).unwrap();
    assert!(pages.len() > 2);
    for page in &pages {
        assert!(said(page).iter().any(|(_, _, _, words)| words.contains("R-2026-00017")));
    }
}

#[test]
fn what_is_read_first_is_drawn_first() {
    use parts::Part;
    let sheet = sheet("en", "Invoice R-2026-00017", "Zoë Müller", "Teapot", 1);
    let pages = layout::pages(&Fonts::new(Vec::new()), &sheet).unwrap();
    let mut drawn: Vec<Part> = said(&pages[0]).into_iter().map(|(part, ..)| part).collect();
    drawn.dedup();
    let cells = (0..4).map(|at| Part::Cell(0, at));
    let expected: Vec<Part> = [Part::Sender]
        .into_iter()
        .chain((0..3).map(Part::Recipient))
        .chain([Part::Title])
        .chain((0..2).flat_map(|at| [Part::FactName(at), Part::Fact(at)]))
        .chain((0..4).map(Part::Heading))
        .chain(cells)
        .chain((0..2).flat_map(|at| [Part::TotalName(at), Part::Total(at)]))
        .chain([Part::Note(0), Part::Footer(0), Part::Footer(1), Part::Decoration])
        .collect();
    assert_eq!(drawn, expected);
}
