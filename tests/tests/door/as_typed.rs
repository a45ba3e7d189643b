//! What people who run shops elsewhere bring along in files, and what shoppers type.

use serde_json::{Value, json};
use vitrine_adapters::config::{Meilisearch, Secret};
use vitrine_commerce::{
    Context,
    catalog::import::{self, ImportReport},
};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, meilisearch_stand_in::MeilisearchStandIn, memory::TestClock};

async fn import(shop: &TestShop, file: &str) -> ImportReport {
    let context = Context::system(shop.shop(), "import");
    let parsed = import::read(file.as_bytes(), context.currency);
    let report = import::apply(shop.shop(), &context, &parsed, |_, _| ()).await.unwrap();
    shop.settle().await;
    report
}

/// Row, product and what is said of it.
fn told(report: &ImportReport) -> Vec<(usize, &str, String)> {
    let problems = report.problems.iter();
    problems
        .map(|problem| (problem.row, problem.product.as_str(), problem.message.to_string()))
        .collect()
}

const HEADER: &str = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_file_says_arrives_or_is_told() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    // Untracked, sold beyond stock, sold out; not taxed, whatever its code; a former price that is none.
    let file = format!(
        "{HEADER},Variant Inventory Tracker,Variant Inventory Policy,Variant Taxable,Variant Tax Code,Variant Compare At Price\r\n\
         case-untracked,Made to order,CASE-U,10.00,0,,deny,true,,0.00\r\n\
         case-continue,Backorder,CASE-C,10.00,-3,shopify,continue,true,,10.00\r\n\
         case-tracked,Sold out,CASE-D,10.00,0,shopify,deny,true,,8.00\r\n\
         case-untaxed,Voucher,CASE-NT,100.00,5,shopify,deny,false,P0000000,120.00\r\n"
    );
    let report = import(&shop, &file).await;
    assert!(report.applied, "{:?}", report.problems);
    let said = told(&report);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(
        ((said[0].0, said[0].1), said[0].2.contains("becomes 0")),
        ((3, "case-continue"), true)
    );
    assert_eq!(
        ((said[1].0, said[1].1), said[1].2.contains("`P0000000` is not used")),
        ((5, "case-untaxed"), true)
    );
    let query = "query($slug: String!) { product(slug: $slug) { availableForSale stockStatus compareAtPrice { amount } variants { id compareAtPrice { amount } } } }";
    for (slug, status, former) in [
        ("case-untracked", "IN_STOCK", Value::Null),
        ("case-continue", "BACKORDER", Value::Null),
        ("case-tracked", "SOLD_OUT", Value::Null),
        ("case-untaxed", "IN_STOCK", json!({ "amount": "120.00" })),
    ] {
        let product = guest.data(query, json!({ "slug": slug })).await["product"].take();
        let variant = &product["variants"][0];
        assert_eq!(product["availableForSale"], status != "SOLD_OUT", "{product}");
        assert_eq!(product["stockStatus"], status, "{product}");
        assert_eq!(
            (&variant["compareAtPrice"], &product["compareAtPrice"]),
            (&former, &former),
            "{product}"
        );
    }
    // More of it than anybody counts can be bought, and it is not sold out afterwards.
    let untracked = guest.data(query, json!({ "slug": "case-untracked" })).await["product"]["variants"][0]["id"].take();
    let placed = guest.buy(&[(untracked.as_str().unwrap(), 7)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");
    let in_stock = "{ products(first: 100, where: { inStock: true, priceMin: \"10.00\", priceMax: \"10.00\" }) { nodes { slug } } }";
    let listed = guest.data(in_stock, json!({})).await["products"]["nodes"].take();
    let is_listed = |slug: &str| listed.as_array().unwrap().contains(&json!({ "slug": slug }));
    let are_listed = ["case-untracked", "case-continue", "case-tracked"].map(is_listed);
    assert_eq!(are_listed, [true, true, false], "{listed}");
    assert_eq!(
        found(&guest, "made order", json!({ "inStock": true })).await[0],
        "case-untracked"
    );

    categories_are_paths(&shop, &guest).await;
    options_and_columns_are_told(&shop, &guest).await;
    shop.close().await;
}

/// Same leaves under other parents, and names that differ by marks, are categories of their own.
async fn categories_are_paths(shop: &TestShop, guest: &Client) {
    let file = format!(
        "{HEADER},Type,Product Category\r\n\
         case-phone,Phone case,CASE-PH,10.00,5,,Electronics > Phones > Accessories\r\n\
         case-belt,Belt,CASE-BELT,10.00,5,,Apparel > Men > Accessories\r\n\
         case-glass,Bowl,CASE-GLASS,10.00,5,ガラス,\r\n\
         case-crow,Crow,CASE-CROW,10.00,5,カラス,\r\n\
         case-forest,Poster,CASE-FOREST,10.00,5,ป่า,\r\n\
         case-aunt,Card,CASE-AUNT,10.00,5,ป้า,Cards > Family\r\n"
    );
    let report = import(shop, &file).await;
    assert_eq!(report.created, 6, "{:?}", report.problems);
    let said = told(&report);
    assert_eq!((said.len(), said[0].0), (1, 7), "{said:?}");
    assert!(said[0].2.contains("names the category"), "{said:?}");
    let query = "query($slug: String!) { product(slug: $slug) { category { name slug ancestors { name } } } }";
    let mut slugs = Vec::new();
    for (slug, path) in [
        ("case-phone", &["Electronics", "Phones", "Accessories"][..]),
        ("case-belt", &["Apparel", "Men", "Accessories"]),
        ("case-glass", &["ガラス"]),
        ("case-crow", &["カラス"]),
        ("case-forest", &["ป่า"]),
        ("case-aunt", &["ป้า"]),
    ] {
        let category = guest.data(query, json!({ "slug": slug })).await["product"]["category"].take();
        let above = category["ancestors"].as_array().unwrap().iter();
        let names: Vec<&str> = above
            .chain([&category])
            .map(|category| category["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, path, "{category}");
        slugs.push(category["slug"].as_str().unwrap().to_owned());
    }
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), 6, "{slugs:?}");
}

/// Options without names, beyond the third, and in the second place alone; codes that a spreadsheet broke; both rows of a
/// double SKU; columns that are not used.
async fn options_and_columns_are_told(shop: &TestShop, guest: &Client) {
    let header = format!(
        "{HEADER},Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option4 Value,Variant Barcode,Status,Image Src,Cost per item"
    );
    let file = format!(
        "{header}\r\n\
         case-opt,Shirt,CASE-OPT-S,10.00,1,,S,,,,,,,\r\n\
         case-opt,,CASE-OPT-M,10.00,1,,M,,,,,,,\r\n\
         case-second,Mug,CASE-SEC,10.00,1,,,Color,Red,Matt,,,//cdn.example.com/ada's mug.jpg,2.00\r\n\
         case-sci,Scientific,9.87654E+11,10.00,5,,,,,,8.80124E+12,,,\r\n\
         case-arch,Old,CASE-ARCH,10.00,5,,,,,,,archived,,\r\n\
         เสื้อ\u{200D}ยืด,Shirt,CASE-TH,10.00,5,,,,,,,,,\r\n"
    );
    let report = import(shop, &file).await;
    assert!(report.applied, "{:?}", report.problems);
    let said: Vec<(usize, &str)> = told(&report)
        .into_iter()
        .map(|(row, product, _)| (row, product))
        .collect();
    let expected = [
        (1, ""),
        (2, "case-opt"),
        (4, "case-second"),
        (5, "case-sci"),
        (5, "case-sci"),
    ];
    assert_eq!(said, expected, "{:?}", report.problems);
    assert!(
        report.problems[0].message.to_string().contains("`Cost per item`"),
        "{:?}",
        report.problems
    );
    let query = "query($slug: String!) { product(slug: $slug) { options { name values } pictures { url } } }";
    let mug = guest.data(query, json!({ "slug": "case-second" })).await["product"].take();
    assert_eq!(mug["options"], json!([{ "name": "Color", "values": ["Red"] }]));
    assert_eq!(mug["pictures"][0]["url"], "https://cdn.example.com/ada%27s%20mug.jpg");
    let shirt = guest.data(query, json!({ "slug": "เสื้อยืด" })).await["product"].take();
    assert_eq!(shirt["options"], json!([]));
    let staff = shop.staff(StaffRole::Administrator).await;
    let status = "{ product(slug: \"case-arch\") { status } }";
    assert_eq!(staff.data(status, json!({})).await["product"]["status"], "ARCHIVED");

    let twice = format!(
        "{header}\r\n\
         \r\n\
         a,A,TWICE,10.00,1,Size,S,,,,,,,\r\n\
         a,,TWICE,10.00,1,,M,,,,,,,\r\n\
         b,B,B-1,10.00,1,Size,S,,,,,,,\r\n\
         b,,B-2,10.00,1,,S,,,,,,,\r\n"
    );
    let report = import(shop, &twice).await;
    let said = told(&report);
    let rows: Vec<(usize, &str)> = said.iter().map(|(row, product, _)| (*row, *product)).collect();
    assert_eq!(
        (report.applied, &rows[..]),
        (false, &[(4, "a"), (6, "b")][..]),
        "{said:?}"
    );
    assert!(said[0].2.contains("row 3") && said[1].2.contains("row 5"), "{said:?}");
}

const SEARCH: &str = "query($query: String!, $where: ProductWhere) {
    productSearch(query: $query, where: $where, first: 100) { nodes { slug } totalCount degraded } }";

async fn found(client: &Client, query: &str, filter: Value) -> Vec<String> {
    let search = client.data(SEARCH, json!({ "query": query, "where": filter })).await["productSearch"].take();
    let slugs = search["nodes"].as_array().unwrap().iter();
    let slugs: Vec<String> = slugs.map(|node| node["slug"].as_str().unwrap().to_owned()).collect();
    assert_eq!(search["totalCount"], slugs.len(), "what is counted is shown: {search}");
    slugs
}

/// Titles, and what is typed for them.
const TYPED: [(&str, &[&str]); 20] = [
    ("Cotton T-Shirt", &["tshirt", "t shirt", "zzzzqqqq tshirt"]),
    ("E-1 Cleaner", &["e1"]),
    ("Lamp 500ml", &["500 ml", "zzzzqqqq 500ml qqqqzzzz"]),
    ("Screw M6 x 40 mm", &["m6x40"]),
    ("木製の机 チェア", &["木製", "チェア"]),
    ("不锈钢保温杯", &["保温杯"]),
    ("나무의자", &["의자"]),
    ("เสื้อยืดสีดำ", &["สีดำ"]),
    ("Holztischlampe", &["tisch", "tisch zzzzqqqq"]),
    ("Ölflasche", &["oel", "ölflasche"]),
    ("Case A", &["ABC123XL", "abc-123-xl", "4006381333931"]),
    ("Case B", &["1607"]),
    ("Case C", &["nor070760", "Nordlicht"]),
    ("Kırmızı Lamba", &["kirmizi", "KIRMIZI", "kırmızı"]),
    ("Straße nach Łódź", &["strasse", "LODZ", "STRASSE"]),
    ("Bio-Öl №7", &["biooel", "bioöl", "no7"]),
    ("ワイヤレス スピーカー", &["わいやれす", "ﾜｲﾔﾚｽ"]),
    ("हिंदी किताब", &["हिन्दी"]),
    ("Ærø Skål", &["aero", "skaal", "skal"]),
    ("Чёрный ёжик", &["черный", "ЕЖИК"]),
];

async fn import_titles(shop: &TestShop) {
    let codes = ["ABC-123-XL", "16-07", "NOR.0707-60"];
    let titles = TYPED.iter().enumerate();
    let rows = titles.map(|(number, (title, _))| {
        let code = number.checked_sub(10).and_then(|place| codes.get(place));
        let code = code.map_or_else(|| format!("TYPED-{number}"), |code| (*code).to_owned());
        let barcode = if number == 10 { "4006381333931" } else { "" };
        let finish = if number == 12 {
            "Finish,Nordlicht"
        } else {
            "Title,Default Title"
        };
        format!("typed-{number},{title},{code},10.00,5,{barcode},{finish}\r\n")
    });
    let rows: String = rows.collect();
    let file = format!("{HEADER},Variant Barcode,Option1 Name,Option1 Value\r\n{rows}");
    let report = import(shop, &file).await;
    assert_eq!(
        (report.created, report.problems.len()),
        (TYPED.len(), 0),
        "{:?}",
        report.problems
    );
}

async fn finds_what_is_typed(client: &Client) {
    for (number, (title, typed)) in TYPED.iter().enumerate() {
        for query in *typed {
            let found = found(client, query, Value::Null).await;
            assert!(
                found.contains(&format!("typed-{number}")),
                "`{query}` in {title}: {found:?}"
            );
        }
    }
    assert!(found(client, "zzzzqqqq qqqqzzzz", Value::Null).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_shoppers_type_is_found_by_every_engine() {
    let shop = TestShop::open().await;
    import_titles(&shop).await;
    finds_what_is_typed(&shop.guest()).await;
    shop.close().await;

    let server = MeilisearchStandIn::start().await.unwrap();
    let meilisearch = Meilisearch {
        url: server.url(),
        api_key: Some(Secret::new(MeilisearchStandIn::KEY)),
        index: "products".to_owned(),
    };
    let shop = TestShop::open_with(|config| {
        config.search.meilisearch = Some(meilisearch);
        config.worker.search_check_seconds = 1;
    })
    .await;
    let guest = shop.guest();
    vitrine_tests::worker::until("the index is built", async || {
        guest.data(SEARCH, json!({ "query": "lamp" })).await["productSearch"]["degraded"] == false
    })
    .await;
    import_titles(&shop).await;
    finds_what_is_typed(&guest).await;
    // Without it, the database finds the same.
    server.fail(true);
    let search = guest.data(SEARCH, json!({ "query": "e1" })).await["productSearch"].take();
    assert_eq!(search["degraded"], true);
    // Whom no answer is kept for.
    finds_what_is_typed(&shop.staff(StaffRole::Administrator).await).await;
    server.fail(false);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn titles_stand_as_an_alphabet_has_them() {
    let mut shop = TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await;
    shop.work();
    let titles = [
        "zebra",
        "Äpfel",
        "Éclair",
        "apple",
        "Size 10",
        "eclair",
        "Size 9",
        "Zoo",
        "カップ",
        "Öl",
    ];
    let rows: String = titles
        .iter()
        .zip(0..)
        .map(|(title, number)| format!("t-{number},{title},T-{number},1.00,1\r\n"))
        .collect();
    import(&shop, &format!("{HEADER}\r\n{rows}")).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let query = "query($after: String) { products(first: 4, after: $after, sort: TITLE_ASCENDING) { nodes { id title } pageInfo { endCursor hasNextPage } } }";
    let listed = async || {
        let (mut titles, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = staff.data(query, json!({ "after": after })).await["products"].take();
            let nodes = page["nodes"].as_array().unwrap().iter();
            titles.extend(nodes.map(|node| node["title"].as_str().unwrap().to_owned()));
            if page["pageInfo"]["hasNextPage"] != true {
                return titles;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
    };
    let expected = [
        "Äpfel",
        "apple",
        "eclair",
        "Éclair",
        "Öl",
        "Size 9",
        "Size 10",
        "zebra",
        "Zoo",
        "カップ",
    ];
    assert_eq!(listed().await, expected);
    // A title that changes moves.
    let id = staff.data("{ product(slug: \"t-0\") { id } }", json!({})).await["product"]["id"].take();
    let update =
        "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code message } } }";
    staff
        .done(update, json!({ "input": { "id": id, "title": "Ähre" } }))
        .await;
    assert_eq!(listed().await[0], "Ähre");
    shop.close().await;
}
