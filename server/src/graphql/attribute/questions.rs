use std::{collections::HashMap, sync::Arc};

use vitrine_commerce::{
    Context, Result, Shop,
    catalog::attributes::{self, Definition},
};

use crate::graphql::shared::questions;

questions! {
    /// What the attribute of this name must be, where it is defined.
    DefinitionsByName(()) -> Arc<HashMap<String, Definition>> = by_name;
}

/// They are few and read whole, once for everybody who asks.
async fn by_name(shop: &Shop, keys: &[()]) -> Result<HashMap<(), Arc<HashMap<String, Definition>>>> {
    let system = Context::system(shop, "attribute-definitions");
    let all = attributes::all(shop, &system, false).await?;
    let named: HashMap<_, _> = all
        .into_iter()
        .map(|definition| (definition.row.name.clone(), definition))
        .collect();
    let named = Arc::new(named);
    Ok(keys.iter().map(|()| ((), named.clone())).collect())
}
