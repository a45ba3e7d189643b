use std::collections::HashMap;

use vitrine_commerce::{
    Context, Result, Shop,
    catalog::attributes::{self, Definition},
};

use crate::graphql::shared::questions;

questions! {
    /// What the attribute of this name must be, where it is defined.
    DefinitionsByName(()) -> HashMap<String, Definition> = by_name;
}

/// They are few and read whole, once for everybody who asks.
async fn by_name(shop: &Shop, keys: &[()]) -> Result<HashMap<(), HashMap<String, Definition>>> {
    let system = Context::system(shop, "attribute-definitions");
    let all = attributes::all(shop, &system, false).await?;
    let named: HashMap<_, _> = all
        .into_iter()
        .map(|definition| (definition.row.name.clone(), definition))
        .collect();
    Ok(keys.iter().map(|()| ((), named.clone())).collect())
}
