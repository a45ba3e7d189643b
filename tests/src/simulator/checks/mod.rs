//! What must hold once the world is healed and at rest, by the numbers of the invariants. Each
//! check gives sentences that accuse; what the tests of one purchase check as well is in
//! [`crate::invariants`].

mod documents;
mod drafts;
mod jobs;
mod messages;
mod money;
mod orders;
mod stock;
mod withdrawals;

use super::world::World;
use crate::invariants;

impl World {
    /// Everything that is wrong.
    pub(super) async fn violations(&mut self) -> Vec<String> {
        let mut found = std::mem::take(&mut self.model.accusations);
        // 1, 2, 3, 5, 17.
        found.extend(invariants::violations(&self.db, &self.provider).await);
        // 1, 2, 6.
        found.extend(self.money().await);
        // 3.
        found.extend(self.stock().await);
        // 4, 6, 12, 14.
        found.extend(self.orders().await);
        // 6, 20.
        found.extend(self.drafts().await);
        // 1, 3, 6, 8.
        found.extend(self.withdrawals().await);
        // 19.
        found.extend(self.documents().await);
        // 8, 15.
        found.extend(self.messages().await);
        // 7, 8, 9, 10, 14.
        found.extend(self.jobs().await);
        found.dedup();
        found
    }
}
