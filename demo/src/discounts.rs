//! Two discounts of the demo shop: one by a code, and one that applies by itself to what costs much.

use vitrine_commerce::{
    Context, Result, Shop,
    discounts::{self, AmountDraft, DiscountDraft, DiscountFilter, DiscountKind, OffDraft},
    paging::PageRequest,
    translations,
};
use vitrine_entity::discount::{DiscountClass, DiscountMethod, Goods};

use crate::languages::{set, spoken};

/// A discount, and how carts have it.
struct DemoDiscount {
    title: &'static str,
    /// What it is called in other languages.
    titles: &'static [(&'static str, &'static str)],
    code: Option<&'static str>,
    percentage: &'static str,
    /// From how much on, in the shop's own currency.
    minimum: Option<&'static str>,
    per_customer: Option<i64>,
}

const DISCOUNTS: [DemoDiscount; 2] = [
    DemoDiscount {
        title: "10 % off your first look around",
        titles: &[
            ("de", "10 % auf Ihren ersten Rundgang"),
            ("ja", "はじめてのお買いものは10％引き"),
        ],
        code: Some("WELCOME10"),
        percentage: "10",
        minimum: None,
        per_customer: Some(1),
    },
    DemoDiscount {
        title: "5 % off from 5,000 on",
        titles: &[("de", "5 % ab 5.000"), ("ja", "5,000以上で5％引き")],
        code: None,
        percentage: "5",
        minimum: Some("5000"),
        per_customer: None,
    },
];

/// Switches the demo's discounts on, unless the shop has any.
///
/// # Errors
/// Where one is refused, which is a fault of ours.
pub async fn open_discounts(shop: &Shop) -> Result<()> {
    let context = &Context::system(shop, "demo");
    let all = discounts::list(shop, context, &DiscountFilter::default(), &PageRequest::first(1)).await?;
    let gone = DiscountFilter {
        deleted: true,
        ..DiscountFilter::default()
    };
    let gone = discounts::list(shop, context, &gone, &PageRequest::first(1)).await?;
    if !all.rows.is_empty() || !gone.rows.is_empty() {
        return Ok(());
    }
    for demo in &DISCOUNTS {
        let codes: Vec<_> = demo.code.into_iter().map(str::to_owned).collect();
        let row = discounts::create(shop, context, &demo.draft(shop), &codes).await?;
        discounts::activate(shop, context, row.id, Some(row.version)).await?;
        let spoken = spoken(shop);
        for (language, title) in demo.titles.iter().filter(|(language, _)| spoken.contains(language)) {
            let sets = &[set(language, row.id.into(), [("title", *title)])];
            shop.transact(context, |tx| async move {
                translations::init(&tx, language, sets).await.map(drop)
            })
            .await?;
        }
    }
    Ok(())
}

impl DemoDiscount {
    fn draft(&self, shop: &Shop) -> DiscountDraft {
        let minimum = self.minimum.map(|amount| AmountDraft {
            amount: amount.to_owned(),
            currency: shop.profile().currency.code().to_owned(),
        });
        DiscountDraft {
            title: self.title.to_owned(),
            method: match self.code {
                Some(_) => DiscountMethod::Code,
                None => DiscountMethod::Automatic,
            },
            kind: DiscountKind::Order,
            value: Some(OffDraft {
                percentage: Some(self.percentage.to_owned()),
                ..OffDraft::default()
            }),
            tiers: Vec::new(),
            goods: Goods::default(),
            buy: Goods::default(),
            buy_quantity: None,
            buy_spend: Vec::new(),
            get_quantity: None,
            times_max: None,
            price_max: Vec::new(),
            countries: Vec::new(),
            minimum_quantity: None,
            minimum_spend: minimum.into_iter().collect(),
            first_order: false,
            customer_groups: Vec::new(),
            markets: Vec::new(),
            currencies: Vec::new(),
            combines_with: vec![DiscountClass::Product, DiscountClass::Shipping],
            priority: 0,
            starts_at: None,
            ends_at: None,
            usage_limit: None,
            usage_limit_per_customer: self.per_customer,
            usage_limit_per_code: None,
        }
    }
}

/// Takes away those that nobody has changed.
pub(crate) async fn close_discounts(shop: &Shop, context: &Context) -> Result<()> {
    let all = discounts::list(shop, context, &DiscountFilter::default(), &PageRequest::first(100)).await?;
    for (_, row) in all.rows {
        // Made, and switched on: nobody has done more with it.
        if row.version <= 2 && DISCOUNTS.iter().any(|demo| demo.title == row.title) {
            discounts::delete(shop, context, row.id, Some(row.version)).await?;
        }
    }
    Ok(())
}
