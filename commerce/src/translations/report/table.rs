//! The kinds of things whose texts stand in columns: where, so that the database finds and counts what is to be done.

use uuid::Uuid;

use super::{
    super::thing::{Kind, Thing},
    State,
};

/// Where a kind's texts stand.
pub(super) struct Table {
    from: &'static str,
    /// Of those that shoppers may see some day.
    alive: &'static str,
    /// A field, and the column of its text.
    fields: &'static [(&'static str, &'static str)],
}

const SEO: [(&str, &str); 2] = [("seoTitle", "t.seo_title"), ("seoDescription", "t.seo_description")];

const PRODUCT: Table = Table {
    from: "product t left join product_safety s on s.product_id = t.id",
    alive: "t.deleted_at is null and t.status <> 'ARCHIVED'",
    fields: &[
        ("title", "t.title"),
        ("descriptionHtml", "t.description_html"),
        SEO[0],
        SEO[1],
        ("warnings", "s.warnings"),
    ],
};
const PICTURE: Table = Table {
    from: "picture t join product p on p.id = t.product_id",
    alive: "p.deleted_at is null and p.status <> 'ARCHIVED'",
    fields: &[("alt", "t.alt")],
};
const VIDEO: Table = Table {
    from: "product_video t join product p on p.id = t.product_id",
    alive: "p.deleted_at is null and p.status <> 'ARCHIVED'",
    fields: &[("title", "t.title")],
};
const CATEGORY: Table = Table {
    from: "category t",
    alive: "t.deleted_at is null",
    fields: &[
        ("name", "t.name"),
        ("description", "t.description"),
        SEO[0],
        SEO[1],
        ("pictureAlt", "t.picture_alt"),
    ],
};
const COLLECTION: Table = Table {
    from: "collection t",
    alive: "t.deleted_at is null",
    fields: &[
        ("title", "t.title"),
        ("description", "t.description"),
        SEO[0],
        SEO[1],
        ("pictureAlt", "t.picture_alt"),
    ],
};
const PAGE: Table = Table {
    from: "page t join page_version v on v.page_id = t.id and v.number = t.number",
    alive: "t.deleted_at is null",
    fields: &[
        ("title", "v.title"),
        ("bodyHtml", "v.body_html"),
        ("seoTitle", "v.seo_title"),
        ("seoDescription", "v.seo_description"),
    ],
};
const SHIPPING_METHOD: Table = Table {
    from: "shipping_method t",
    alive: "t.deleted_at is null",
    fields: &[("name", "t.name"), ("description", "t.description")],
};
const LOCATION: Table = Table {
    from: "location t",
    alive: "t.deleted_at is null and t.pickup",
    fields: &[
        ("name", "t.name"),
        ("pickupInstructions", "t.pickup_instructions"),
        ("openingHours", "t.opening_hours"),
    ],
};
const DISCOUNT: Table = Table {
    from: "discount t",
    alive: "t.deleted_at is null",
    fields: &[("title", "t.title")],
};

/// `None` for words that have no row, and for menus, whose links do not stand in columns: they are few.
pub(super) fn of(kind: Kind) -> Option<&'static Table> {
    match kind {
        Kind::Product => Some(&PRODUCT),
        Kind::Picture => Some(&PICTURE),
        Kind::Video => Some(&VIDEO),
        Kind::Category => Some(&CATEGORY),
        Kind::Collection => Some(&COLLECTION),
        Kind::Page => Some(&PAGE),
        Kind::ShippingMethod => Some(&SHIPPING_METHOD),
        Kind::Location => Some(&LOCATION),
        Kind::Discount => Some(&DISCOUNT),
        Kind::Option | Kind::Attribute | Kind::Menu | Kind::PaymentMethod | Kind::Tax => None,
    }
}

/// A thing of a kind that stands in a [`Table`].
pub(super) fn thing(kind: Kind, id: Uuid) -> Option<Thing> {
    Some(match kind {
        Kind::Product => Thing::Product(id.into()),
        Kind::Picture => Thing::Picture(id.into()),
        Kind::Video => Thing::Video(id.into()),
        Kind::Category => Thing::Category(id.into()),
        Kind::Collection => Thing::Collection(id.into()),
        Kind::Page => Thing::Page(id.into()),
        Kind::ShippingMethod => Thing::ShippingMethod(id.into()),
        Kind::Location => Thing::Location(id.into()),
        Kind::Discount => Thing::Discount(id.into()),
        Kind::Option | Kind::Attribute | Kind::Menu | Kind::PaymentMethod | Kind::Tax => return None,
    })
}

impl Table {
    /// Ids of things, `$3` behind `$2`, by their translations in `$1`.
    pub(super) fn page(&self, state: State) -> String {
        let rows = "select 1 from translation x where x.thing_id = t.id and x.locale = $1 and x.field =";
        let condition = |(field, column): &(&str, &str)| {
            let missing = format!("not exists ({rows} '{field}')");
            let outdated = format!("exists ({rows} '{field}' and x.source <> {column})");
            let condition = match state {
                State::ToDo => format!("({missing} or {outdated})"),
                State::Missing => missing,
                State::Outdated => outdated,
                State::All => return "$1 <> ''".to_owned(),
            };
            format!("({} and {condition})", says_something(column))
        };
        let conditions: Vec<_> = self.fields.iter().map(condition).collect();
        let (from, alive) = (self.from, self.alive);
        format!(
            "select t.id from {from} where {alive} and t.id > $2 and ({}) order by t.id limit $3",
            conditions.join(" or ")
        )
    }

    /// How many texts there are.
    pub(super) fn texts(&self) -> String {
        let (from, alive) = (self.from, self.alive);
        let sums = self
            .fields
            .iter()
            .map(|(_, column)| format!("count(case when {} then 1 end)", says_something(column)));
        format!(
            "select {} from {from} where {alive}",
            sums.collect::<Vec<_>>().join(" + ")
        )
    }

    /// How many are translated, by language, and how many of those are outdated.
    pub(super) fn translated(&self) -> String {
        let (from, alive) = (self.from, self.alive);
        let of_field = |(field, column): &(&str, &str)| {
            format!(
                "select x.locale as locale, count(*) as translated, count(case when x.source <> {column} then 1 end) \
                    as outdated from {from} join translation x on x.thing_id = t.id and x.field = '{field}' \
                    where {alive} and {} group by x.locale",
                says_something(column)
            )
        };
        self.fields.iter().map(of_field).collect::<Vec<_>>().join(" union all ")
    }
}

fn says_something(column: &str) -> String {
    format!("trim(coalesce({column}, '')) <> ''")
}
