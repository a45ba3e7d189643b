//! What the columns of each system's exports are called, in small letters. Where there are several names, the first that a
//! file has something in counts.

use vitrine_entity::imported_order::ImportSource;

type Names = &'static [&'static str];

/// The columns of orders: a row for each of an order's lines, of which the first with something in it tells of the whole order.
#[derive(Debug)]
pub(super) struct OrderHeadings {
    pub(super) number: Names,
    pub(super) id: Names,
    pub(super) email: Names,
    pub(super) currency: Names,
    pub(super) subtotal: Names,
    pub(super) discount: Names,
    pub(super) shipping: Names,
    pub(super) tax: Names,
    pub(super) total: Names,
    pub(super) refunded: Names,
    pub(super) status: Names,
    pub(super) payment_status: Names,
    pub(super) fulfilment_status: Names,
    pub(super) placed_at: Names,
    pub(super) cancelled_at: Names,
    pub(super) shipping_method: Names,
    pub(super) payment_method: Names,
    pub(super) discount_code: Names,
    /// What the shopper noted.
    pub(super) note: Names,
    /// What staff noted, or may have.
    pub(super) staff_note: Names,
    pub(super) line_sku: Names,
    pub(super) line_title: Names,
    pub(super) line_quantity: Names,
    pub(super) line_price: Names,
    pub(super) billing: AddressHeadings,
    pub(super) shipping_to: AddressHeadings,
}

/// The columns of an address.
#[derive(Debug)]
pub(super) struct AddressHeadings {
    pub(super) first_name: Names,
    pub(super) last_name: Names,
    pub(super) name: Names,
    pub(super) company: Names,
    pub(super) line1: Names,
    pub(super) line2: Names,
    pub(super) city: Names,
    pub(super) region: Names,
    pub(super) postal_code: Names,
    pub(super) country: Names,
    pub(super) phone: Names,
}

/// The columns of customers.
#[derive(Debug)]
pub(super) struct CustomerHeadings {
    pub(super) id: Names,
    pub(super) email: Names,
    /// Whether they want to be written to, and since when.
    pub(super) consent: Names,
    pub(super) consent_at: Names,
    pub(super) tax_exempt: Names,
    pub(super) address: AddressHeadings,
}

impl OrderHeadings {
    pub(super) fn of(source: ImportSource) -> &'static Self {
        match source {
            ImportSource::Shopify => &SHOPIFY_ORDERS,
            ImportSource::Woocommerce => &WOOCOMMERCE_ORDERS,
            ImportSource::Medusa => &MEDUSA_ORDERS,
        }
    }

    /// Those by which a file is known to be one of orders.
    pub(super) fn telling(&self) -> [Names; 7] {
        [
            self.number,
            self.id,
            self.email,
            self.total,
            self.currency,
            self.placed_at,
            self.tax,
        ]
    }
}

impl CustomerHeadings {
    pub(super) fn of(source: ImportSource) -> &'static Self {
        match source {
            ImportSource::Shopify => &SHOPIFY_CUSTOMERS,
            ImportSource::Woocommerce => &WOOCOMMERCE_CUSTOMERS,
            ImportSource::Medusa => &MEDUSA_CUSTOMERS,
        }
    }

    /// Those by which a file is known to be one of customers.
    pub(super) fn telling(&self) -> [Names; 6] {
        [
            self.id,
            self.email,
            self.address.first_name,
            self.address.last_name,
            self.address.name,
            self.address.city,
        ]
    }
}

static SHOPIFY_ORDERS: OrderHeadings = OrderHeadings {
    number: &["name"],
    id: &["id"],
    email: &["email"],
    currency: &["currency"],
    subtotal: &["subtotal"],
    discount: &["discount amount"],
    shipping: &["shipping"],
    tax: &["taxes"],
    total: &["total"],
    refunded: &["refunded amount"],
    status: &[],
    payment_status: &["financial status"],
    fulfilment_status: &["fulfillment status"],
    placed_at: &["created at"],
    cancelled_at: &["cancelled at"],
    shipping_method: &["shipping method"],
    payment_method: &["payment method"],
    discount_code: &["discount code"],
    // One note of both: the shopper's in the cart, which staff change.
    note: &[],
    staff_note: &["notes"],
    line_sku: &["lineitem sku"],
    line_title: &["lineitem name"],
    line_quantity: &["lineitem quantity"],
    line_price: &["lineitem price"],
    billing: AddressHeadings {
        first_name: &[],
        last_name: &[],
        name: &["billing name"],
        company: &["billing company"],
        line1: &["billing address1", "billing street"],
        line2: &["billing address2"],
        city: &["billing city"],
        region: &["billing province name", "billing province"],
        postal_code: &["billing zip"],
        country: &["billing country"],
        phone: &["billing phone"],
    },
    shipping_to: AddressHeadings {
        first_name: &[],
        last_name: &[],
        name: &["shipping name"],
        company: &["shipping company"],
        line1: &["shipping address1", "shipping street"],
        line2: &["shipping address2"],
        city: &["shipping city"],
        region: &["shipping province name", "shipping province"],
        postal_code: &["shipping zip"],
        country: &["shipping country"],
        phone: &["shipping phone"],
    },
};

static SHOPIFY_CUSTOMERS: CustomerHeadings = CustomerHeadings {
    id: &["customer id"],
    email: &["email"],
    consent: &["accepts email marketing", "accepts marketing"],
    consent_at: &[
        "email marketing consent updated at",
        "email marketing: updated at",
        "accepts marketing updated at",
    ],
    tax_exempt: &["tax exempt"],
    address: AddressHeadings {
        first_name: &["first name"],
        last_name: &["last name"],
        name: &[],
        company: &["default address company", "company"],
        line1: &["default address address1", "address1"],
        line2: &["default address address2", "address2"],
        city: &["default address city", "city"],
        region: &["default address province code", "province code", "province"],
        postal_code: &["default address zip", "zip"],
        country: &["default address country code", "country code"],
        phone: &["default address phone", "phone"],
    },
};

// What the two export plug-ins write that most shops have: `order_number` …, and `Order Number` … with a row for each line.
static WOOCOMMERCE_ORDERS: OrderHeadings = OrderHeadings {
    number: &["order_number", "order number", "order #", "order_id"],
    id: &["order_id", "order id"],
    email: &["billing_email", "customer_email", "email (billing)"],
    currency: &["order_currency", "currency"],
    subtotal: &["order_subtotal", "order subtotal amount"],
    discount: &["discount_total", "cart discount amount", "order_discount"],
    shipping: &["shipping_total", "order_shipping", "order shipping amount"],
    tax: &["tax_total", "order total tax amount", "order_total_tax"],
    total: &["order_total", "order total amount"],
    refunded: &["refunded_total", "order refund amount", "order_refund"],
    status: &["status", "order_status", "order status"],
    payment_status: &[],
    fulfilment_status: &[],
    placed_at: &["order_date", "date_created", "order date", "date"],
    cancelled_at: &[],
    shipping_method: &["shipping_method", "shipping method title", "shipping_method_title"],
    payment_method: &["payment_method_title", "payment_method", "payment method title"],
    discount_code: &["coupon_code", "coupon code", "coupons"],
    note: &["customer_note", "customer note"],
    staff_note: &["order_notes", "order notes"],
    line_sku: &["item_sku", "sku"],
    line_title: &["item_name", "item name"],
    line_quantity: &["item_quantity", "quantity", "quantity (- refund)"],
    line_price: &["item_price", "item cost", "item_cost"],
    billing: AddressHeadings {
        first_name: &["billing_first_name", "first name (billing)"],
        last_name: &["billing_last_name", "last name (billing)"],
        name: &[],
        company: &["billing_company", "company (billing)"],
        line1: &["billing_address_1", "billing_address", "address 1&2 (billing)"],
        line2: &["billing_address_2"],
        city: &["billing_city", "city (billing)"],
        region: &["billing_state", "state code (billing)"],
        postal_code: &["billing_postcode", "postcode (billing)"],
        country: &["billing_country", "country code (billing)"],
        phone: &["billing_phone", "phone (billing)"],
    },
    shipping_to: AddressHeadings {
        first_name: &["shipping_first_name", "first name (shipping)"],
        last_name: &["shipping_last_name", "last name (shipping)"],
        name: &[],
        company: &["shipping_company", "company (shipping)"],
        line1: &["shipping_address_1", "shipping_address", "address 1&2 (shipping)"],
        line2: &["shipping_address_2"],
        city: &["shipping_city", "city (shipping)"],
        region: &["shipping_state", "state code (shipping)"],
        postal_code: &["shipping_postcode", "postcode (shipping)"],
        country: &["shipping_country", "country code (shipping)"],
        phone: &["shipping_phone"],
    },
};

static WOOCOMMERCE_CUSTOMERS: CustomerHeadings = CustomerHeadings {
    id: &["customer_id", "id"],
    email: &["user_email", "email", "billing_email"],
    consent: &[],
    consent_at: &[],
    tax_exempt: &[],
    address: AddressHeadings {
        first_name: &["first_name", "billing_first_name"],
        last_name: &["last_name", "billing_last_name"],
        name: &["name", "display_name"],
        company: &["shipping_company", "billing_company"],
        line1: &["shipping_address_1", "billing_address_1"],
        line2: &["shipping_address_2", "billing_address_2"],
        city: &["shipping_city", "billing_city", "city"],
        region: &["shipping_state", "billing_state", "region"],
        postal_code: &["shipping_postcode", "billing_postcode", "postal code"],
        country: &["shipping_country", "billing_country", "country / region"],
        phone: &["shipping_phone", "billing_phone"],
    },
};

static MEDUSA_ORDERS: OrderHeadings = OrderHeadings {
    number: &["display_id"],
    id: &["order_id"],
    email: &["customer email"],
    currency: &["currency code"],
    subtotal: &["subtotal"],
    discount: &["discount total"],
    shipping: &["shipping total"],
    tax: &["tax total"],
    total: &["total"],
    refunded: &["refunded total"],
    status: &["order status"],
    payment_status: &["payment status"],
    fulfilment_status: &["fulfillment status"],
    placed_at: &["date"],
    cancelled_at: &[],
    shipping_method: &[],
    payment_method: &[],
    discount_code: &[],
    note: &[],
    staff_note: &[],
    line_sku: &[],
    line_title: &[],
    line_quantity: &[],
    line_price: &[],
    billing: NO_ADDRESS,
    shipping_to: AddressHeadings {
        first_name: &["customer first name"],
        last_name: &["customer last name"],
        name: &[],
        company: &[],
        line1: &["shipping address 1"],
        line2: &["shipping address 2"],
        city: &["shipping city"],
        region: &[],
        postal_code: &["shipping postal code"],
        country: &["shipping country code"],
        phone: &[],
    },
};

static MEDUSA_CUSTOMERS: CustomerHeadings = CustomerHeadings {
    id: &["customer id", "id"],
    email: &["email", "customer email"],
    consent: &[],
    consent_at: &[],
    tax_exempt: &[],
    address: AddressHeadings {
        first_name: &["first_name", "first name", "customer first name"],
        last_name: &["last_name", "last name", "customer last name"],
        ..NO_ADDRESS
    },
};

const NO_ADDRESS: AddressHeadings = AddressHeadings {
    first_name: &[],
    last_name: &[],
    name: &[],
    company: &[],
    line1: &[],
    line2: &[],
    city: &[],
    region: &[],
    postal_code: &[],
    country: &[],
    phone: &[],
};
