//! The directive `@inContext`, as front ends know it. Documents are checked against it, and `crate::locality` reads it; nothing
//! of it reaches async-graphql's own execution.

use std::borrow::Cow;

use async_graphql::{
    ContextDirective, CustomDirective, CustomDirectiveFactory, InputType, ServerError, ServerResult,
    indexmap::IndexMap,
    parser::types::Directive,
    registry::{__DirectiveLocation as Location, Deprecation, MetaDirective, MetaInputValue, Registry},
};

use super::scalars::{CountryCode, CurrencyCode, LanguageCode};
use crate::locality::DIRECTIVE;

const DESCRIPTION: &str = "Says in which country, language and currency an operation is answered. What it leaves out follows \
    from the headers `Context-Country`, `Context-Language`, `Context-Currency` and `Accept-Language`, else from the shop. \
    What was decided stands in `shop { context }`. Unlike in the headers, what the shop does not have is refused here, with \
    the code `BAD_USER_INPUT`.";

/// Makes `@inContext` part of the schema.
pub struct InContext;

impl CustomDirectiveFactory for InContext {
    fn name(&self) -> Cow<'static, str> {
        DIRECTIVE.into()
    }

    fn register(&self, registry: &mut Registry) {
        let arguments = [
            argument::<CountryCode>(registry, "country", "The country that the shopper is in: `DE`."),
            argument::<CurrencyCode>(
                registry,
                "currency",
                "The currency, where it is not the country's: `EUR`.",
            ),
            argument::<LanguageCode>(
                registry,
                "language",
                "One of the shop's languages, or a relative of one: `DE`, `PT_BR`.",
            ),
        ];
        registry.add_directive(MetaDirective {
            name: DIRECTIVE.to_owned(),
            description: Some(DESCRIPTION.to_owned()),
            locations: vec![Location::QUERY, Location::MUTATION, Location::SUBSCRIPTION],
            args: IndexMap::from_iter(arguments.map(|argument| (argument.name.clone(), argument))),
            is_repeatable: false,
            visible: None,
            composable: None,
        });
    }

    fn create(&self, _: &ContextDirective<'_>, directive: &Directive) -> ServerResult<Box<dyn CustomDirective>> {
        // Documents are checked before: it stands at no field.
        Err(ServerError::new(
            "@inContext stands at an operation.",
            Some(directive.name.pos),
        ))
    }
}

fn argument<T: InputType>(registry: &mut Registry, name: &str, description: &str) -> MetaInputValue {
    T::create_type_info(registry);
    MetaInputValue {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        ty: T::type_name().into_owned(),
        deprecation: Deprecation::NoDeprecated,
        default_value: None,
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        is_secret: false,
        directive_invocations: Vec::new(),
    }
}
