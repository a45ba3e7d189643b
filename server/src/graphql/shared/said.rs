//! Messages of the shop, put into the caller's language where they are answered.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field, registry::Registry,
};
use vitrine_commerce::{
    Context,
    language::{Language, Message},
};
use vitrine_edge::Wording;

/// A `String` to whoever reads it.
#[derive(Debug, Clone)]
pub struct Said(pub Message);

impl From<Message> for Said {
    fn from(message: Message) -> Self {
        Self(message)
    }
}

/// Says what a field was refused with.
pub fn wording(context: &Context) -> Wording {
    let (locale, country) = (context.message_locale.clone(), context.country.clone());
    Wording::new(move |source| {
        let message = source.downcast_ref::<Message>()?;
        Some(Language::of(&locale, &country).say(message))
    })
}

impl OutputType for Said {
    fn type_name() -> Cow<'static, str> {
        <String as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <String as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let language = ctx.data_unchecked::<Context>().messages();
        Ok(Value::String(language.say(&self.0)))
    }
}
