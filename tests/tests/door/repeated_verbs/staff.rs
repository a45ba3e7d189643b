//! What staff keep, and do.

use sea_orm::ConnectionTrait;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;

use super::Walk;

impl Walk {
    /// Whatever is made, deleted and restored.
    pub(super) async fn what_staff_keep(&self) {
        let staff = &self.staff;
        let variant = staff.sell("MUG-1", "10.00", 20).await;
        let product = staff
            .data(
                "query($id: ID!) { variant(id: $id) { product { id version } } }",
                json!({ "id": variant }),
            )
            .await;
        let product = product["variant"]["product"].clone();
        let zone = self
            .made(
                staff,
                "shippingZoneCreate",
                json!({ "name": "Iceland", "countries": ["IS"] }),
            )
            .await;
        for (noun, input) in [
            ("attributeDefinition", json!({ "name": "Rim", "kind": "BOOLEAN" })),
            ("catalog", json!({ "name": "Members' prices" })),
            ("category", json!({ "name": "Jars" })),
            ("collection", json!({ "title": "Summer" })),
            ("company", json!({ "name": "Acme" })),
            ("customerGroup", json!({ "name": "Regulars" })),
            (
                "discount",
                json!({ "discount": { "title": "Tenth", "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": 10 } } }),
            ),
            (
                "economicOperator",
                json!({ "name": "Acme", "electronicAddress": "https://acme.example", "postalAddress": "Road 1, Town" }),
            ),
            ("location", json!({ "name": "Attic" })),
            ("menu", json!({ "title": "Footer", "items": [] })),
            ("page", json!({ "title": "Hours", "bodyHtml": "<p>Nine to five</p>" })),
            ("product", json!({ "title": "Jar" })),
            ("role", json!({ "name": "Night shift", "permissions": ["ORDERS"] })),
            (
                "searchRule",
                json!({ "term": "jar", "hiddenProductIds": [product["id"]] }),
            ),
            (
                "shippingMethod",
                json!({ "zoneId": zone["id"], "name": "Boat", "price": "9.00" }),
            ),
            ("shippingZone", json!({ "name": "Faroe Islands", "countries": ["FO"] })),
            ("synonymGroup", json!({ "synonyms": ["jar", "pot"] })),
            (
                "taxRate",
                json!({ "name": "VSK", "countryCode": "IS", "basisPoints": 2400 }),
            ),
            ("urlRedirect", json!({ "path": "/old-jars", "target": "/jars" })),
        ] {
            let made = self.made(staff, &format!("{noun}Create"), input).await;
            self.comes_back(staff, noun, &made).await;
        }
        let tenth = json!({ "title": "Tenth", "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": 10 } });
        let tenth = self.made(staff, "discountCreate", json!({ "discount": tenth })).await;
        let of = json!({ "id": tenth["id"] });
        let on = self
            .twice_at(staff, "discountActivate", of.clone(), &tenth["version"])
            .await;
        self.twice_at(staff, "discountDeactivate", of, &on["version"]).await;
        let list = json!({ "currencyCode": "JPY", "rate": "160" });
        let list = self.made(staff, "priceListSet", list).await;
        let market = json!({ "name": "Japan", "countries": ["JP"], "currencyCode": "JPY" });
        let market = self.made(staff, "marketCreate", market).await;
        self.comes_back(staff, "market", &market).await;
        let gone = json!({ "id": market["id"] });
        staff
            .done(&self.contract.document("marketDelete"), json!({ "input": gone }))
            .await;
        self.twice_at(
            staff,
            "priceListDelete",
            json!({ "currencyCode": "JPY" }),
            &list["version"],
        )
        .await;
        let in_hours = |hours| (self.shop.shop().now() + chrono::TimeDelta::hours(hours)).to_rfc3339();
        let ahead = json!({ "variantId": variant, "price": "1.00", "beginsAt": in_hours(1), "endsAt": in_hours(2) });
        let ahead = self.made(staff, "priceScheduleCreate", ahead).await;
        let of_ahead = json!({ "id": ahead["id"] });
        self.twice_at(staff, "priceScheduleWithdraw", of_ahead, &ahead["version"])
            .await;
        let many = self.made(staff, "productCreate", json!({ "title": "Lid" })).await;
        self.twice(staff, "productsDelete", json!({ "ids": [many["id"]] }))
            .await;
        let of = json!({ "productId": product["id"], "variantIds": [variant] });
        let gone = self
            .twice_at(staff, "variantsDelete", of.clone(), &product["version"])
            .await;
        self.twice_at(staff, "variantsRestore", of, &gone["version"]).await;

        let summer = self.made(staff, "collectionCreate", json!({ "title": "Winter" })).await;
        let picks = json!({ "id": summer["id"], "productIds": [product["id"]] });
        let with = self
            .twice_at(staff, "collectionProductsAdd", picks.clone(), &summer["version"])
            .await;
        self.twice_at(staff, "collectionProductsRemove", picks, &with["version"])
            .await;

        let name = json!({ "ownerId": product["id"], "namespace": "care", "key": "washable" });
        let mut set = name.clone();
        (set["kind"], set["value"]) = (json!("BOOLEAN"), json!("true"));
        let set = json!({ "metafields": [set] });
        staff
            .done(&self.contract.document("metafieldsSet"), json!({ "input": set }))
            .await;
        let names = json!({ "input": { "metafields": [name] } });
        // What it gives is what it has deleted: nothing more at the second time.
        for _ in 0..2 {
            staff
                .done(&self.contract.document("metafieldsDelete"), names.clone())
                .await;
        }
        self.walked.lock().unwrap().insert("metafieldsDelete".to_owned());
        self.twice(staff, "metafieldsRestore", names["input"].clone()).await;
    }

    /// Apps, colleagues, customers, and what takes long.
    pub(super) async fn what_staff_do(&self) {
        let staff = &self.staff;
        let app = json!({ "name": "Till", "permissions": ["CATALOG"] });
        let app = self.made(staff, "appCreate", app).await;
        self.twice(staff, "appRevoke", json!({ "id": app["id"] })).await;
        let endpoint = json!({ "url": "https://example.com/hook", "enabled": false });
        let endpoint = self.made(staff, "webhookEndpointCreate", endpoint).await;
        let of = json!({ "id": endpoint["id"] });
        self.twice_at(staff, "webhookEndpointDelete", of.clone(), &endpoint["version"])
            .await;
        self.twice(staff, "webhookEndpointRestore", of).await;

        self.shop.staff(StaffRole::Fulfilment).await;
        let colleagues = "{ staffMembers(first: 5) { nodes { id email version } } roles { id handle } }";
        let colleagues = staff.data(colleagues, json!({})).await;
        let all = colleagues["staffMembers"]["nodes"].as_array().unwrap();
        let packer = all
            .iter()
            .find(|member| member["email"] == "fulfilment@example.com")
            .unwrap();
        let of = json!({ "id": packer["id"] });
        let left = self
            .twice_at(staff, "staffMemberDeactivate", of.clone(), &packer["version"])
            .await;
        self.twice_at(staff, "staffMemberReactivate", of.clone(), &left["version"])
            .await;
        self.twice(staff, "staffMemberSessionsEnd", of).await;
        let mut roles = colleagues["roles"].as_array().unwrap().iter();
        let role = roles.find(|role| role["handle"] == "fulfilment").unwrap();
        let invited = json!({ "email": "joan@example.com", "roleId": role["id"] });
        let invited = self.made(staff, "staffInvite", invited).await;
        self.twice(staff, "staffInvitationWithdraw", json!({ "id": invited["id"] }))
            .await;

        let ada = self.shop.customer("ada@example.com").await;
        let me = ada.data("{ viewer { id version } }", json!({})).await["viewer"].take();
        let address = json!({ "address": vitrine_tests::purchase::address() });
        let address = self.made(&ada, "customerAddressCreate", address).await;
        self.twice_at(
            &ada,
            "customerAddressDelete",
            json!({ "id": address["id"] }),
            &address["version"],
        )
        .await;
        self.twice(&ada, "customerAddressRestore", json!({ "id": address["id"] }))
            .await;
        let group = self
            .made(staff, "customerGroupCreate", json!({ "name": "Friends" }))
            .await;
        let member = json!({ "id": group["id"], "customerIds": [me["id"]] });
        staff
            .done(
                &self.contract.document("customerGroupMembersAdd"),
                json!({ "input": member }),
            )
            .await;
        self.twice(staff, "customerGroupMembersRemove", member).await;
        let company = self.made(staff, "companyCreate", json!({ "name": "Beta" })).await;
        let place =
            json!({ "companyId": company["id"], "name": "Yard", "address": vitrine_tests::purchase::address() });
        let place = self.made(staff, "companyLocationCreate", place).await;
        self.comes_back(staff, "companyLocation", &place).await;
        let buyer = json!({ "id": company["id"], "customerId": me["id"] });
        staff
            .done(&self.contract.document("companyBuyerAdd"), json!({ "input": buyer }))
            .await;
        self.twice(staff, "companyBuyerRemove", buyer).await;
        let catalog = self.made(staff, "catalogCreate", json!({ "name": "Clearance" })).await;
        let variant = staff.sell("LID-1", "3.00", 1).await;
        let product = "query($id: ID!) { variant(id: $id) { product { id } } }";
        let product = staff.data(product, json!({ "id": variant })).await["variant"]["product"]["id"].take();
        let within = json!({ "id": catalog["id"], "productIds": [product] });
        staff
            .done(
                &self.contract.document("catalogProductsAdd"),
                json!({ "input": within }),
            )
            .await;
        self.twice(staff, "catalogProductsRemove", within).await;
        let away = self.signed_in_anew("ada@example.com").await;
        let sessions = away.data("{ viewer { sessions { id current } } }", json!({})).await;
        let mut sessions = sessions["viewer"]["sessions"].as_array().unwrap().iter();
        let other = sessions.find(|session| session["current"] == false).unwrap();
        self.twice(&away, "sessionEnd", json!({ "id": other["id"] })).await;
        let of = json!({ "id": me["id"] });
        let shut = self
            .twice_at(staff, "customerDisable", of.clone(), &me["version"])
            .await;
        self.twice_at(staff, "customerEnable", of, &shut["version"]).await;

        let lines = "{\"op\": \"categoryCreate\", \"name\": \"Lids\"}";
        let bulk = self.made(staff, "bulkOperationRun", json!({ "lines": lines })).await;
        let export = self.made(staff, "exportStart", json!({ "kind": "STOCK" })).await;
        let csv = "Handle,Title,Variant SKU,Variant Price\nmoss,Moss,MOSS-1,4.00\n";
        let import = self.made(staff, "productImportStart", json!({ "csv": csv })).await;
        let import = json!({ "id": import["id"] });
        self.shop.settle().await;
        self.twice(staff, "productImportApply", import.clone()).await;
        // All are over by now: as if they took long.
        self.shop.settle().await;
        for table in ["bulk_operation", "data_export", "product_import"] {
            let runs = format!("update {table} set status = 'RUNNING', finished_at = null");
            self.shop.shop().db.execute_unprepared(&runs).await.unwrap();
        }
        self.twice(staff, "bulkOperationCancel", json!({ "id": bulk["id"] }))
            .await;
        self.twice(staff, "exportCancel", json!({ "id": export["id"] })).await;
        self.twice(staff, "productImportCancel", import).await;

        let rate = json!({ "name": "MVG", "countryCode": "FO", "basisPoints": 2500 });
        let rate = self.made(staff, "taxRateCreate", rate).await;
        self.twice_at(staff, "taxRateConfirm", json!({ "id": rate["id"] }), &rate["version"])
            .await;
        let page = json!({ "title": "Care", "bodyHtml": "<p>By hand</p>" });
        let page = self.made(staff, "pageCreate", page).await;
        let edited = json!({ "id": page["id"], "bodyHtml": "<p>By machine</p>" });
        let edited = self.made(staff, "pageUpdate", edited).await;
        let versions = "query($id: ID!) { page(id: $id) { versions(first: 5) { nodes { id number } } } }";
        let versions = staff.data(versions, json!({ "id": page["id"] })).await;
        let mut versions = versions["page"]["versions"]["nodes"].as_array().unwrap().iter();
        let first = versions.find(|version| version["number"] == 1).unwrap();
        self.twice_at(
            staff,
            "pageVersionRestore",
            json!({ "versionId": first["id"] }),
            &edited["version"],
        )
        .await;
    }
}
