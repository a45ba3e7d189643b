//! One shop under one load after the other.

use std::{net::SocketAddr, time::Duration};

use crate::{
    arguments::{Arguments, Part},
    catalogue::HOT,
    load::{self, Connection, Samples, Workload},
    report::Report,
    shop::Running,
    step::step,
    workloads::{self, Purchases},
};

/// What is measured while the shop runs.
pub struct Run<'a> {
    pub arguments: &'a Arguments,
    pub address: SocketAddr,
    pub running: Running,
    pub report: Report,
}

impl Run<'_> {
    pub async fn reads(&mut self) -> anyhow::Result<()> {
        if !self.arguments.asked(Part::Reads) {
            return Ok(());
        }
        workloads::engine_is_filled(self.address).await?;
        for read in workloads::reads() {
            read.check(&mut Connection::open(self.address).await?).await?;
            self.loads(read.name, &read).await?;
        }
        Ok(())
    }

    pub async fn purchases(&mut self) -> anyhow::Result<()> {
        if !self.arguments.asked(Part::Purchases) {
            return Ok(());
        }
        let many = Purchases::new(self.address, None).await?;
        self.loads("purchase", &many).await?;
        let one = Purchases::new(self.address, Some(HOT)).await?;
        self.closed("purchase of one SKU", &one, self.arguments.at_once_max())
            .await;
        Ok(())
    }

    pub async fn flash_sale(&mut self) -> anyhow::Result<()> {
        if !self.arguments.asked(Part::FlashSale) {
            return Ok(());
        }
        let at_once = self.arguments.at_once_max();
        let sale = workloads::flash_sale(self.address, self.arguments.sale_pieces, at_once);
        self.measured("flash sale, sold", format!("{at_once} at once"), sale)
            .await
    }

    pub async fn subscribers(&mut self) -> anyhow::Result<()> {
        if !self.arguments.asked(Part::Subscribers) {
            return Ok(());
        }
        for count in &self.arguments.subscribers {
            let followed = workloads::subscribers(self.address, *count);
            self.measured("order update", format!("{count} subscribers"), followed)
                .await?;
        }
        Ok(())
    }

    /// At each number at once, and then at a fixed rate.
    async fn loads(&mut self, what: &str, workload: &dyn Workload) -> anyhow::Result<()> {
        let mut best = 0.0_f64;
        for at_once in &self.arguments.at_once {
            best = best.max(self.closed(what, workload, *at_once).await);
        }
        let rate = best * f64::from(self.arguments.open_percent) / 100.0;
        if rate > 0.0 {
            let time = Duration::from_secs(self.arguments.seconds);
            let address = self.address;
            let visits = async { Ok(load::open(workload, address, rate, time).await) };
            self.measured(what, format!("{rate:.0} a second"), visits).await?;
        }
        Ok(())
    }

    /// Gives how many a second.
    async fn closed(&mut self, what: &str, workload: &dyn Workload, at_once: usize) -> f64 {
        let time = Duration::from_secs(self.arguments.seconds);
        let address = self.address;
        let visits = async { Ok(load::closed(workload, address, at_once, time).await) };
        // Nothing of it can fail.
        let _ = self.measured(what, format!("{at_once} at once"), visits).await;
        self.report.figures.last().map_or(0.0, |figures| figures.per_second)
    }

    async fn measured(
        &mut self,
        what: &str,
        load: String,
        visits: impl Future<Output = anyhow::Result<Samples>>,
    ) -> anyhow::Result<()> {
        step(&format!("{what}, {load}"));
        let before = self.running.watched.read();
        let samples = visits.await?;
        let used = self.running.watched.since(&before);
        self.report.figures.push(samples.figures(what, load, &used));
        Ok(())
    }
}
