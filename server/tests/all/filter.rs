//! How products are filtered.

use serde_json::json;
use vitrine_commerce::{money::Currency, ports::search::FacetKind};
use vitrine_server::graphql::{product::filter::ProductWhere, shared::Decimal};

#[test]
fn a_facet_is_selected_and_released() {
    let start = ProductWhere {
        in_stock: Some(true),
        ..ProductWhere::default()
    };
    let oak = FacetKind::Attribute("Material".to_owned());
    let (chosen, was) = start.toggle(&oak, "Oak");
    assert!(!was);
    assert_eq!(
        chosen.to_json(),
        json!({ "inStock": true, "attributes": [{ "name": "Material", "values": ["Oak"] }] })
    );
    let (both, _) = chosen.toggle(&oak, "Ash");
    assert_eq!(both.attributes.as_deref().map(|all| all[0].values.len()), Some(2));
    assert_eq!(chosen.toggle(&oak, "Oak"), (start.clone(), true));
    assert_eq!(
        start.toggle(&FacetKind::InStock, "true"),
        (ProductWhere::default(), true)
    );
    assert_eq!(start.toggle(&FacetKind::InStock, "false").0.in_stock, Some(false));
}

#[test]
fn prices_are_the_shops_own() {
    let filter = ProductWhere {
        price_min: Some(Decimal("9.5".to_owned())),
        ..ProductWhere::default()
    };
    assert_eq!(
        filter.plain_filter(Currency::EUR).map(|filter| filter.price_min_minor),
        Ok(Some(950))
    );
    let odd = ProductWhere {
        price_max: Some(Decimal("1e3".to_owned())),
        ..ProductWhere::default()
    };
    assert_eq!(
        odd.plain_filter(Currency::EUR).expect_err("refused").field,
        ["where", "priceMax"]
    );
}
