//! A row of Shopify's product CSV.

/// What the columns are called there.
pub(super) const COLUMNS: [&str; 24] = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Product Category",
    "Tags",
    "Status",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "Variant SKU",
    "Variant Barcode",
    "Variant Weight",
    "Variant Weight Unit",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Taxable",
    "Variant Requires Shipping",
    "Image Src",
];

/// What an article costs of which the file has no price.
const NO_PRICE: &str = "none";

/// Whether a variant's units are counted there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Stock {
    #[default]
    Uncounted,
    /// There are so many.
    Counted(String),
    /// They are, and the file does not say how many there are: what is counted here stays, and a new variant has none, where
    /// one that nobody counted would be sold without end.
    Untold,
}

/// A product's variant; the first of a product tells of the product, too.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// In the file that was read.
    pub(super) row: usize,
    pub(super) handle: String,
    pub(super) product: Option<Product>,
    /// Names and values.
    pub(super) options: Vec<(String, String)>,
    pub(super) sku: String,
    pub(super) barcode: String,
    pub(super) weight: String,
    pub(super) weight_unit: String,
    pub(super) stock: Stock,
    /// Whether it is sold when there are none.
    pub(super) continues: bool,
    pub(super) price: String,
    pub(super) compare_at: String,
    pub(super) is_untaxed: bool,
    /// Whether nothing is sent.
    pub(super) is_digital: bool,
}

/// What a product's first row tells.
#[derive(Debug, Clone, Default)]
pub(super) struct Product {
    pub(super) title: String,
    pub(super) body: String,
    /// As in `Furniture > Chairs`.
    pub(super) category: String,
    pub(super) tags: String,
    pub(super) is_draft: bool,
    /// Addresses, between commas.
    pub(super) images: String,
}

impl Line {
    /// In the order of [`COLUMNS`].
    pub(super) fn cells(self) -> Vec<String> {
        let told = |yes: bool| if yes { "true" } else { "false" }.to_owned();
        let is_first = self.product.is_some();
        let Product {
            title,
            body,
            category,
            tags,
            is_draft,
            images,
        } = self.product.unwrap_or_default();
        let status = match (is_first, is_draft) {
            (false, _) => "",
            (true, true) => "draft",
            (true, false) => "active",
        };
        let mut options = self.options.into_iter();
        let mut cells = vec![self.handle, title, body, category, tags, status.to_owned()];
        for _ in 0..3 {
            let (name, value) = options.next().unwrap_or_default();
            cells.extend([name, value]);
        }
        let (tracker, quantity) = match self.stock {
            Stock::Uncounted => ("", String::new()),
            Stock::Counted(quantity) => ("shopify", quantity),
            Stock::Untold => ("shopify", String::new()),
        };
        let price = match self.price.is_empty() {
            true => NO_PRICE.to_owned(),
            false => self.price,
        };
        cells.extend([
            self.sku,
            self.barcode,
            self.weight,
            self.weight_unit,
            tracker.to_owned(),
            quantity,
            if self.continues { "continue" } else { "deny" }.to_owned(),
            price,
            self.compare_at,
            told(!self.is_untaxed),
            told(!self.is_digital),
            images,
        ]);
        cells
    }
}
