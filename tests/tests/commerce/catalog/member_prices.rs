//! What the database says a member is shown, in a list by price, is what they are shown on a page and pay in a cart.

use std::{collections::BTreeMap, sync::Arc};

use rand::{Rng, SeedableRng, rngs::StdRng};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;
use vitrine_commerce::{
    Context, Viewer,
    cart::members,
    catalog::{
        self,
        draft::{ProductDraft, VariantDraft},
        list::{self, ProductFilter, ProductSort},
    },
    money::Currency,
    paging::PageRequest,
    terms::Terms,
};
use vitrine_entity::{
    catalog::{self as catalog_row, CatalogGoods},
    catalog_price,
    ids::{CatalogId, TaxRateId},
    tax_rate, variant,
};
use vitrine_tests::memory::context;

use super::shop;
use crate::system;

const PRODUCTS: usize = 40;

fn variant_of(sku: String, size: &str, dice: &mut StdRng) -> VariantDraft {
    let category = [None, Some("reduced"), Some("untaxed")][dice.random_range(0..3)];
    VariantDraft {
        sku,
        option_values: vec![size.to_owned()],
        price_minor: dice.random_range(1..20_000),
        tax_category: category.map(str::to_owned),
        ..VariantDraft::default()
    }
}

fn product(number: usize, dice: &mut StdRng) -> ProductDraft {
    ProductDraft {
        slug: format!("lamp-{number}"),
        title: format!("Lamp {number}"),
        options: vec!["Size".to_owned()],
        variants: ["S", "L"]
            .map(|size| variant_of(format!("LAMP-{number}-{size}"), size, dice))
            .into(),
        active: true,
        ..ProductDraft::default()
    }
}

#[tokio::test]
async fn a_list_by_price_knows_what_a_member_is_shown() {
    let seed = rand::random::<u64>();
    println!("seed {seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let (shop, _) = shop().await;
    let drafts: Vec<_> = (0..PRODUCTS).map(|number| product(number, &mut dice)).collect();
    let drafts = &drafts;
    shop.transact(
        &system(),
        |tx| async move { catalog::save_all(&tx, drafts, |_| ()).await },
    )
    .await
    .expect("saved");
    let (db, now) = (&*shop.db, shop.now());
    for (number, (category, basis_points)) in [(None, 2_300), (Some("reduced"), 600)].into_iter().enumerate() {
        let row = tax_rate::Model {
            id: TaxRateId(Uuid::from_u128(1 + number as u128)),
            country: "PT".to_owned(),
            tax_category: category.map(str::to_owned),
            name: "IVA".to_owned(),
            basis_points,
            region: None,
            on_top: false,
            confirmed: true,
            version: 1,
            deleted_at: None,
        };
        row.into_active_model().insert(db).await.expect("a rate");
    }
    let variants = variant::Entity::find().all(db).await.expect("variants");
    let mut catalogs = Vec::new();
    for number in 0..3_u128 {
        let row = catalog_row::Model {
            id: CatalogId(Uuid::from_u128(1 + number)),
            name: format!("Catalog {number}"),
            note: None,
            adjustment_basis_points: dice.random_range(-9_000..5_000),
            net_prices: false,
            goods: CatalogGoods::All,
            currency: None,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        catalogs.push(row.into_active_model().insert(db).await.expect("a catalog"));
        for variant in &variants {
            if !dice.random_bool(0.2) {
                continue;
            }
            let row = catalog_price::Model {
                catalog_id: CatalogId(Uuid::from_u128(1 + number)),
                variant_id: variant.id,
                currency: Currency::EUR,
                from_quantity: dice.random_range(1..3),
                amount_minor: dice.random_range(0..20_000),
            };
            row.into_active_model().insert(db).await.expect("a price");
        }
    }
    for count in 1..=catalogs.len() {
        for net_prices in [false, true] {
            let mut theirs = catalogs[..count].to_vec();
            theirs[0].net_prices = net_prices;
            let caller = Context {
                terms: Arc::new(Terms {
                    catalogs: theirs,
                    names_products: false,
                    has_unlisted: net_prices,
                }),
                ..context(Viewer::Guest)
            };
            let sort = ProductSort::PriceAscending;
            let page = PageRequest::first(100);
            let listed = list::products(&shop, &caller, &ProductFilter::default(), sort, &page).await;
            let listed = listed.expect("a list").rows;
            let listed: Vec<_> = listed.into_iter().map(|(_, row)| row.listing).collect();
            assert_eq!(listed.len(), PRODUCTS);
            assert!(listed.is_sorted_by_key(|row| row.price_min_minor));
            let ids: Vec<_> = listed.iter().map(|row| row.product_id).collect();
            let shown = members::ranges(&shop, &caller, &ids).await.expect("ranges");
            let shown: BTreeMap<_, _> = shown.into_iter().map(|(id, range)| (id, range.least.minor)).collect();
            let by_database: BTreeMap<_, _> = listed.iter().map(|row| (row.product_id, row.price_min_minor)).collect();
            assert_eq!(by_database, shown, "{count} catalogs, net: {net_prices}, seed {seed}");
        }
    }
}
