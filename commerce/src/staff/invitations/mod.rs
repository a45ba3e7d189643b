//! People who are asked by mail to work here. The mail carries a link that opens once, until it expires, is sent
//! again or is withdrawn.

mod accept;
mod invite;
mod list;

use chrono::TimeDelta;
use vitrine_entity::{ids::StaffInvitationId, staff_invitation, staff_role};

pub use self::{
    accept::{Accept, accept},
    invite::{Invite, invite, resend, withdraw},
    list::list,
};
use crate::{Shop, customers::link};

/// How long the link of a mail opens.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

const PURPOSE: &str = "staff-invitation:";

/// An invitation, with the role that it is to.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub row: staff_invitation::Model,
    pub role: staff_role::Model,
}

/// Where whoever was invited accepts.
pub fn url(shop: &Shop, invitation: &staff_invitation::Model) -> String {
    let token = token(shop, invitation.id, invitation.sends);
    link::url(&shop.settings.staff_url, "invitation", &token)
}

/// Whether its link opens, given that nobody has sent a newer one.
pub fn is_open(shop: &Shop, invitation: &staff_invitation::Model) -> bool {
    invitation.accepted_at.is_none() && invitation.withdrawn_at.is_none() && invitation.expires_at > shop.now()
}

fn token(shop: &Shop, id: StaffInvitationId, sends: i32) -> String {
    link::token(shop, PURPOSE, id, sends.into())
}
