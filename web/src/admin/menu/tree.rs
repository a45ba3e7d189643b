//! A menu's links as lines, and lines as links.

use serde::{Deserialize, Serialize};

use crate::documents::admin_menu_save::MenuItemInput;

/// One deeper.
const DEEPER: char = '>';
/// Between what a link says and where it leads.
const BAR: char = '|';
/// What names a page, a category, a collection or a product, and not an address.
const TARGETS: [&str; 4] = ["page_", "cat_", "coll_", "prod_"];

/// As every document asks for it, whatever its own types are.
#[derive(Deserialize)]
struct Link {
    title: String,
    url: Option<String>,
    #[serde(rename = "targetId")]
    target_id: Option<String>,
    #[serde(default)]
    items: Vec<Link>,
}

/// The links of a document, as lines.
pub fn write(items: &impl Serialize) -> String {
    let links = serde_json::to_value(items).and_then(serde_json::from_value);
    let links: Vec<Link> = links.unwrap_or_else(|error| {
        tracing::error!(%error, "the links of a menu are not what its document says");
        Vec::new()
    });
    let mut text = String::new();
    write_below(&links, 0, &mut text);
    text
}

fn write_below(links: &[Link], depth: usize, text: &mut String) {
    for link in links {
        text.extend(std::iter::repeat_n(DEEPER, depth));
        if depth > 0 {
            text.push(' ');
        }
        text.push_str(&link.title);
        if let Some(target) = link.target_id.as_ref().or(link.url.as_ref()) {
            text.push_str(&format!(" {BAR} {target}"));
        }
        text.push('\n');
        write_below(&link.items, depth + 1, text);
    }
}

/// Lines as links; nothing where one stands more than one deeper than the one before it.
pub fn read(text: &str) -> Option<Vec<MenuItemInput>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut roots: Vec<MenuItemInput> = Vec::new();
    for line in lines {
        let depth = line.chars().take_while(|letter| *letter == DEEPER).count();
        let mut below = &mut roots;
        for _ in 0..depth {
            below = below.last_mut()?.items.get_or_insert_default();
        }
        below.push(link(line.trim_start_matches(DEEPER)));
    }
    Some(roots)
}

fn link(line: &str) -> MenuItemInput {
    let (title, target) = line.split_once(BAR).unwrap_or((line, ""));
    let target = Some(target.trim().to_owned()).filter(|target| !target.is_empty());
    let is_named = |target: &String| TARGETS.iter().any(|begin| target.starts_with(begin));
    MenuItemInput {
        items: None,
        target_id: target.clone().filter(is_named),
        title: title.trim().to_owned(),
        url: target.filter(|target| !is_named(target)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lines_and_links_are_the_same() {
        let text = "About | page_01abc\n> Team | /pages/team\n>> Ada | https://example.com/ada\nSale | /sale\n";
        let links = serde_json::to_value(read(text).expect("links")).expect("JSON");
        assert_eq!(links[0]["items"][0]["items"][0]["title"], "Ada");
        assert_eq!(links[0]["targetId"], "page_01abc");
        assert_eq!(links[1], json!({ "title": "Sale", "url": "/sale" }));
        assert_eq!(write(&links), text);
        assert!(read("> Too deep | /").is_none() && read("A\n>> Too deep").is_none());
    }
}
