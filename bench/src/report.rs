//! What is printed: a table for people, JSON for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::{load::Figures, memory::Memory, soak::Spell, statements::Statements};

/// Everything that a run measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub database: String,
    pub products: usize,
    pub orders: u64,
    pub import_seconds: f64,
    /// From the start of the server until it was ready.
    pub ready_ms: f64,
    /// MiB, of the server and the worker together, before the first request.
    pub memory_at_start_mib: Option<f64>,
    pub figures: Vec<Figures>,
    pub memory: Vec<Memory>,
    pub statements: Vec<Statements>,
    pub soak: Vec<Spell>,
    /// Until nothing was due any more, after the last purchase.
    pub rest_ms: f64,
    pub violations: Vec<String>,
}

impl Report {
    /// Figures count only of a shop that is sound, and that refused nothing; what is promised of a soak is to hold.
    pub fn is_sound(&self) -> bool {
        self.violations.is_empty()
            && self.figures.iter().all(|figures| figures.failures.is_empty())
            && self.soak.iter().all(|spell| spell.holds)
    }

    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "{}, {} products, {} orders before; imported in {:.1} s, ready in {:.0} ms with {} MiB",
            self.database,
            self.products,
            self.orders,
            self.import_seconds,
            self.ready_ms,
            number(self.memory_at_start_mib, 0),
        )?;
        match self.soak.is_empty() {
            true => self.tables(out)?,
            false => self.spells(out)?,
        }
        match self.violations.len() {
            0 => writeln!(out, "The books balance."),
            count => {
                writeln!(
                    out,
                    "{count} things are wrong with the shop: these figures do not count."
                )?;
                self.violations
                    .iter()
                    .try_for_each(|violation| writeln!(out, "  {violation}"))
            }
        }
    }

    fn tables(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "\n| what | load | a second | p50 ms | p95 | p99 | p99.9 | CPU ms, shop | database | MiB |\n\
             | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
        )?;
        for figures in &self.figures {
            self.line(out, figures)?;
        }
        if !self.memory.is_empty() {
            writeln!(
                out,
                "\n| the server's memory | count | before, MiB | with them | KiB each | afterwards | after s |\n\
                 | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
            )?;
        }
        for row in &self.memory {
            writeln!(
                out,
                "| {} | {} | {:.0} | {:.0} | {:.1} | {:.0} | {:.0} |",
                row.what, row.count, row.before_mib, row.during_mib, row.each_kib, row.after_mib, row.after_seconds
            )?;
        }
        writeln!(out, "\n| statements | each |\n| --- | ---: |")?;
        for statements in &self.statements {
            writeln!(out, "| {} | {:.1} |", statements.what, statements.each)?;
        }
        writeln!(out, "\nAt rest {:.0} ms after the last purchase.", self.rest_ms)
    }

    fn spells(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "\n| while | checkouts | succeeded | orderPlace until | p50 ms | p95 | p99 | p99.9 | caught up after s | holds |\n\
             | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |"
        )?;
        for spell in &self.soak {
            let latency = &spell.latency;
            let share = spell.succeeded as f64 * 100.0 / spell.checkouts.max(1) as f64;
            writeln!(
                out,
                "| {} | {} | {share:.3} % | {} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {} |",
                spell.what,
                spell.checkouts,
                spell.until,
                latency.p50,
                latency.p95,
                latency.p99,
                latency.p999,
                spell.caught_up_seconds,
                if spell.holds { "yes" } else { "NO" },
            )?;
            for (why, count) in &spell.failures {
                writeln!(out, "|   {count} failed: {why} |")?;
            }
        }
        writeln!(out)
    }

    fn line(&self, out: &mut impl Write, figures: &Figures) -> io::Result<()> {
        let latency = &figures.latency;
        writeln!(
            out,
            "| {} | {} | {:.*} | {:.2} | {:.2} | {:.2} | {:.2} | {} | {} | {} |",
            figures.what,
            figures.load,
            if figures.per_second < 100.0 { 1 } else { 0 },
            figures.per_second,
            latency.p50,
            latency.p95,
            latency.p99,
            latency.p999,
            number(figures.cpu_ms, 3),
            number(figures.database_cpu_ms, 3),
            number(figures.memory_mib, 0),
        )?;
        figures
            .failures
            .iter()
            .try_for_each(|(why, count)| writeln!(out, "|   {count} failed: {why} |"))
    }
}

fn number(value: Option<f64>, digits: usize) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"))
}
