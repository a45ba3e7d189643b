//! What mails about an order are written with.

pub(super) use super::{
    layout::{Entry, OrderView},
    render::{Letter, templates},
};
pub(super) use crate::{
    Result, Shop,
    jobs::JobError,
    language::{Message, messages},
    money::Money,
    ports::mailer::Mail,
};
