use vitrine_commerce::staff::apps;
use vitrine_entity::{app, app_key, ids::AppId};

use crate::graphql::shared::questions;

questions! {
    AppById(AppId) -> app::Model = apps::by_ids;
    KeysOfApp(AppId) -> Vec<app_key::Model> = apps::keys_of;
}
