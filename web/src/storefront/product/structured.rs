//! What search engines read of a product: schema.org's Product, Offer and BreadcrumbList.

use serde_json::{Value, json};

use crate::{
    documents::product_page::{ProductPageProduct, ProductPageProductVariants, StockStatus},
    storefront::shown::{Crumb, breadcrumb_list},
};

pub fn product(public_url: &str, product: &ProductPageProduct, crumbs: &[Crumb]) -> Value {
    let url = format!("{public_url}/products/{}", product.slug);
    let pictures: Vec<_> = product.pictures.iter().map(|picture| picture.large.clone()).collect();
    let offers: Vec<_> = product
        .variants
        .iter()
        .filter_map(|variant| offer(&url, variant))
        .collect();
    let told = json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.title,
        "description": product.description,
        "url": url,
        "image": pictures,
        "sku": product.variants.first().map(|variant| &variant.sku),
        "brand": product.vendor.as_ref().map(|vendor| json!({ "@type": "Brand", "name": vendor })),
        "offers": offers,
    });
    json!([told, breadcrumb_list(public_url, crumbs)])
}

fn offer(url: &str, variant: &ProductPageProductVariants) -> Option<Value> {
    let price = variant.price.as_ref()?;
    let availability = match variant.availability.status {
        StockStatus::InStock => "InStock",
        StockStatus::Backorder => "BackOrder",
        StockStatus::PreOrder => "PreOrder",
        StockStatus::SoldOut | StockStatus::Other(_) => "OutOfStock",
    };
    let mut offer = json!({
        "@type": "Offer",
        "url": url,
        "sku": variant.sku,
        "price": price.amount,
        "priceCurrency": price.currency_code,
        "availability": format!("https://schema.org/{availability}"),
    });
    if let Some(former) = &variant.compare_at_price {
        let specification = |amount: &str| json!({ "@type": "UnitPriceSpecification", "price": amount, "priceCurrency": price.currency_code });
        let mut struck_out = specification(&former.amount);
        struck_out["priceType"] = json!("https://schema.org/StrikethroughPrice");
        offer["priceSpecification"] = json!([specification(&price.amount), struck_out]);
    }
    if let Some(period) = &variant.price_period {
        offer["priceValidUntil"] = json!(period.ends_at);
    }
    Some(offer)
}
