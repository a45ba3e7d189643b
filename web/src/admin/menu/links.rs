//! A menu's links as rows: each with the number of links that it stands beneath, so that one is moved without a tree.

use serde::{Deserialize, Serialize};

use super::{
    arrange,
    row::{ADDRESS, AWAITED, Row},
};
use crate::{documents::admin_menu_save::MenuItemInput, problem::Problem, visit::Form};

/// As the document has it, whatever its own types are.
#[derive(Deserialize)]
struct Link {
    title: String,
    url: Option<String>,
    #[serde(rename = "targetId")]
    target_id: Option<String>,
    #[serde(rename = "productSlug")]
    product_slug: Option<String>,
    target: Option<Target>,
    #[serde(default)]
    items: Vec<Link>,
}

#[derive(Deserialize)]
struct Target {
    title: Option<String>,
    name: Option<String>,
}

/// The rows of a menu's items.
pub fn of(items: &impl Serialize) -> Vec<Row> {
    let links = serde_json::to_value(items).and_then(serde_json::from_value);
    let links: Vec<Link> = links.unwrap_or_else(|error| {
        tracing::error!(%error, "the links of a menu are not what its document says");
        Vec::new()
    });
    let mut rows = Vec::new();
    flatten(links, 0, &mut rows);
    rows
}

fn flatten(links: Vec<Link>, depth: usize, rows: &mut Vec<Row>) {
    for link in links {
        let awaited = link.product_slug.map(|slug| format!("{AWAITED}{slug}"));
        let address = link.url.as_ref().map(|_| ADDRESS.to_owned());
        rows.push(Row {
            depth,
            title: link.title,
            to: link.target_id.or(awaited).or(address).unwrap_or_default(),
            url: link.url.unwrap_or_default(),
            called: link.target.and_then(|target| target.title.or(target.name)),
            ways: Vec::new(),
        });
        flatten(link.items, depth + 1, rows);
    }
}

/// The rows of a form, with what was done to one of them: its field `move` says `up`, `down`, `in`, `out`, `remove`, or `here`
/// (where a script has put it), and behind a colon which. Also the place where that one stands then.
///
/// # Errors
/// `BadForm`.
pub fn read(form: &Form) -> Result<(Vec<Row>, Option<usize>), Problem> {
    let names = form.all("row");
    let rows: Vec<Row> = names.iter().map(|name| row(form, name)).collect();
    let Some((way, name)) = form.text("move").split_once(':') else {
        return Ok((arrange::settled(rows), None));
    };
    let at = names.iter().position(|known| known == name).ok_or(Problem::BadForm)?;
    let (rows, place) = match way {
        "here" => arrange::dropped(rows, &names, at),
        _ => arrange::moved(arrange::settled(rows), way, at).ok_or(Problem::BadForm)?,
    };
    Ok((arrange::settled(rows), Some(place)))
}

fn row(form: &Form, name: &str) -> Row {
    let text = |field: &str| form.text(&format!("{name}.{field}")).to_owned();
    Row {
        depth: text("depth").parse().unwrap_or(0),
        title: text("title"),
        to: text("to"),
        url: text("url"),
        ..Row::default()
    }
}

/// The one that a form adds, if it does.
pub fn added(form: &Form) -> Option<Row> {
    let row = row(form, "new");
    (row != Row::default()).then_some(Row { depth: 0, ..row })
}

/// The form's fields that the rows would be typed in.
pub fn fields(rows: &[Row]) -> Vec<(String, String)> {
    let of = |(at, row): (usize, &Row)| {
        let fields = [("title", &row.title), ("to", &row.to), ("url", &row.url)];
        fields.map(|(field, text)| (format!("{at}.{field}"), text.clone()))
    };
    rows.iter().enumerate().flat_map(of).collect()
}

/// As the API takes them.
pub fn items(rows: &[Row]) -> Vec<MenuItemInput> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let end = arrange::end(rows, at);
        let awaited = row.to.strip_prefix(AWAITED).map(str::to_owned);
        let is_id = |to: &String| !to.is_empty() && to != ADDRESS && awaited.is_none();
        items.push(MenuItemInput {
            items: items_below(rows, at, end),
            target_id: Some(row.to.clone()).filter(is_id),
            product_slug: awaited.clone(),
            title: row.title.clone(),
            url: (row.to == ADDRESS).then(|| row.url.clone()),
        });
        at = end;
    }
    items
}

fn items_below(rows: &[Row], at: usize, end: usize) -> Option<Vec<MenuItemInput>> {
    (end > at + 1).then(|| items(&rows[at + 1..end]))
}

/// Of the places that a refusal names, one within the other, the row.
pub fn row_of(rows: &[Row], places: &[usize]) -> Option<usize> {
    let (mut begin, mut found) = (0, None);
    for (depth, nth) in places.iter().enumerate() {
        let below = begin + rows[begin..].iter().take_while(|row| row.depth >= depth).count();
        let at = (begin..below).filter(|at| rows[*at].depth == depth).nth(*nth)?;
        found = Some(at);
        begin = at + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FORM: &str = "row=0&0.depth=0&0.title=About&0.to=page_1&row=1&1.depth=1&1.title=Team&1.to=url&1.url=/team\
                        &row=2&2.depth=2&2.title=Ada&2.to=awaited:ada&row=3&3.depth=0&3.title=Sale&3.to=url&3.url=/sale";

    #[test]
    fn rows_and_links_are_the_same() {
        let (rows, place) = read(&Form::from(FORM)).expect("rows");
        let links = serde_json::to_value(items(&rows)).expect("JSON");
        assert_eq!(
            links,
            json!([
                { "title": "About", "targetId": "page_1", "items": [
                    { "title": "Team", "url": "/team", "items": [{ "title": "Ada", "productSlug": "ada" }] },
                ] },
                { "title": "Sale", "url": "/sale" },
            ])
        );
        assert_eq!((of(&links), place), (rows.clone(), None));
        let places = [&[0][..], &[0, 0], &[0, 0, 0], &[1], &[0, 1], &[2]];
        assert_eq!(
            places.map(|places| row_of(&rows, places)),
            [Some(0), Some(1), Some(2), Some(3), None, None]
        );
        assert_eq!(added(&Form::from("new.title=&new.to=&new.url=")), None);
        assert_eq!(added(&Form::from("new.to=page_2")).expect("one").to, "page_2");
        assert!(read(&Form::from("row=0&move=up:7")).is_err() && read(&Form::from("row=0&move=off:0")).is_err());
    }
}
