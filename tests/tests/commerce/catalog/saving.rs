//! A draft becomes rows, once; staff change them.

use sea_orm::{EntityTrait, PaginatorTrait};
use vitrine_commerce::{
    ErrorCode, Shop,
    catalog::{categories, find, load, update},
    inventory::availability_of,
    money::{Currency, Money},
};
use vitrine_entity::{outbox, picture, product, staff_audit, staff_member::StaffRole, stock_entry, variant};
use vitrine_tests::memory::staff;

use super::{chair, draft, put, refusals, shop};
use crate::{guest, system};

#[tokio::test]
async fn a_draft_becomes_rows() {
    let (shop, _) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    assert!(saved.created);
    let product = find::by_slug(&shop, &guest(), "chair")
        .await
        .expect("found")
        .expect("there");
    assert_eq!(
        (product.id, product.version, product.description_html.as_str()),
        (saved.product, 1, "<p>Sit.</p>")
    );
    let variants = load::variants_of(&shop, &[product.id])
        .await
        .expect("variants")
        .remove(&product.id)
        .expect("some");
    let titles: Vec<_> = variants.iter().map(|variant| variant.title.as_str()).collect();
    assert_eq!(titles, ["Natural / S", "Natural / L", "Black / S"]);
    let ids: Vec<_> = variants.iter().map(|variant| variant.id).collect();
    let available = availability_of(&shop, &ids).await.expect("stock");
    assert_eq!(
        ids.iter().map(|id| available[id].in_stock()).collect::<Vec<_>>(),
        [3, 0, 0]
    );
    let options = load::options_of(&shop, &[product.id])
        .await
        .expect("options")
        .remove(&product.id)
        .expect("some");
    assert_eq!(options[0].values, serde_json::json!(["Natural", "Black"]));
    let gallery = load::pictures_of(&shop, &[product.id])
        .await
        .expect("pictures")
        .remove(&product.id)
        .expect("some");
    assert_eq!(
        gallery.iter().map(|picture| picture.alt.as_str()).collect::<Vec<_>>(),
        ["Natural", "Black"]
    );
    let shown = load::variant_pictures(&shop, &ids).await.expect("pictures");
    assert_eq!(
        ids.iter().map(|id| shown[id].alt.as_str()).collect::<Vec<_>>(),
        ["Natural", "Natural", "Black"]
    );
    let listing = load::listings_of(&shop, system().currency, &[product.id])
        .await
        .expect("listing")
        .remove(&product.id)
        .expect("one");
    assert_eq!(
        (
            listing.price_min_minor,
            listing.compare_at_max_minor,
            listing.in_stock,
            listing.sold
        ),
        (9_900, Some(12_900), true, 0)
    );
    let category = categories::by_slug(&shop, &system(), "chairs")
        .await
        .expect("category")
        .expect("created");
    assert_eq!(
        (product.category_id, category.name.as_str()),
        (Some(category.id), "Chairs")
    );
}

#[tokio::test]
async fn saving_twice_is_saving_once() {
    let (shop, _) = shop().await;
    let first = put(&shop, &chair()).await.expect("saved");
    let jobs = outbox::Entity::find().count(&shop.db).await.expect("jobs");
    let before = (
        rows(&shop).await,
        picture::Entity::find().all(&shop.db).await.expect("pictures"),
    );
    let second = put(&shop, &chair()).await.expect("saved");
    assert_eq!((second.product, second.created), (first.product, false));
    assert_eq!(
        (
            rows(&shop).await,
            picture::Entity::find().all(&shop.db).await.expect("pictures")
        ),
        before
    );
    assert_eq!(outbox::Entity::find().count(&shop.db).await.expect("jobs"), jobs);
}

async fn rows(shop: &Shop) -> (Vec<product::Model>, Vec<variant::Model>, usize) {
    let entries = stock_entry::Entity::find().all(&shop.db).await.expect("entries").len();
    (
        product::Entity::find().all(&shop.db).await.expect("products"),
        variant::Entity::find().all(&shop.db).await.expect("variants"),
        entries,
    )
}

#[tokio::test]
async fn what_a_draft_leaves_out_is_taken_away() {
    let (shop, _) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    let mut less = chair();
    less.variants.truncate(1);
    less.variants[0].price_minor = 5_000;
    less.variants[0].on_hand = None;
    less.pictures.truncate(1);
    less.attributes.clear();
    less.tags.clear();
    put(&shop, &less).await.expect("saved");
    let product = find::by_id(&shop, &guest(), saved.product)
        .await
        .expect("found")
        .expect("there");
    assert_eq!((product.version, product.tags), (2, serde_json::json!([])));
    let variants = load::variants_of(&shop, &[saved.product])
        .await
        .expect("variants")
        .remove(&saved.product)
        .expect("some");
    assert_eq!(
        variants.iter().map(|variant| variant.sku.as_str()).collect::<Vec<_>>(),
        ["CH-N-S"]
    );
    assert!(
        !find::variant_by_sku(&shop, "CH-B-S")
            .await
            .expect("found")
            .expect("kept for its orders")
            .active
    );
    assert_eq!(
        availability_of(&shop, &[variants[0].id]).await.expect("stock")[&variants[0].id].in_stock(),
        3
    );
    assert!(
        load::attributes_of(&shop, &[saved.product])
            .await
            .expect("attributes")
            .is_empty()
    );
    assert_eq!(
        load::pictures_of(&shop, &[saved.product]).await.expect("pictures")[&saved.product].len(),
        1
    );
    put(&shop, &chair()).await.expect("saved");
    assert!(
        find::variant_by_sku(&shop, "CH-B-S")
            .await
            .expect("found")
            .expect("there")
            .active
    );
}

#[tokio::test]
async fn an_sku_belongs_to_one_product() {
    let (shop, _) = shop().await;
    put(&shop, &chair()).await.expect("saved");
    let mut other = draft("stool", "Stool", 100);
    other.variants[0].sku = "CH-N-L".into();
    let refused = refusals(put(&shop, &other).await);
    assert_eq!(
        (refused[0].code, refused[0].field.join(".")),
        (ErrorCode::Taken, "variants.0.sku".into())
    );
    assert!(
        find::by_slug(&shop, &system(), "stool")
            .await
            .expect("looked")
            .is_none()
    );
}

#[tokio::test]
async fn staff_change_products_and_prices() {
    let (shop, _) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    let (ada, packer) = (
        staff(&shop, StaffRole::Administrator).await,
        staff(&shop, StaffRole::Fulfilment).await,
    );
    let change = update::ProductUpdate {
        title: Some(" Armchair ".into()),
        vendor: Some(String::new()),
        tags: Some(vec!["soft".into()]),
        category: Some(None),
        description_html: Some("<b onclick=x>Soft</b>".into()),
        expected_version: Some(1),
        ..update::ProductUpdate::of(saved.product)
    };
    for nobody in [&guest(), &packer] {
        refusals(update::update(&shop, nobody, change.clone()).await);
    }
    let after = update::update(&shop, &ada, change.clone()).await.expect("changed");
    assert_eq!(
        (after.title.as_str(), after.version, &after.vendor, after.category_id),
        ("Armchair", 2, &None, None)
    );
    assert_eq!(after.description_html, "<b>Soft</b>");
    assert_eq!(
        find::by_id(&shop, &guest(), saved.product).await.expect("found"),
        Some(after)
    );
    assert_eq!(
        refusals(update::update(&shop, &ada, change).await)[0].code,
        ErrorCode::VersionConflict
    );
    assert_eq!(staff_audit::Entity::find().count(&shop.db).await.expect("counted"), 1);

    let variant = find::variant_by_sku(&shop, "CH-N-S")
        .await
        .expect("found")
        .expect("there")
        .id;
    let price = |minor, currency| update::PriceUpdate {
        variant,
        price: Money::new(minor, currency),
        compare_at: None,
    };
    update::set_price(&shop, &ada, price(100, Currency::EUR))
        .await
        .expect("changed");
    assert_eq!(
        load::listings_of(&shop, system().currency, &[saved.product])
            .await
            .expect("listing")[&saved.product]
            .price_min_minor,
        100
    );
    for bad in [price(-1, Currency::EUR), price(100, "USD".parse().expect("a currency"))] {
        assert_eq!(
            refusals(update::set_price(&shop, &ada, bad).await)[0].code,
            ErrorCode::InvalidAmount
        );
    }
}
