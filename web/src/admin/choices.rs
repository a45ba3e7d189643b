//! Things of the shop, to be chosen by name.

use serde::Serialize;
use serde_json::Value;

use super::staff::Staff;

/// Codes of currencies or languages, each once, by what the dashboard's words of `section` call them; by themselves where those do
/// not know them.
pub fn called<'a>(staff: &Staff, section: &str, codes: impl IntoIterator<Item = &'a String>) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for code in codes {
        if named.iter().any(|(known, _)| known == code) {
            continue;
        }
        let name = staff.visit.say(&format!("admin.{section}.{code}"));
        named.push((code.clone(), if name.is_empty() { code.clone() } else { name }));
    }
    named
}

/// Of a tree of categories each with all above it in its name, by its field `by`.
pub fn branches(tree: &impl Serialize, by: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    below(&serde_json::to_value(tree).unwrap_or_default(), by, "", &mut found);
    found
}

fn below(branches: &Value, by: &str, above: &str, found: &mut Vec<(String, String)>) {
    for branch in branches.as_array().into_iter().flatten() {
        if let (Some(key), Some(name)) = (branch[by].as_str(), branch["name"].as_str()) {
            let called = format!("{above}{name}");
            found.push((key.to_owned(), called.clone()));
            below(&branch["children"], by, &format!("{called} › "), found);
        }
    }
}

/// Of a page of a list the nodes by their titles, by their field `by`.
pub fn titled(connection: &impl Serialize, by: &str) -> Vec<(String, String)> {
    let connection = serde_json::to_value(connection).unwrap_or_default();
    let nodes = connection["nodes"].as_array().into_iter().flatten();
    let named = nodes.filter_map(|node| Some((node[by].as_str()?, node["title"].as_str()?)));
    named.map(|(key, title)| (key.to_owned(), title.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn things_are_called_by_where_they_stand() {
        let tree = json!([{ "id": "c1", "name": "Home", "children": [{ "id": "c2", "name": "Lamps" }] }]);
        let called = [("c1", "Home"), ("c2", "Home › Lamps")];
        let called = called.map(|(key, name)| (key.to_owned(), name.to_owned()));
        assert_eq!(branches(&tree, "id"), called);
        let page = json!({ "nodes": [{ "slug": "sale", "title": "Sale" }] });
        assert_eq!(titled(&page, "slug"), [("sale".to_owned(), "Sale".to_owned())]);
        assert!(titled(&Value::Null, "slug").is_empty());
    }
}
