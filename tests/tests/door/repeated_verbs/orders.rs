//! What becomes of carts, orders and stock.

use serde_json::json;

use super::Walk;

impl Walk {
    pub(super) async fn of_orders_and_carts(&self) {
        let (shop, staff, guest) = (&self.shop, &self.staff, self.shop.guest());
        let variant = staff.sell("CUP-1", "10.00", 20).await;
        let sent = guest.buy(&[(&variant, 1)], "tok_approve").await;
        let parts = guest.buy(&[(&variant, 1)], "tok_approve").await;
        let given_up = guest.buy(&[(&variant, 1)], "tok_approve").await;
        shop.settle().await;
        let packed = self.contract.document("shipmentCreate");
        for verb in ["shipmentCancel", "shipmentDispatch"] {
            let made = staff.done(&packed, json!({ "input": { "orderId": parts.id } })).await;
            self.twice(staff, verb, json!({ "shipmentId": made["shipment"]["id"] }))
                .await;
        }
        let parcel = json!({ "orderId": sent.id, "carrier": "DHL", "trackingNumber": "JD0001" });
        self.twice(staff, "orderDispatch", parcel).await;
        self.twice(staff, "orderComplete", json!({ "orderId": sent.id })).await;
        let access = json!({ "orderId": given_up.id, "accessToken": given_up.access_token });
        let cancel = self.contract.document("orderCancel");
        guest.done(&cancel, json!({ "input": access })).await;
        // What is paid back is another change.
        self.shop.settle().await;
        self.twice(&guest, "orderCancel", access).await;
        let tags = json!({ "orderId": sent.id, "tags": ["gift"] });
        self.twice(staff, "orderTagsAdd", tags.clone()).await;
        self.twice(staff, "orderTagsRemove", tags).await;
        let note = self
            .made(
                staff,
                "orderNoteAdd",
                json!({ "orderId": sent.id, "text": "Call first" }),
            )
            .await;
        self.comes_back(staff, "orderNote", &note).await;
        let draft = self.made(staff, "draftOrderCreate", json!({})).await;
        self.comes_back(staff, "draftOrder", &draft).await;

        // A cart's version grows with every change that is asked for.
        let cart = guest.cart_with(&[(&variant, 1)]).await;
        let lines = json!({ "input": { "cartId": cart["id"], "lineIds": [cart["lines"][0]["id"]] } });
        let accept = json!({ "input": { "cartId": cart["id"] } });
        let codes = json!({ "input": { "cartId": cart["id"], "codes": ["NOBODYS"] } });
        for (mutation, input) in [
            ("cartPricesAccept", accept.clone()),
            ("cartLinesRemove", lines),
            ("cartDiscountCodesRemove", codes),
        ] {
            for _ in 0..2 {
                guest.done(&self.contract.document(mutation), input.clone()).await;
            }
            self.walked.lock().unwrap().insert(mutation.to_owned());
        }
        let issued = self.contract.document("giftCardCreate");
        let card = staff.done(&issued, json!({ "input": { "amount": "10.00" } })).await["giftCard"].take();
        let off = json!({ "cartId": cart["id"], "giftCardId": card["id"] });
        for (mutation, input) in [
            ("cartCreditsAccept", accept.clone()),
            ("cartGiftCardRemove", json!({ "input": off })),
        ] {
            for _ in 0..2 {
                guest.done(&self.contract.document(mutation), input.clone()).await;
            }
            self.walked.lock().unwrap().insert(mutation.to_owned());
        }
        let id = json!({ "id": card["id"] });
        self.twice_at(staff, "giftCardDeactivate", id.clone(), &card["version"])
            .await;
        self.twice(staff, "giftCardActivate", id).await;
        let ada = self.signed_in_anew("ada@example.com").await;
        for _ in 0..2 {
            ada.done(&self.contract.document("cartClaim"), accept.clone()).await;
        }
        self.walked.lock().unwrap().insert("cartClaim".to_owned());
    }

    pub(super) async fn of_stock(&self) {
        let staff = &self.staff;
        let (gone, waits) = (
            staff.sell("PAN-1", "10.00", 0).await,
            self.shop.customer("waits@example.com").await,
        );
        let request = self.contract.document("stockAlertRequest");
        waits.done(&request, json!({ "input": { "variantId": gone } })).await;
        let wishes = "{ viewer { stockAlerts(first: 1) { nodes { id } } } }";
        let wish = waits.data(wishes, json!({})).await["viewer"]["stockAlerts"]["nodes"][0]["id"].take();
        self.twice(&waits, "stockAlertCancel", json!({ "id": wish })).await;

        let variant = staff.sell("POT-1", "10.00", 20).await;
        let main = "{ locations(first: 1) { nodes { id } } }";
        let main = staff.data(main, json!({})).await["locations"]["nodes"][0]["id"].take();
        let barn = self.made(staff, "locationCreate", json!({ "name": "Barn" })).await;
        let lines = json!([{ "variantId": variant, "quantity": 3 }]);
        let draft = json!({ "originId": main, "destinationId": barn["id"], "lines": lines });
        let made = self.made(staff, "inventoryTransferCreate", draft.clone()).await;
        let of = json!({ "id": made["id"] });
        let shipped = self
            .twice_at(staff, "inventoryTransferShip", of.clone(), &made["version"])
            .await;
        assert_eq!(shipped["status"], "IN_TRANSIT");
        let came = self
            .twice_at(staff, "inventoryTransferReceive", of.clone(), &shipped["version"])
            .await;
        assert_eq!(came["status"], "RECEIVED");
        // Whoever hears late that it was shipped hears that it has come.
        let late = self
            .twice_at(staff, "inventoryTransferShip", of, &made["version"])
            .await;
        assert_eq!(late, came);
        let other = self.made(staff, "inventoryTransferCreate", draft).await;
        let close = json!({ "id": other["id"], "rest": "RETURNED", "reason": "not needed" });
        self.twice_at(staff, "inventoryTransferClose", close, &other["version"])
            .await;

        for (verb, status) in [("Apply", "APPLIED"), ("Abandon", "ABANDONED")] {
            let begun = self
                .made(staff, "inventoryCountBegin", json!({ "locationId": barn["id"] }))
                .await;
            let entered = json!({ "id": begun["id"], "lines": [{ "variantId": variant, "counted": 5 }] });
            let entered = self.made(staff, "inventoryCountEnter", entered).await;
            let close = json!({ "id": begun["id"], "reason": "yearly" });
            let ended = self
                .twice_at(staff, &format!("inventoryCount{verb}"), close, &entered["version"])
                .await;
            assert_eq!(ended["status"], status);
        }
        let levels = "query($id: ID!) { variant(id: $id) { stock { onHand location { name } } } }";
        let levels = staff.data(levels, json!({ "id": variant })).await["variant"]["stock"].take();
        let in_barn = levels
            .as_array()
            .unwrap()
            .iter()
            .find(|level| level["location"]["name"] == "Barn");
        assert_eq!(in_barn.map(|level| &level["onHand"]), Some(&json!(5)), "{levels}");
    }
}
