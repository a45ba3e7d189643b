//! What every page promises, however wide and however dark: nothing sticks out, nothing goes wrong, nobody else is asked,
//! and everybody can use it.

use std::{
    collections::{BTreeSet, VecDeque},
    path::PathBuf,
};

use serde_json::Value;

use crate::{addresses::kind_of, tab::Tab};

/// The narrowest telephone, a usual one, and a desk: in CSS's pixels.
const PHONE_NARROW: (u32, u32) = (320, 640);
const PHONE: (u32, u32) = (390, 844);
const DESK: (u32, u32) = (1440, 900);

/// Whatever is too wide for its page.
const STICKS_OUT: &str = "(() => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    const scrolls = (one) => one && one !== document.body && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
    const found = [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > width + .5 && !scrolls(one.parentElement));
    return [`${document.scrollingElement.scrollWidth} px in ${width}`, ...found.slice(-3).map((one) => one.outerHTML.slice(0, 200))];
})()";

const OPEN_ALL: &str = "document.querySelectorAll('details').forEach((one) => { one.open = true; })";

const LINKS: &str = "[...document.links].filter((link) => link.origin === location.origin && !link.download)
    .map((link) => link.pathname + link.search)";

/// Looks at pages, and remembers what it has seen and what is wrong.
pub struct Looks {
    axe: Option<String>,
    /// Of all bytes of a page without its pictures.
    bytes_max: Option<u64>,
    addresses: Vec<String>,
    seen: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Looks {
    pub fn new(addresses: Vec<String>, bytes_max: Option<u64>) -> Self {
        Self {
            axe: axe(),
            bytes_max,
            addresses,
            seen: BTreeSet::new(),
            wrong: Vec::new(),
        }
    }

    /// Looks at these pages, and at one of each other kind that they lead to.
    pub async fn walk(&mut self, tab: &mut Tab, paths: &[&str]) {
        let mut waiting: VecDeque<_> = paths.iter().map(|path| ((*path).to_owned(), true)).collect();
        let mut tried = BTreeSet::new();
        while let Some((path, is_wanted)) = waiting.pop_front() {
            let kind = kind_of(&self.addresses, &path).unwrap_or_default();
            let is_new = !self.is_seen(&path) && tried.insert(kind.to_owned());
            if !is_wanted && !is_new {
                continue;
            }
            tab.open(&path).await;
            // It may have led on, to where whoever is not signed in ends.
            if !is_wanted && self.is_seen(&tab.path().await) {
                continue;
            }
            self.look(tab).await;
            let links = tab.evaluate(LINKS).await;
            let links = links.as_array().into_iter().flatten().filter_map(Value::as_str);
            waiting.extend(links.map(|link| (link.to_owned(), false)));
        }
    }

    /// Whether there is nothing new in what lies at this path: one of its kind was seen, or it is no page.
    fn is_seen(&self, path: &str) -> bool {
        kind_of(&self.addresses, path).is_none_or(|kind| self.seen.contains(kind))
    }

    /// At the page that the tab shows.
    pub async fn look(&mut self, tab: &mut Tab) {
        let path = tab.path().await;
        if let Some(kind) = kind_of(&self.addresses, &path) {
            self.seen.insert(kind.to_owned());
        }
        let mut wrong = Vec::new();
        tab.scheme("light").await;
        tab.size(PHONE.0, PHONE.1).await;
        wrong.extend(self.unusable(tab, "phone, light").await);
        wrong.extend(sticks_out(tab, "phone").await);
        tab.scheme("dark").await;
        tab.size(DESK.0, DESK.1).await;
        wrong.extend(sticks_out(tab, "desk").await);
        tab.evaluate(OPEN_ALL).await;
        wrong.extend(sticks_out(tab, "desk, all open").await);
        wrong.extend(self.unusable(tab, "desk, dark, all open").await);
        tab.size(PHONE_NARROW.0, PHONE_NARROW.1).await;
        wrong.extend(sticks_out(tab, "narrow, all open").await);
        if let Some(max) = self.bytes_max.filter(|max| tab.bytes > *max) {
            wrong.push(format!("{} bytes without its pictures, of {max}", tab.bytes));
        }
        wrong.extend(tab.problems());
        self.wrong
            .extend(wrong.into_iter().map(|wrong| format!("{path}: {wrong}")));
    }

    /// On the narrowest telephone alone, for another language, whose words are longer.
    pub async fn squeeze(&mut self, tab: &mut Tab, path: &str) {
        tab.size(PHONE_NARROW.0, PHONE_NARROW.1).await;
        tab.open(path).await;
        tab.evaluate(OPEN_ALL).await;
        let wrong = sticks_out(tab, "narrow, in another language").await;
        self.wrong.extend(wrong.map(|wrong| format!("{path}: {wrong}")));
    }

    /// # Panics
    /// When anything was wrong, or a page was not seen.
    pub fn judge(self) {
        let unseen = self.addresses.iter().filter(|address| !self.seen.contains(*address));
        let unseen: Vec<_> = unseen.map(|address| format!("{address} was not seen")).collect();
        let wrong: Vec<_> = self.wrong.into_iter().chain(unseen).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// What axe-core finds that keeps people out.
    async fn unusable(&self, tab: &Tab, how: &str) -> Vec<String> {
        let Some(axe) = &self.axe else { return Vec::new() };
        if tab.evaluate("typeof axe").await == "undefined" {
            tab.evaluate(&format!("{axe}; undefined")).await;
        }
        let found = tab
            .evaluate(
                "axe.run({ resultTypes: ['violations'], preload: false }).then((found) => found.violations.flatMap((rule) =>
                    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary}`)))",
            )
            .await;
        let found = found.as_array().into_iter().flatten().filter_map(Value::as_str);
        found.map(|found| format!("{how}: {found}")).collect()
    }
}

async fn sticks_out(tab: &Tab, how: &str) -> Option<String> {
    let found = tab.evaluate(STICKS_OUT).await;
    let found = found.as_array().filter(|found| !found.is_empty())?;
    Some(format!("{how}: it scrolls sideways: {found:?}"))
}

/// axe-core, as `tests/browser.sh` fetches it.
fn axe() -> Option<String> {
    let Some(file) = std::env::var_os("VITRINE_TEST_AXE").map(PathBuf::from) else {
        let told = "not tried: pages by axe-core (VITRINE_TEST_AXE)";
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{told}\n"));
        return None;
    };
    let read = std::fs::read_to_string(&file);
    Some(read.unwrap_or_else(|error| panic!("VITRINE_TEST_AXE {}: {error}", file.display())))
}
