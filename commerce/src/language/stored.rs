//! A message that is kept until somebody reads it, whose language nobody knows yet: its English words, and what it is made of.
//! Whoever does not know the message any more, or not yet, reads the words.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    message::{Message, Value},
    reader::Language,
};

#[derive(Serialize, Deserialize)]
struct Stored {
    /// In English.
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<Said>,
}

#[derive(Serialize, Deserialize)]
struct Said {
    id: String,
    values: Vec<(String, Kept)>,
}

/// What of a [`Value`] is kept as it is. A message with anything else is kept in English alone.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kept {
    Text(String),
    Number(i64),
    List(Vec<String>),
    Message(Box<Stored>),
    Messages(Vec<Stored>),
}

impl Stored {
    fn of(message: &Message) -> Self {
        Self {
            message: message.to_string(),
            said: Said::of(message),
        }
    }

    fn read(self) -> Message {
        let known = self.said.filter(|said| Language::english().knows(&said.id));
        match known {
            Some(Said { id, values }) => {
                let values = values.into_iter().map(|(name, value)| (name, value.read()));
                Message::of_parts(id, values)
            }
            None => Message::from(self.message),
        }
    }
}

impl Said {
    fn of(message: &Message) -> Option<Self> {
        let (id, values) = message.parts()?;
        let kept = values
            .iter()
            .map(|(name, value)| Some((name.to_string(), Kept::of(value)?)));
        Some(Self {
            id: id.to_owned(),
            values: kept.collect::<Option<_>>()?,
        })
    }
}

impl Kept {
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Text(text) => Self::Text(text.clone()),
            Value::Number(number) => Self::Number(*number),
            Value::List(parts) => Self::List(parts.clone()),
            Value::Message(message) => Self::Message(Box::new(Stored::of(message))),
            Value::Messages(messages) => Self::Messages(messages.iter().map(Stored::of).collect()),
            Value::Money(_) | Value::Day(_) | Value::Moment(..) | Value::Called(_) => return None,
        })
    }

    fn read(self) -> Value {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Number(number) => Value::Number(number),
            Self::List(parts) => Value::List(parts),
            Self::Message(message) => Value::Message(Box::new(message.read())),
            Self::Messages(messages) => Value::Messages(messages.into_iter().map(Stored::read).collect()),
        }
    }
}

impl Message {
    /// To be kept beside its English words.
    pub(crate) fn kept(&self) -> Option<serde_json::Value> {
        serde_json::to_value(self).ok()
    }

    /// What was kept beside these words; the words, where they have changed since.
    pub(crate) fn read(kept: Option<&serde_json::Value>, words: &str) -> Self {
        let stored = kept.and_then(|kept| Stored::deserialize(kept).ok());
        match stored.filter(|stored| stored.message == words) {
            Some(stored) => stored.read(),
            None => words.into(),
        }
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Stored::of(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Stored::deserialize(deserializer).map(Stored::read)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::language::messages;

    #[test]
    fn a_message_is_kept_in_no_language() {
        let inner = messages::import_price_form(Message::from("Odd."), "EUR");
        let parts = vec![messages::ledgers_part("currency"), messages::ledgers_part("amount")];
        let all = [
            messages::import_rows_max(500_000),
            inner,
            messages::ledgers_differ(parts),
            Message::from("In words"),
        ];
        for message in all {
            let kept = serde_json::to_value(&message).expect("kept");
            assert_eq!(kept["message"], message.to_string());
            let read: Message = serde_json::from_value(kept).expect("read");
            assert_eq!(read, message);
            let german = Language::of("de", "DE");
            assert_eq!(german.say(&read), german.say(&message));
        }
        let differ = messages::ledgers_differ(vec![messages::ledgers_part("mode")]);
        let words = differ.to_string();
        assert_eq!(Message::read(differ.kept().as_ref(), &words), differ);
        assert_eq!(
            Message::read(differ.kept().as_ref(), "Other words."),
            "Other words.".into()
        );
        assert_eq!(Message::read(None, &words), words.into());
        // What another version wrote, and what one wrote that had words alone.
        for kept in [
            json!({ "message": "Nobody knows it.", "said": { "id": "nobody-knows-it", "values": [] } }),
            json!({ "message": "Nobody knows it." }),
        ] {
            let read: Message = serde_json::from_value(kept).expect("read");
            assert_eq!(read, Message::from("Nobody knows it."));
        }
    }
}
