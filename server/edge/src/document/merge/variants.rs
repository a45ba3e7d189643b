//! Interfaces and unions: the objects that they turn out to be may each have other fields.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Name, Pos, Positioned, ServerResult,
    indexmap::IndexMap,
    parser::types::{Field as AskedField, InlineFragment, Selection, SelectionSet, TypeCondition},
};

use super::{Entries, Entry, Inside, Merger, Selected, TYPENAME, TYPENAME_KEY, select, typename};
use crate::document::{
    language::{Composite, Kind, Types, both},
    order::{Key, Order},
    plan::Field,
};

/// Objects of which the same is asked.
struct Class {
    types: Vec<u32>,
    /// The keys that they have, by their place among all, in this class's order.
    keys: Vec<usize>,
}

/// Of one key: what each class has of it, if anything.
type Column = Vec<Option<Inside>>;

impl<'a> Merger<'a> {
    pub(super) fn variants(&mut self, on: &Composite, entries: &Entries<'a>, pos: Pos) -> ServerResult<Selected> {
        let classes = classes(&on.objects, entries);
        let mut asked = Asked::default();
        let mut columns = Vec::with_capacity(entries.len());
        for found in entries.values() {
            columns.push(self.column(on, found, &classes, &mut asked)?);
        }
        let same = is_same_order(&classes) && columns.iter().all(is_same);
        let known = entries
            .iter()
            .find(|(_, found)| found[0].field.name.node == TYPENAME && found[0].types.len() == on.objects.len());
        if known.is_none() && (!same || classes.iter().any(|class| class.keys.is_empty())) {
            asked.push(None, typename(pos));
        }
        let names = entries.keys().map(|name| (*name).clone());
        let order = if same {
            let keys = names.zip(&columns).map(|(name, column)| Key {
                name,
                inside: column.iter().flatten().next().cloned().flatten(),
            });
            Order::Fields(keys.collect())
        } else {
            let names: Vec<_> = names.collect();
            Order::ByType {
                key: known.map_or_else(|| Name::new(TYPENAME_KEY), |(key, _)| (*key).clone()),
                types: self.orders(&names, &classes, &columns),
            }
        };
        Ok((asked.into_items(), order))
    }

    /// Asks for one key's fields where they are had.
    fn column(
        &mut self,
        on: &Composite,
        found: &[Entry<'a>],
        classes: &[Class],
        asked: &mut Asked,
    ) -> ServerResult<Column> {
        // Of leaves the first says everything.
        let most = if found[0].field.of.is_some() { found.len() } else { 1 };
        let mut groups: IndexMap<Vec<usize>, Vec<usize>> = IndexMap::new();
        for (at, class) in classes.iter().enumerate() {
            let has: Vec<_> = (0..found.len()).filter(|entry| class.has(&found[*entry])).collect();
            if self.is_checking() {
                has.iter()
                    .try_for_each(|other| super::check_same(found[has[0]].field, found[*other].field))?;
            }
            if !has.is_empty() {
                groups.entry(has.into_iter().take(most).collect()).or_default().push(at);
            }
        }
        let mut column = vec![None; classes.len()];
        for (has, members) in groups {
            let fields: Vec<_> = has.iter().map(|entry| found[*entry].field).collect();
            let before = self.fields;
            let (field, inside) = self.field(&fields)?;
            let size = self.fields - before;
            let types = members.iter().flat_map(|class| classes[*class].types.iter().copied());
            let mut types: Vec<_> = types.collect();
            types.sort_unstable();
            let places = self.places(on, fields[0], &types);
            self.count(size.saturating_mul(places.len().saturating_sub(1)))?;
            for place in places {
                asked.push(place, field.clone());
            }
            for class in members {
                column[class] = Some(inside.clone());
            }
        }
        Ok(column)
    }

    /// The type conditions under which a field is asked for of these objects: none, the type that has
    /// it, or each object.
    fn places(&self, on: &Composite, field: &Field, types: &[u32]) -> Vec<Option<Name>> {
        if types.len() == on.objects.len() && (field.name.node == TYPENAME || field.on.name == on.name) {
            return vec![None];
        }
        if field.on.kind != Kind::Union && *both(&on.objects, &field.on.objects) == *types {
            return vec![Some(field.on.name.clone())];
        }
        let names = types.iter().map(|number| self.language.object_name(*number).clone());
        names.map(Some).collect()
    }

    fn orders(&self, names: &[Name], classes: &[Class], columns: &[Column]) -> HashMap<Name, Vec<Key>> {
        let mut types = HashMap::new();
        for (at, class) in classes.iter().enumerate() {
            let keys = class.keys.iter().map(|key| Key {
                name: names[*key].clone(),
                inside: columns[*key][at].clone().flatten(),
            });
            let keys: Vec<_> = keys.collect();
            for number in &class.types {
                types.insert(self.language.object_name(*number).clone(), keys.clone());
            }
        }
        types
    }
}

impl Class {
    fn has(&self, entry: &Entry<'_>) -> bool {
        // All its objects are among an entry's, or none is.
        self.types
            .first()
            .is_some_and(|number| entry.types.binary_search(number).is_ok())
    }
}

fn classes(objects: &Types, entries: &Entries<'_>) -> Vec<Class> {
    let mut limits: Vec<&Types> = Vec::new();
    for entry in entries.values().flatten() {
        let known = limits
            .iter()
            .any(|types| Arc::ptr_eq(types, &entry.types) || **types == entry.types);
        if !known && entry.types.len() < objects.len() {
            limits.push(&entry.types);
        }
    }
    let mut found: IndexMap<Vec<bool>, Vec<u32>> = IndexMap::new();
    for number in objects.iter() {
        let among = limits.iter().map(|types| types.binary_search(number).is_ok()).collect();
        found.entry(among).or_default().push(*number);
    }
    let classes = found.into_values().map(|types| {
        let mut class = Class {
            types,
            keys: Vec::new(),
        };
        let firsts = entries.values().enumerate().filter_map(|(key, found)| {
            let first = found.iter().find(|entry| class.has(entry))?;
            Some((first.at, key))
        });
        let mut firsts: Vec<_> = firsts.collect();
        firsts.sort_unstable();
        class.keys = firsts.into_iter().map(|(_, key)| key).collect();
        class
    });
    classes.collect()
}

/// Whether one order serves all classes.
fn is_same_order(classes: &[Class]) -> bool {
    classes.iter().all(|class| class.keys.is_sorted())
}

/// Whether what is in a field is the same in all classes that have it.
fn is_same(column: &Column) -> bool {
    let mut had = column.iter().flatten();
    let first = had.next();
    had.all(|inside| Some(inside) == first)
}

/// Fields, in fragments by the types that have them.
#[derive(Default)]
struct Asked(Vec<(Option<Name>, Vec<Positioned<Selection>>)>);

impl Asked {
    fn push(&mut self, place: Option<Name>, field: Positioned<AskedField>) {
        match self.0.last_mut() {
            Some((last, fields)) if *last == place => fields.push(select(field)),
            _ => self.0.push((place, vec![select(field)])),
        }
    }

    fn into_items(self) -> Vec<Positioned<Selection>> {
        let mut all = Vec::new();
        for (place, items) in self.0 {
            let Some(name) = place else {
                all.extend(items);
                continue;
            };
            let pos = items.first().map(|item| item.pos).unwrap_or_default();
            let inline = InlineFragment {
                type_condition: Some(Positioned::new(
                    TypeCondition {
                        on: Positioned::new(name, pos),
                    },
                    pos,
                )),
                directives: Vec::new(),
                selection_set: Positioned::new(SelectionSet { items }, pos),
            };
            all.push(Positioned::new(
                Selection::InlineFragment(Positioned::new(inline, pos)),
                pos,
            ));
        }
        all
    }
}
