//! Who works here: roles, invitations, passwords, second factors, apps, and the log of what they did.

mod apps;
mod audit;
mod invitations;
mod oidc;
mod passwords;
mod roles;
pub(crate) mod second_factor;
mod stale_tokens;
mod streams;

use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop, shop::PASSWORD};

pub const ROLES: &str = "{ roles { id handle name builtIn permissions twoFactorRequired version } }";
pub const ROLE_CREATE: &str = "mutation($input: RoleCreateInput!) { roleCreate(input: $input) { role { id handle version permissions } userErrors { code message field } } }";
pub const ROLE_UPDATE: &str = "mutation($input: RoleUpdateInput!) { roleUpdate(input: $input) { role { id version permissions } userErrors { code message field } } }";
pub const INVITE: &str = "mutation($input: StaffInviteInput!) { staffInvite(input: $input) { invitation { id email open } userErrors { code message field } } }";
pub const ACCEPT: &str = "mutation($input: StaffInvitationAcceptInput!) { staffInvitationAccept(input: $input) { session { accessToken staffMember { id } } userErrors { code message field } } }";
pub const LOGIN: &str = "mutation($input: StaffLoginInput!) { staffLogin(input: $input) { session { accessToken refreshToken } userErrors { code message field } } }";
pub const MEMBER_UPDATE: &str = "mutation($input: StaffMemberUpdateInput!) { staffMemberUpdate(input: $input) { staffMember { id version name } userErrors { code message field } } }";
pub const DEACTIVATE: &str = "mutation($input: StaffMemberDeactivateInput!) { staffMemberDeactivate(input: $input) { staffMember { active version } userErrors { code message field } } }";
pub const VIEWER: &str =
    "{ staffViewer { id email permissions twoFactorEnabled twoFactorMissing version assignedRole { id handle } } }";

/// The id of a role that every shop has.
pub async fn role(staff: &Client, handle: &str) -> String {
    let roles = staff.data(ROLES, json!({})).await;
    let roles = roles["roles"].as_array().unwrap();
    let role = roles.iter().find(|role| role["handle"] == handle).unwrap();
    role["id"].as_str().unwrap().to_owned()
}

/// A role of the shop's own.
pub async fn own_role(staff: &Client, name: &str, permissions: &[&str]) -> String {
    let input = json!({ "input": { "name": name, "permissions": permissions } });
    let made = staff.done(ROLE_CREATE, input).await;
    made["role"]["id"].as_str().unwrap().to_owned()
}

/// The token of the newest mail to an address.
pub async fn mailed_token(shop: &TestShop, to: &str) -> String {
    shop.settle().await;
    let mails = shop.mails().await;
    let mail = mails.iter().rev().find(|mail| mail.to == to).unwrap();
    let link = mail.text.lines().find(|line| line.contains("/staff/")).unwrap();
    link.split_once('#').unwrap().1.trim().to_owned()
}

/// Somebody with a role, invited and signed in. Gives their id, too.
pub async fn hire(shop: &TestShop, staff: &Client, email: &str, role: &str) -> (Client, String) {
    staff
        .done(INVITE, json!({ "input": { "email": email, "roleId": role } }))
        .await;
    let token = mailed_token(shop, email).await;
    let input = json!({ "input": { "token": token, "name": "Joan Clarke", "password": PASSWORD } });
    let session = shop.guest().done(ACCEPT, input).await["session"].take();
    let id = session["staffMember"]["id"].as_str().unwrap().to_owned();
    (shop.guest().with_token(session["accessToken"].as_str().unwrap()), id)
}

pub async fn viewer(client: &Client) -> Value {
    client.data(VIEWER, json!({})).await["staffViewer"].take()
}

/// The status that a request is answered with.
pub async fn status(client: &Client) -> u16 {
    client
        .post("/graphql", json!({ "query": VIEWER }))
        .await
        .status()
        .as_u16()
}
