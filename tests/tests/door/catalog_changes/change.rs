//! A member of staff who changes whatever is there.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};
use vitrine_tests::Client;

/// What is expected of a change that was refused: somebody else was first.
const RACES: [&str; 4] = ["VERSION_CONFLICT", "NOT_FOUND", "TAKEN", "INVALID"];

const LOOK: &str = "{ products(first: 100) { nodes { id version } } gone: products(first: 20, deleted: true) { nodes { id version } }
    collectionsConnection(first: 50) { nodes { id version rule { match } products(first: 10) { nodes { id } } } }
    goneCollections: collectionsConnection(first: 20, deleted: true) { nodes { id version } }
    categories { id version children { id version children { id version } } } goneCategories: categories(deleted: true) { id version } }";

/// A change that the shop said it has made.
#[derive(Debug)]
pub struct Acknowledged {
    pub id: String,
    /// The version that it made.
    pub version: i64,
    /// The name that it gave, where it gave one.
    pub name: Option<String>,
}

pub struct Editor {
    staff: Client,
    dice: StdRng,
    seed: u64,
    named: u32,
    acknowledged: Vec<Acknowledged>,
}

/// What there is, as the editor saw it last.
struct Seen(Value);

impl Seen {
    fn all(&self, list: &str) -> Vec<&Value> {
        let rows = self.0[list]["nodes"]
            .as_array()
            .or(self.0[list].as_array())
            .unwrap()
            .iter();
        match list {
            "categories" => rows.flat_map(branches).collect(),
            _ => rows.collect(),
        }
    }
}

fn branches(category: &Value) -> Vec<&Value> {
    let children = category["children"].as_array().into_iter().flatten();
    std::iter::once(category).chain(children.flat_map(branches)).collect()
}

impl Editor {
    pub fn new(staff: Client, seed: u64) -> Self {
        Self {
            staff,
            dice: StdRng::seed_from_u64(seed),
            seed,
            named: 0,
            acknowledged: Vec::new(),
        }
    }

    pub async fn work(mut self, changes: u64) -> Vec<Acknowledged> {
        let mut seen = Seen(Value::Null);
        for change in 0..changes {
            // They look up now and then: what they change may have changed meanwhile.
            if change % 5 == 0 {
                seen = Seen(self.staff.data(LOOK, json!({})).await);
            }
            match self.dice.random_range(0..3) {
                0 => self.change_product(&seen).await,
                1 => self.change_category(&seen).await,
                _ => self.change_collection(&seen).await,
            }
        }
        self.acknowledged
    }

    async fn change_product(&mut self, seen: &Seen) {
        let (Some(product), other) = (self.one(seen, "products"), self.one(seen, "products")) else {
            return;
        };
        let (title, tag) = (self.name(), format!("t{}", self.dice.random_range(0..4)));
        match self.dice.random_range(0..8) {
            0 => {
                let input = self.versioned(&product);
                self.send("product", "Delete", input, None).await;
            }
            1 => {
                let Some(gone) = self.one(seen, "gone") else { return };
                self.send("product", "Restore", json!({ "id": gone["id"] }), None).await;
            }
            2 => {
                let status = *["DRAFT", "ACTIVE", "ARCHIVED"].choose(&mut self.dice).unwrap();
                let input = with(self.versioned(&product), json!({ "title": title, "status": status }));
                self.send("product", "Update", input, Some(title)).await;
            }
            3 => {
                let category = self
                    .one(seen, "categories")
                    .map_or(Value::Null, |category| category["id"].clone());
                let input = with(
                    self.versioned(&product),
                    json!({ "title": title, "categoryId": category }),
                );
                self.send("product", "Update", input, Some(title)).await;
            }
            4 => {
                let slug = format!("s-{}", self.dice.random_range(0..40));
                let input = with(self.versioned(&product), json!({ "title": title, "slug": slug }));
                self.send("product", "Update", input, Some(title)).await;
            }
            5 => {
                let input = json!({ "productId": product["id"], "kind": "RELATED", "productIds": [other.unwrap_or_default()["id"]] });
                self.send("product", "RelationsSet", input, None).await;
            }
            _ => {
                let input = with(self.versioned(&product), json!({ "title": title, "tags": [tag] }));
                self.send("product", "Update", input, Some(title)).await;
            }
        }
    }

    async fn change_category(&mut self, seen: &Seen) {
        let (name, other) = (self.name(), self.one(seen, "categories"));
        let Some(category) = self.one(seen, "categories") else {
            return;
        };
        let other = other.map_or(Value::Null, |other| other["id"].clone());
        match self.dice.random_range(0..6) {
            0 => {
                let input = json!({ "name": name, "parentId": other, "position": 0 });
                self.send("category", "Create", input, Some(name)).await;
            }
            1 => {
                let more = json!({ "branches": "MOVE_TO_PARENT", "moveProductsTo": if self.dice.random() { other } else { Value::Null } });
                let input = with(self.versioned(&category), more);
                self.send("category", "Delete", input, None).await;
            }
            2 => {
                let Some(gone) = self.one(seen, "goneCategories") else {
                    return;
                };
                self.send("category", "Restore", json!({ "id": gone["id"] }), None)
                    .await;
            }
            3 => {
                let slug = format!("c-{}", self.dice.random_range(0..20));
                let input = with(self.versioned(&category), json!({ "name": name, "slug": slug }));
                self.send("category", "Update", input, Some(name)).await;
            }
            _ => {
                let input = with(
                    self.versioned(&category),
                    json!({ "parentId": other, "position": self.dice.random_range(0..4) }),
                );
                self.send("category", "Move", input, None).await;
            }
        }
    }

    async fn change_collection(&mut self, seen: &Seen) {
        let (title, rule) = (self.name(), self.rule(seen));
        let products: Vec<Value> = (0..3)
            .filter_map(|_| Some(self.one(seen, "products")?["id"].clone()))
            .collect();
        let collection = self
            .one(seen, "collectionsConnection")
            .filter(|_| self.dice.random_range(0..5) > 0);
        let Some(collection) = collection else {
            let rule = if self.dice.random() { rule } else { Value::Null };
            let input = json!({ "title": title, "rule": rule });
            return self.send("collection", "Create", input, Some(title)).await;
        };
        let input = self.versioned(&collection);
        match self.dice.random_range(0..7) {
            0 => self.send("collection", "Delete", input, None).await,
            1 => {
                let Some(gone) = self.one(seen, "goneCollections") else {
                    return;
                };
                self.send("collection", "Restore", json!({ "id": gone["id"] }), None)
                    .await;
            }
            2 => {
                let slug = format!("k-{}", self.dice.random_range(0..20));
                let more = json!({ "title": title, "slug": slug, "published": self.dice.random_range(0..4) > 0 });
                self.send("collection", "Update", with(input, more), Some(title)).await;
            }
            3 => {
                let rule = if self.dice.random_range(0..4) > 0 {
                    rule
                } else {
                    Value::Null
                };
                let more = json!({ "title": title, "rule": rule });
                self.send("collection", "Update", with(input, more), Some(title)).await;
            }
            4 => {
                let held = collection["products"]["nodes"]
                    .as_array()
                    .and_then(|held| held.choose(&mut self.dice));
                let Some(held) = held else { return };
                let moves = json!([{ "productId": held["id"], "position": self.dice.random_range(0..5) }]);
                self.send(
                    "collection",
                    "ProductsReorder",
                    with(input, json!({ "moves": moves })),
                    None,
                )
                .await;
            }
            5 => {
                self.send(
                    "collection",
                    "ProductsRemove",
                    with(input, json!({ "productIds": distinct(products) })),
                    None,
                )
                .await
            }
            _ => {
                self.send(
                    "collection",
                    "ProductsAdd",
                    with(input, json!({ "productIds": distinct(products) })),
                    None,
                )
                .await
            }
        }
    }

    fn rule(&mut self, seen: &Seen) -> Value {
        let condition = match self.dice.random_range(0..4) {
            0 => json!({ "tag": format!("t{}", self.dice.random_range(0..4)) }),
            1 => json!({ "inStock": self.dice.random::<bool>() }),
            2 => json!({ "priceTo": "40.00" }),
            _ => match self.one(seen, "categories") {
                Some(category) => json!({ "categoryId": category["id"] }),
                None => json!({ "titleContains": "a" }),
            },
        };
        json!({ "match": "ANY", "conditions": [condition, { "tag": "t0" }] })
    }

    /// Sends a mutation, and keeps what the shop acknowledged.
    async fn send(&mut self, noun: &str, verb: &str, input: Value, name: Option<String>) {
        let capital = format!("{}{}", noun[..1].to_uppercase(), &noun[1..]);
        let mutation = format!(
            "mutation($input: {capital}{verb}Input!) {{ {noun}{verb}(input: $input) {{ {noun} {{ id version }} userErrors {{ code message }} }} }}"
        );
        let payload = self.staff.payload(&mutation, json!({ "input": input })).await;
        match payload["userErrors"].as_array().unwrap().first() {
            Some(error) => {
                let code = error["code"].as_str().unwrap();
                assert!(RACES.contains(&code), "{noun}{verb} {input}: {error}");
            }
            None => self.acknowledged.push(Acknowledged {
                id: payload[noun]["id"].as_str().unwrap().to_owned(),
                version: payload[noun]["version"].as_i64().unwrap(),
                name,
            }),
        }
    }

    fn one(&mut self, seen: &Seen, list: &str) -> Option<Value> {
        seen.all(list).choose(&mut self.dice).map(|found| (*found).clone())
    }

    /// With the version that was seen, in every other case.
    fn versioned(&mut self, thing: &Value) -> Value {
        match self.dice.random() {
            true => json!({ "id": thing["id"], "expectedVersion": thing["version"] }),
            false => json!({ "id": thing["id"] }),
        }
    }

    /// A name that nobody else gives.
    fn name(&mut self) -> String {
        self.named += 1;
        format!("Name {} {}", self.seed, self.named)
    }
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

fn distinct(mut ids: Vec<Value>) -> Vec<Value> {
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    ids
}
