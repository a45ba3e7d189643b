//! Says in a PDF's metadata that there is an invoice in it, by the extension schema that Factur-X and ZUGFeRD describe.
//!
//! krilla writes the metadata (XMP) and takes no schema of others. They lie in the file as plain text, so that it is put in there and
//! the table of places behind is moved by as much.

use std::ops::Range;

const NAMESPACE: &str = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

/// What programs look for, and what it is.
const PROPERTIES: [(&str, &str); 4] = [
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document"),
    ("Version", "The version of the standard"),
    ("ConformanceLevel", "The conformance level of the embedded XML document"),
];

/// Adds it. `name` is that of the attachment; the profile is that of EN 16931.
///
/// # Errors
/// Where the file is not as krilla writes it.
pub(super) fn declare(pdf: &[u8], name: &str) -> Result<Vec<u8>, &'static str> {
    let metadata = Metadata::find(pdf).ok_or("the file has no metadata")?;
    let text = std::str::from_utf8(&pdf[metadata.text.clone()]).map_err(|_| "the metadata are no text")?;
    let declared = with_schema(text, name).ok_or("the metadata describe no schemas")?;
    let length = declared.len().to_string();
    let table = rfind(pdf, b"\nxref\n").ok_or("the file has no table of places")? + 1;
    let grown = declared.len() + length.len() - metadata.text.len() - metadata.length.len();
    let moved = |place: usize| {
        if place < metadata.text.end {
            place
        } else {
            place + grown
        }
    };
    let mut file = Vec::with_capacity(pdf.len() + grown);
    file.extend_from_slice(&pdf[..metadata.length.start]);
    file.extend_from_slice(length.as_bytes());
    file.extend_from_slice(&pdf[metadata.length.end..metadata.text.start]);
    file.extend_from_slice(declared.as_bytes());
    file.extend_from_slice(&pdf[metadata.text.end..table]);
    file.extend_from_slice(&places(&pdf[table..], table, moved).ok_or("the table of places is not as it should be")?);
    Ok(file)
}

fn with_schema(metadata: &str, name: &str) -> Option<String> {
    let (schemas, end) = ("</rdf:Bag></pdfaExtension:schemas>", "</rdf:RDF>");
    if !metadata.contains(schemas) || !metadata.contains(end) {
        return None;
    }
    let described = format!("{}{schemas}", schema());
    let declared = format!(
        "<rdf:Description rdf:about=\"\" xmlns:fx=\"{NAMESPACE}\"><fx:DocumentType>INVOICE</fx:DocumentType>\
         <fx:DocumentFileName>{name}</fx:DocumentFileName><fx:Version>1.0</fx:Version>\
         <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>{end}"
    );
    Some(metadata.replacen(schemas, &described, 1).replacen(end, &declared, 1))
}

/// PDF/A wants every property described that is not its own.
fn schema() -> String {
    let property = |(name, description): &(&str, &str)| {
        format!(
            "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
             <pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>\
             <pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
        )
    };
    let properties: String = PROPERTIES.iter().map(property).collect();
    format!(
        "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
}

/// Where the metadata stand, and where the number that says how long they are.
struct Metadata {
    length: Range<usize>,
    text: Range<usize>,
}

impl Metadata {
    fn find(pdf: &[u8]) -> Option<Self> {
        let within = rfind(pdf, b"<x:xmpmeta")?;
        let object = rfind(&pdf[..within], b" obj")?;
        let start = object + find(&pdf[object..within], b"/Length ")? + b"/Length ".len();
        let digits = pdf[start..within]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let length = start..start + digits;
        let count: usize = std::str::from_utf8(&pdf[length.clone()]).ok()?.parse().ok()?;
        let begin = length.end + find(&pdf[length.end..within], b"stream\n")? + b"stream\n".len();
        let text = begin..begin.checked_add(count).filter(|end| *end <= pdf.len())?;
        Some(Self { length, text })
    }
}

/// The table of places and what follows, with each place moved.
fn places(tail: &[u8], table: usize, moved: impl Fn(usize) -> usize) -> Option<Vec<u8>> {
    // The file's ids may be any bytes; what is before them is text.
    let trailer = find(tail, b"trailer")?;
    let entries = std::str::from_utf8(&tail[..trailer]).ok()?;
    let mut file = Vec::with_capacity(tail.len());
    for line in entries.split_inclusive('\n') {
        let entry = line.split_once(' ').filter(|_| line.len() == 20 && line.contains('n'));
        match entry.and_then(|(place, rest)| Some((place.parse::<usize>().ok()?, rest))) {
            Some((place, rest)) => file.extend_from_slice(format!("{:010} {rest}", moved(place)).as_bytes()),
            None => file.extend_from_slice(line.as_bytes()),
        }
    }
    let start = rfind(tail, b"startxref")?;
    file.extend_from_slice(&tail[trailer..start]);
    file.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(table)).as_bytes());
    Some(file)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}
