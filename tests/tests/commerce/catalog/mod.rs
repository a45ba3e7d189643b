//! The catalogue on a real database: what is saved is listed, indexed and found.

mod exporting;
mod importing;
mod indexing;
mod listing;
mod member_prices;
mod saving;
mod seeding;
mod typed;

use std::sync::Arc;

use vitrine_commerce::{
    Error, Refusal, Result, Shop,
    catalog::{
        Saved,
        draft::{PictureDraft, ProductDraft, VariantDraft},
        save,
    },
};
use vitrine_tests::memory::{MemorySearch, fixture};

use crate::system;

/// A shop with an empty database, and its search engine.
async fn shop() -> (Shop, Arc<MemorySearch>) {
    let fixture = fixture().await;
    (fixture.shop, fixture.search)
}

fn draft(slug: &str, title: &str, price_minor: i64) -> ProductDraft {
    let variant = VariantDraft {
        sku: slug.to_uppercase(),
        price_minor,
        on_hand: Some(5),
        ..VariantDraft::default()
    };
    ProductDraft {
        slug: slug.into(),
        title: title.into(),
        variants: vec![variant],
        active: true,
        ..ProductDraft::default()
    }
}

/// Two sizes of two colours, one of them sold out.
fn chair() -> ProductDraft {
    let variant = |sku: &str, color: &str, size: &str, on_hand| VariantDraft {
        sku: sku.into(),
        option_values: vec![color.into(), size.into()],
        price_minor: 9_900,
        compare_at_minor: Some(12_900),
        on_hand: Some(on_hand),
        picture: Some(format!("/pictures/chair-{color}.svg")),
        ..VariantDraft::default()
    };
    let picture = |color: &str| PictureDraft {
        source: format!("/pictures/chair-{color}.svg"),
        alt: color.into(),
    };
    ProductDraft {
        description_html: "<p>Sit.<script>alert(1)</script></p>".into(),
        vendor: Some("Oak & Co.".into()),
        category: Some("chairs".into()),
        category_name: Some("Chairs".into()),
        tags: vec!["wood".into(), "50% off".into()],
        attributes: vec![("Material".into(), "Oak".into())],
        options: vec!["Color".into(), "Size".into()],
        variants: vec![
            variant("CH-N-S", "Natural", "S", 3),
            variant("CH-N-L", "Natural", "L", 0),
            variant("CH-B-S", "Black", "S", 0),
        ],
        pictures: vec![picture("Natural"), picture("Black")],
        ..draft("chair", "Chair", 9_900)
    }
}

async fn put(shop: &Shop, draft: &ProductDraft) -> Result<Saved> {
    shop.transact(&system(), |tx| async move { save(&tx, draft).await })
        .await
}

fn refusals<T: std::fmt::Debug>(outcome: Result<T>) -> Vec<Refusal> {
    match outcome {
        Err(Error::Refused(refusals)) => refusals,
        other => panic!("not refused: {other:?}"),
    }
}
