//! Many who sign in at the same moment, as a flood does: with addresses that the shop does not know, which cost what a
//! known one costs.

use std::net::{IpAddr, SocketAddr};

use futures::future::join_all;
use serde_json::json;

use crate::load::{Connection, request};

const CUSTOMER_LOGIN: &str = include_str!("../../documents/customer_login.graphql");

/// How many of them come from one address, whose passwords wait for each other.
const OF_ADDRESS: usize = 10;

/// `count` at once. Whether they are served or refused is not this row's to tell.
pub async fn sign_in(server: SocketAddr, count: usize) -> anyhow::Result<()> {
    let connecting = (0..count).map(|number| {
        let local = IpAddr::from([127, 0, 2, (1 + number / OF_ADDRESS % 250) as u8]);
        Connection::open_from(local, server)
    });
    let connections = futures::future::try_join_all(connecting).await?;
    let asked = connections
        .into_iter()
        .enumerate()
        .map(|(number, mut connection)| async move {
            let input =
                json!({ "email": format!("nobody-{number}@example.com"), "password": "a long enough password" });
            // A refusal by status is an answer, too.
            let _ = connection
                .post(request(CUSTOMER_LOGIN, &json!({ "input": input })))
                .await;
        });
    join_all(asked).await;
    Ok(())
}
