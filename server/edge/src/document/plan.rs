//! A validated document in the form in which it is merged for every request: what the text says,
//! with types, places and names looked up once.

use std::{collections::HashMap, sync::Arc};

use apollo_compiler::{
    ExecutableDocument, Node,
    ast::{self, Type},
    executable,
    parser::SourceSpan,
    schema::ExtendedType,
};
use async_graphql::{
    Name, Number, Pos, Positioned, Value as ConstValue, indexmap::IndexMap, parser::types::OperationType,
};

use super::{
    language::{Composite, Language},
    lines::Lines,
};

/// About how much the names of a field or an argument take beside it.
const NAMES_BYTES: usize = 96;

/// Whether a field of a type, by their names, is the same for everybody who is nobody in particular.
pub type Public = fn(&str, &str) -> bool;

/// A valid document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) operations: Vec<Operation>,
    /// About how much memory it takes.
    pub(super) bytes: usize,
    /// Whether it only reads, and only what is the same for everybody.
    pub(super) is_public: bool,
}

/// An operation of a valid document.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) name: Option<Name>,
    pub(super) kind: OperationType,
    pub(super) pos: Pos,
    pub(super) on: Arc<Composite>,
    pub(super) variables: Vec<Variable>,
    /// Those at its head, which say how it is to be answered.
    pub(super) directives: Vec<Directive>,
    pub(super) selections: Selections,
}

#[derive(Debug)]
pub(super) struct Directive {
    pub(super) name: Positioned<Name>,
    pub(super) arguments: Vec<Argument>,
}

#[derive(Debug)]
pub(super) struct Variable {
    pub(super) name: Name,
    pub(super) pos: Pos,
    pub(super) of: Type,
    pub(super) default: Option<ConstValue>,
}

/// Shared by all places that spread a fragment.
pub(super) type Selections = Arc<[Selection]>;

#[derive(Debug)]
pub(super) enum Selection {
    Field(Field),
    /// An inline fragment, or one that is spread here.
    Group(Group),
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: Positioned<Name>,
    pub(super) name: Positioned<Name>,
    /// The type that it is selected on.
    pub(super) on: Arc<Composite>,
    pub(super) arguments: Vec<Argument>,
    pub(super) conditions: Vec<Condition>,
    /// What its selections are of; a leaf has none.
    pub(super) of: Option<Arc<Composite>>,
    pub(super) selections: Selections,
}

pub(super) type Argument = (Positioned<Name>, Positioned<Value>);

/// A value of the document.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// One without variables.
    Known(ConstValue),
    Variable(Name),
    List(Vec<Self>),
    Object(Vec<(Name, Self)>),
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) on: Arc<Composite>,
    pub(super) conditions: Vec<Condition>,
    pub(super) selections: Selections,
}

/// `@include`, or `@skip`.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) includes: bool,
    pub(super) when: When,
    pub(super) pos: Pos,
}

#[derive(Debug)]
pub(super) enum When {
    Known(bool),
    Variable(Name),
}

/// A document that passed every check.
pub(super) fn document(language: &Language, document: &ExecutableDocument, lines: &Lines, public: Public) -> Document {
    let mut planner = Planner {
        language,
        document,
        lines,
        fragments: HashMap::new(),
        bytes: 0,
        public,
        is_public: true,
    };
    let operations = document
        .operations
        .iter()
        .filter_map(|operation| planner.operation(operation));
    let operations: Vec<_> = operations.collect();
    let only_reads = operations
        .iter()
        .all(|operation| operation.kind == OperationType::Query);
    Document {
        operations,
        bytes: planner.bytes,
        is_public: planner.is_public && only_reads,
    }
}

struct Planner<'a> {
    language: &'a Language,
    document: &'a ExecutableDocument,
    lines: &'a Lines,
    fragments: HashMap<&'a str, Selections>,
    bytes: usize,
    public: Public,
    /// Whether every field is that was met so far, whatever leaves it out.
    is_public: bool,
}

impl<'a> Planner<'a> {
    /// `None` could only be for a type that validation did not find.
    fn operation(&mut self, operation: &'a Node<executable::Operation>) -> Option<Operation> {
        let on = Arc::clone(self.language.composite(operation.object_type())?);
        let variables = operation
            .variables
            .iter()
            .map(|variable| self.variable(variable))
            .collect();
        Some(Operation {
            name: operation.name.as_ref().map(|name| Name::new(name.as_str())),
            kind: match operation.operation_type {
                ast::OperationType::Query => OperationType::Query,
                ast::OperationType::Mutation => OperationType::Mutation,
                ast::OperationType::Subscription => OperationType::Subscription,
            },
            pos: self.pos(operation.location()),
            on,
            variables,
            directives: operation
                .directives
                .iter()
                .map(|directive| self.directive(directive))
                .collect(),
            selections: self.selections(&operation.selection_set),
        })
    }

    fn directive(&mut self, directive: &Node<ast::Directive>) -> Directive {
        let definition = self.language.schema().directive_definitions.get(&directive.name);
        let arguments = directive.arguments.iter().map(|argument| {
            let definitions = definition.map_or(&[][..], |definition| &definition.arguments);
            let found = definitions.iter().find(|found| found.name == argument.name);
            self.given(argument, found.map(|found| &*found.ty))
        });
        let arguments: Vec<_> = arguments.collect();
        self.bytes += size_of::<Directive>() + NAMES_BYTES + arguments.len() * (size_of::<Argument>() + NAMES_BYTES);
        Directive {
            name: Positioned::new(Name::new(directive.name.as_str()), self.pos(directive.location())),
            arguments,
        }
    }

    fn variable(&self, variable: &Node<ast::VariableDefinition>) -> Variable {
        let default = variable.default_value.as_ref();
        let default = default.map(|value| self.value(value, Some(&variable.ty)));
        Variable {
            name: Name::new(variable.name.as_str()),
            pos: self.pos(variable.location()),
            of: (*variable.ty).clone(),
            // Validation lets no variable into a default.
            default: default.and_then(Value::known),
        }
    }

    /// As deep as selections may nest, which was measured.
    fn selections(&mut self, set: &'a executable::SelectionSet) -> Selections {
        set.selections
            .iter()
            .filter_map(|selection| self.selection(selection, &set.ty))
            .collect()
    }

    fn selection(&mut self, selection: &'a executable::Selection, on: &str) -> Option<Selection> {
        match selection {
            executable::Selection::Field(field) => self.field(field, on).map(Selection::Field),
            executable::Selection::InlineFragment(inline) => Some(Selection::Group(Group {
                on: Arc::clone(self.language.composite(&inline.selection_set.ty)?),
                conditions: self.conditions(&inline.directives),
                selections: self.selections(&inline.selection_set),
            })),
            executable::Selection::FragmentSpread(spread) => {
                let fragment = self.document.fragments.get(&spread.fragment_name)?;
                let selections = match self.fragments.get(fragment.name.as_str()) {
                    Some(known) => Arc::clone(known),
                    None => self.selections(&fragment.selection_set),
                };
                self.fragments.insert(&fragment.name, Arc::clone(&selections));
                Some(Selection::Group(Group {
                    on: Arc::clone(self.language.composite(fragment.type_condition())?),
                    conditions: self.conditions(&spread.directives),
                    selections,
                }))
            }
        }
    }

    fn field(&mut self, field: &'a Node<executable::Field>, on: &str) -> Option<Field> {
        let pos = self.pos(field.location());
        let arguments: Vec<_> = field
            .arguments
            .iter()
            .map(|argument| self.argument(field, argument))
            .collect();
        self.bytes += size_of::<Selection>() + NAMES_BYTES + arguments.len() * (size_of::<Argument>() + NAMES_BYTES);
        self.is_public &= field.name == "__typename" || (self.public)(on, &field.name);
        let name = Name::new(field.name.as_str());
        let key = field
            .alias
            .as_ref()
            .map_or_else(|| name.clone(), |alias| Name::new(alias.as_str()));
        Some(Field {
            key: Positioned::new(key, pos),
            name: Positioned::new(name, self.pos(field.name.location())),
            on: Arc::clone(self.language.composite(on)?),
            arguments,
            conditions: self.conditions(&field.directives),
            of: self.language.composite(field.definition.ty.inner_named_type()).cloned(),
            selections: self.selections(&field.selection_set),
        })
    }

    fn argument(&self, field: &executable::Field, argument: &Node<ast::Argument>) -> Argument {
        let definition = field
            .definition
            .arguments
            .iter()
            .find(|found| found.name == argument.name);
        self.given(argument, definition.map(|found| &*found.ty))
    }

    fn given(&self, argument: &Node<ast::Argument>, of: Option<&Type>) -> Argument {
        let value = self.value(&argument.value, of);
        (
            Positioned::new(Name::new(argument.name.as_str()), self.pos(argument.location())),
            Positioned::new(value, self.pos(argument.value.location())),
        )
    }

    fn conditions(&self, directives: &executable::DirectiveList) -> Vec<Condition> {
        let conditions = directives.iter().filter_map(|directive| {
            let includes = match directive.name.as_str() {
                "include" => true,
                "skip" => false,
                _ => return None,
            };
            let value = directive.specified_argument_by_name("if")?;
            let when = match &**value {
                ast::Value::Boolean(known) => When::Known(*known),
                ast::Value::Variable(name) => When::Variable(Name::new(name.as_str())),
                _ => return None,
            };
            let pos = self.pos(directive.location());
            Some(Condition { includes, when, pos })
        });
        conditions.collect()
    }

    /// `of` is its type, where that is known: a custom scalar knows no types inside.
    fn value(&self, value: &ast::Value, of: Option<&Type>) -> Value {
        Value::Known(match value {
            ast::Value::Null => ConstValue::Null,
            ast::Value::Enum(name) => ConstValue::Enum(Name::new(name.as_str())),
            ast::Value::Variable(name) => return Value::Variable(Name::new(name.as_str())),
            ast::Value::String(text) => ConstValue::String(text.clone()),
            ast::Value::Boolean(known) => ConstValue::Boolean(*known),
            // An id may have more digits than a number can hold.
            ast::Value::Int(number) if of.is_some_and(|of| of.inner_named_type() == "ID") => {
                ConstValue::String(number.as_str().to_owned())
            }
            ast::Value::Int(number) => digits(number.as_str()),
            ast::Value::Float(number) => digits(number.as_str()),
            ast::Value::List(items) => {
                let of = of.map(Type::item_type);
                return Value::list(items.iter().map(|item| self.value(item, of)).collect());
            }
            ast::Value::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| {
                    let of = of.and_then(|of| self.field_type(of, name));
                    (Name::new(name.as_str()), self.value(value, of))
                });
                return Value::object(fields.collect());
            }
        })
    }

    fn field_type(&self, of: &Type, name: &str) -> Option<&'a Type> {
        match self.language.schema().types.get(of.inner_named_type())? {
            ExtendedType::InputObject(object) => object.fields.get(name).map(|field| &*field.ty),
            _ => None,
        }
    }

    fn pos(&self, span: Option<SourceSpan>) -> Pos {
        span.map_or_else(Pos::default, |span| self.lines.position(span.offset()))
    }
}

impl Value {
    fn known(self) -> Option<ConstValue> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }

    fn list(items: Vec<Self>) -> Self {
        if items.iter().any(|item| !matches!(item, Self::Known(_))) {
            return Self::List(items);
        }
        Self::Known(ConstValue::List(items.into_iter().filter_map(Self::known).collect()))
    }

    fn object(fields: Vec<(Name, Self)>) -> Self {
        if fields.iter().any(|(_, value)| !matches!(value, Self::Known(_))) {
            return Self::Object(fields);
        }
        let known = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.known()?)));
        Self::Known(ConstValue::Object(known.collect::<IndexMap<_, _>>()))
    }
}

/// Too many digits for a number stay text, which every type but a custom scalar refuses.
fn digits(text: &str) -> ConstValue {
    text.parse::<Number>()
        .map_or_else(|_| ConstValue::String(text.to_owned()), ConstValue::Number)
}
