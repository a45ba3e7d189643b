//! What findings and runs tell whoever reads them, in their language.

use vitrine_entity::{reconciliation, reconciliation_finding};

use crate::language::Message;

/// In what the ledgers differ, in a sentence.
pub fn summary(finding: &reconciliation_finding::Model) -> Message {
    Message::read(finding.summary_said.as_ref(), &finding.summary)
}

/// Why it was left, or why the repair did not work.
pub fn note(finding: &reconciliation_finding::Model) -> Option<Message> {
    let note = finding.note.as_ref()?;
    Some(Message::read(finding.note_said.as_ref(), note))
}

/// Why a run ended before it was through.
pub fn error(run: &reconciliation::Model) -> Option<Message> {
    let error = run.error.as_ref()?;
    Some(Message::read(run.error_said.as_ref(), error))
}
