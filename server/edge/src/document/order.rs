//! The order of an answer. async-graphql writes fields down as they finish; the specification wants
//! the document's order.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Name, Value};

/// The order of an object's fields, and of what is in them.
#[derive(Debug, PartialEq)]
pub(super) enum Order {
    Fields(Vec<Key>),
    /// Of an interface or a union whose objects differ. `key` is where the answer names the type.
    ByType {
        key: Name,
        types: HashMap<Name, Vec<Key>>,
    },
}

/// A response key, and what is in it unless that is a leaf.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    pub(super) name: Name,
    pub(super) inside: Option<Arc<Order>>,
}

impl Order {
    /// Puts an answer into its order, and leaves out what nobody asked for. An answer nests no deeper
    /// than its document does.
    pub(super) fn arrange(&self, value: &mut Value) {
        match value {
            Value::List(items) => items.iter_mut().for_each(|item| self.arrange(item)),
            Value::Object(fields) => {
                let keys = match self {
                    Self::Fields(keys) => keys,
                    Self::ByType { key, types } => match fields.get(key) {
                        Some(Value::String(name)) if types.contains_key(name.as_str()) => &types[name.as_str()],
                        _ => return,
                    },
                };
                let mut found = std::mem::take(fields);
                for Key { name, inside } in keys {
                    if let Some(mut value) = found.swap_remove(name) {
                        if let Some(inside) = inside {
                            inside.arrange(&mut value);
                        }
                        fields.insert(name.clone(), value);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_in_lists_of_any_type_come_in_order() {
        let leaf = |name: &str| Key {
            name: Name::new(name),
            inside: None,
        };
        let order = Order::ByType {
            key: Name::new("t"),
            types: HashMap::from([
                (Name::new("A"), vec![leaf("x"), leaf("y")]),
                (Name::new("B"), vec![leaf("y"), leaf("x"), leaf("t")]),
                (Name::new("C"), vec![]),
            ]),
        };
        let found =
            json!([[{ "y": 1, "t": "A", "x": 2 }, { "t": "B", "x": 3, "y": { "a": 2, "z": 1 } }], null, { "t": "C" }]);
        let mut value = Value::from_json(found).expect("a value");
        order.arrange(&mut value);
        assert_eq!(
            value.to_string(),
            "[[{x: 2, y: 1}, {y: {a: 2, z: 1}, x: 3, t: \"B\"}], null, {}]"
        );
    }
}
