//! Random documents over a small schema, answered by the whole and by a second reading of the
//! specification that knows nothing of it.

use std::{collections::HashMap, fmt::Write as _, sync::Arc, task::Poll};

use async_graphql::{
    EmptyMutation, EmptySubscription, Interface, Name, Object, Positioned, Request, Schema, Union, Value, Variables,
    indexmap::IndexMap,
    parser::{parse_query, types as parsed},
};
use futures::executor::block_on;
use proptest::prelude::*;

use super::{Documents, Language, apply, limits::GraphqlLimits};

#[derive(Clone)]
struct Cat(i32);
#[derive(Clone)]
struct Dog(i32);
#[derive(Clone)]
struct Toy(i32);
struct Query;

#[derive(Interface, Clone)]
#[graphql(field(name = "name", ty = "String"), field(name = "friend", ty = "Pet"))]
enum Pet {
    Cat(Cat),
    Dog(Dog),
}

#[derive(Union, Clone)]
enum Thing {
    Cat(Cat),
    Dog(Dog),
    Toy(Toy),
}

/// Lets others finish first.
async fn pause(times: i32) {
    for _ in 0..times.rem_euclid(4) {
        let mut waited = false;
        std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if std::mem::replace(&mut waited, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }
}

#[Object]
impl Query {
    async fn pet(&self) -> Pet {
        pause(3).await;
        Pet::Dog(Dog(1))
    }

    async fn things(&self) -> Vec<Thing> {
        pause(2).await;
        vec![Thing::Cat(Cat(0)), Thing::Dog(Dog(1)), Thing::Toy(Toy(2))]
    }

    async fn cat(&self) -> Option<Cat> {
        Some(Cat(2))
    }

    async fn toy(&self) -> Toy {
        pause(1).await;
        Toy(7)
    }
}

#[Object]
impl Cat {
    async fn name(&self) -> String {
        pause(self.0).await;
        format!("cat {}", self.0)
    }

    async fn friend(&self) -> Pet {
        pause(self.0 + 1).await;
        Pet::Dog(Dog(self.0 + 1))
    }

    async fn lives(&self) -> i32 {
        pause(self.0 + 2).await;
        9
    }
}

#[Object]
impl Dog {
    async fn name(&self) -> String {
        pause(self.0).await;
        format!("dog {}", self.0)
    }

    async fn friend(&self) -> Pet {
        Pet::Cat(Cat(self.0 + 1))
    }

    async fn toys(&self) -> Vec<Toy> {
        pause(self.0 + 2).await;
        vec![Toy(self.0), Toy(self.0 + 1)]
    }
}

#[Object]
impl Toy {
    async fn color(&self) -> &'static str {
        pause(self.0).await;
        "red"
    }

    async fn thing(&self) -> Thing {
        Thing::Toy(Toy(self.0 + 1))
    }
}

/// An object as the second reading knows it: its type and its number.
type Thingy = (&'static str, i32);

enum Found {
    Leaf(Value),
    One(Thingy),
    Many(Vec<Thingy>),
}

fn resolve((of, number): Thingy, field: &str) -> Found {
    match (of, field) {
        (_, "__typename") => Found::Leaf(Value::from(of)),
        ("Query", "pet") => Found::One(("Dog", 1)),
        ("Query", "things") => Found::Many(vec![("Cat", 0), ("Dog", 1), ("Toy", 2)]),
        ("Query", "cat") => Found::One(("Cat", 2)),
        ("Query", "toy") => Found::One(("Toy", 7)),
        ("Cat" | "Dog", "name") => Found::Leaf(Value::from(format!("{} {number}", of.to_lowercase()))),
        ("Cat", "friend") => Found::One(("Dog", number + 1)),
        ("Cat", "lives") => Found::Leaf(Value::from(9)),
        ("Dog", "friend") => Found::One(("Cat", number + 1)),
        ("Dog", "toys") => Found::Many(vec![("Toy", number), ("Toy", number + 1)]),
        ("Toy", "color") => Found::Leaf(Value::from("red")),
        ("Toy", "thing") => Found::One(("Toy", number + 1)),
        _ => panic!("{of} has no {field}"),
    }
}

/// A type's name, its leaves, and what leads on from it.
type Fields = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

const FIELDS: [Fields; 6] = [
    (
        "Query",
        &[],
        &[("pet", "Pet"), ("things", "Thing"), ("cat", "Cat"), ("toy", "Toy")],
    ),
    ("Cat", &["name", "lives"], &[("friend", "Pet")]),
    ("Dog", &["name"], &[("friend", "Pet"), ("toys", "Toy")]),
    ("Toy", &["color"], &[("thing", "Thing")]),
    ("Pet", &["name"], &[("friend", "Pet")]),
    ("Thing", &[], &[]),
];
/// Types that may be asked for where another stands.
const OVERLAPS: [(&str, &[&str]); 6] = [
    ("Query", &["Query"]),
    ("Cat", &["Cat", "Pet", "Thing"]),
    ("Dog", &["Dog", "Pet", "Thing"]),
    ("Toy", &["Toy", "Thing"]),
    ("Pet", &["Cat", "Dog", "Pet", "Thing"]),
    ("Thing", &["Cat", "Dog", "Toy", "Pet", "Thing"]),
];

/// Writes a valid document, as its choices say. A key always stands for the same field.
struct Writer<'a> {
    choices: std::slice::Iter<'a, u8>,
    fragments: Vec<String>,
}

impl Writer<'_> {
    fn choose(&mut self, from: usize) -> usize {
        self.choices.next().map_or(0, |choice| usize::from(*choice)) % from
    }

    fn set(&mut self, of: &str, depth: usize) -> String {
        let mut text = "{ ".to_owned();
        for _ in 0..=self.choose(4) {
            let selection = self.selection(of, depth);
            write!(text, "{selection} ").expect("a String takes it");
        }
        text + "}"
    }

    fn selection(&mut self, of: &str, depth: usize) -> String {
        let (_, leaves, edges) = FIELDS.iter().find(|(name, ..)| *name == of).expect("a type");
        let deeper = depth < 5;
        match self.choose(6) {
            0 | 1 if deeper => {
                let (_, types) = OVERLAPS.iter().find(|(name, _)| *name == of).expect("a type");
                let on = types[self.choose(types.len())];
                let inside = self.set(on, depth + 1);
                let (condition, named) = (self.condition(), self.choose(2) == 1);
                if named {
                    let name = format!("F{}", self.fragments.len());
                    self.fragments.push(format!("fragment {name} on {on} {inside}"));
                    return format!("...{name}{condition}");
                }
                format!("... on {on}{condition} {inside}")
            }
            2 | 3 if deeper && !edges.is_empty() => {
                let (field, to) = edges[self.choose(edges.len())];
                let alias = if self.choose(3) == 0 {
                    format!("{field}_: ")
                } else {
                    String::new()
                };
                let (condition, inside) = (self.condition(), self.set(to, depth + 1));
                format!("{alias}{field}{condition} {inside}")
            }
            4 if !leaves.is_empty() => {
                let field = leaves[self.choose(leaves.len())];
                format!("{field}{}", self.condition())
            }
            _ => format!("{}__typename{}", ["", "t: "][self.choose(2)], self.condition()),
        }
    }

    fn condition(&mut self) -> &'static str {
        ["", "", "", " @skip(if: true)", " @skip(if: $on)", " @include(if: $on)"][self.choose(6)]
    }
}

/// The specification's `ExecuteSelectionSet`, without anything that makes it quick.
struct Reader<'a> {
    fragments: &'a HashMap<Name, Positioned<parsed::FragmentDefinition>>,
    on: bool,
}

impl<'a> Reader<'a> {
    fn execute(&self, thing: Thingy, sets: &[&'a parsed::SelectionSet]) -> Value {
        let mut grouped: IndexMap<&str, Vec<&parsed::Field>> = IndexMap::new();
        for set in sets {
            self.collect(thing.0, set, &mut grouped);
        }
        let fields = grouped.into_iter().map(|(key, fields)| {
            let inside: Vec<_> = fields.iter().map(|field| &field.selection_set.node).collect();
            let value = match resolve(thing, &fields[0].name.node) {
                Found::Leaf(value) => value,
                Found::One(thing) => self.execute(thing, &inside),
                Found::Many(things) => things.into_iter().map(|thing| self.execute(thing, &inside)).collect(),
            };
            (Name::new(key), value)
        });
        Value::Object(fields.collect())
    }

    fn collect(
        &self,
        of: &str,
        set: &'a parsed::SelectionSet,
        grouped: &mut IndexMap<&'a str, Vec<&'a parsed::Field>>,
    ) {
        for selection in &set.items {
            if selection
                .node
                .directives()
                .iter()
                .any(|directive| !self.holds(&directive.node))
            {
                continue;
            }
            let (condition, set) = match &selection.node {
                parsed::Selection::Field(field) => {
                    grouped
                        .entry(&field.node.response_key().node)
                        .or_default()
                        .push(&field.node);
                    continue;
                }
                parsed::Selection::InlineFragment(inline) => {
                    (inline.node.type_condition.as_ref(), &inline.node.selection_set)
                }
                parsed::Selection::FragmentSpread(spread) => {
                    let fragment = &self.fragments[&spread.node.fragment_name.node].node;
                    (Some(&fragment.type_condition), &fragment.selection_set)
                }
            };
            let on = condition.map_or(of, |condition| &condition.node.on.node);
            let (_, types) = OVERLAPS.iter().find(|(name, _)| *name == of).expect("an object");
            if types.contains(&on) {
                self.collect(of, &set.node, grouped);
            }
        }
    }

    fn holds(&self, directive: &parsed::Directive) -> bool {
        let given = directive.get_argument("if").expect("it is given");
        let given = given.node.to_string() == "true" || (given.node.to_string() == "$on" && self.on);
        given == (directive.name.node == "include")
    }
}

fn schema() -> Schema<Query, EmptyMutation, EmptySubscription> {
    let builder = || Schema::build(Query, EmptyMutation, EmptySubscription).register_output_type::<Pet>();
    let language = Language::new(&builder().finish().sdl()).expect("a schema");
    let limits = GraphqlLimits {
        directives: 500,
        root_fields: 500,
        aliases: 500,
        ..GraphqlLimits::default()
    };
    apply(builder(), Documents::new(Arc::new(language), limits, false)).finish()
}

#[test]
fn random_documents_are_answered_as_the_specification_says() {
    let schema = schema();
    let choices = prop::collection::vec(any::<u8>(), 0..120);
    proptest!(ProptestConfig::with_cases(1_000), |(choices in choices, on: bool)| {
        let mut writer = Writer { choices: choices.iter(), fragments: Vec::new() };
        let body = writer.set("Query", 0);
        // It is used, whatever the choices were.
        let text = format!("query($on: Boolean!) {{ ...All __typename @skip(if: $on) }} fragment All on Query {body} {}", writer.fragments.join(" "));
        let document = parse_query(&text).expect("it parses");
        let operation = document.operations.iter().next().expect("an operation").1;
        let reader = Reader { fragments: &document.fragments, on };
        let expected = reader.execute(("Query", 0), &[&operation.node.selection_set.node]);
        let variables = Variables::from_json(serde_json::json!({ "on": on }));
        let answer = block_on(schema.execute(Request::new(&text).variables(variables)));
        prop_assert!(answer.errors.is_empty(), "{text}\n{:?}", answer.errors);
        prop_assert_eq!(answer.data.to_string(), expected.to_string(), "{}", text);
    });
}
