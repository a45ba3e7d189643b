//! What happened, a line a step. Two runs of one seed write the same lines.

use sha2::{Digest, Sha256};

#[derive(Debug, Default)]
pub struct History {
    lines: Vec<String>,
    hasher: Sha256,
}

impl History {
    pub(super) fn write(&mut self, line: String) {
        self.hasher.update(&line);
        self.hasher.update("\n");
        self.lines.push(line);
    }

    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The last `count` lines.
    pub fn tail(&self, count: usize) -> &[String] {
        &self.lines[self.lines.len().saturating_sub(count)..]
    }

    /// SHA-256 of all lines, in hex.
    pub fn hash(&self) -> String {
        let digest = self.hasher.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
