//! What several ask of the database at the same moment, asked by one statement.
//!
//! Whoever asks first, asks at once. Who comes while that is on its way waits, and the next statement asks for all of them.
//! So nobody waits at rest, and the busier the shop is the fewer statements, and commits, it needs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use vitrine_entity::{ids::OutboxId, outbox};

use crate::Result;

/// How many are answered by one statement.
const TOGETHER_MAX: usize = 64;

/// What is asked so.
#[derive(Default)]
pub(crate) struct Gathered {
    /// Jobs that are to be claimed.
    pub(crate) claims: Gather<OutboxId, Option<outbox::Model>>,
    /// Jobs that are done and have no transaction of their own, by the fence of their claim; whether nobody has taken
    /// them over.
    pub(crate) ends: Gather<(OutboxId, i64), bool>,
}

/// Questions of one kind.
pub(crate) struct Gather<Question, Answer>(Mutex<Waiting<Question, Answer>>);

struct Waiting<Question, Answer> {
    is_asking: bool,
    asked: Vec<Asked<Question, Answer>>,
}

struct Asked<Question, Answer> {
    question: Question,
    told: oneshot::Sender<Told<Answer>>,
}

enum Told<Answer> {
    Answer(Answer),
    /// It is theirs to ask next.
    Ask,
}

impl<Question, Answer> Default for Gather<Question, Answer> {
    fn default() -> Self {
        Self(Mutex::new(Waiting {
            is_asking: false,
            asked: Vec::new(),
        }))
    }
}

impl<Question: Copy, Answer> Gather<Question, Answer> {
    /// Has `question` answered by `answer`, which gives an answer for each of its questions, in their order.
    ///
    /// # Errors
    /// What `answer` meets with this question alone: where one statement fails for several, each asks by itself.
    pub(crate) async fn ask<Fut>(&self, question: Question, answer: impl Fn(Vec<Question>) -> Fut) -> Result<Answer>
    where
        Fut: Future<Output = Result<Vec<Answer>>>,
    {
        if let Some(waits) = self.begin(question) {
            match waits.await {
                Ok(Told::Answer(found)) => return Ok(found),
                Ok(Told::Ask) => {}
                // Whoever asked for them was called off, or failed.
                Err(_) => return required(answer(vec![question]).await?.pop()),
            }
        }
        let turn = Turn(self);
        let others = turn.others();
        let questions = others.iter().map(|asked| asked.question).chain([question]).collect();
        match answer(questions).await {
            Ok(mut answers) => {
                let own = answers.pop();
                for (asked, found) in others.into_iter().zip(answers) {
                    // They may have been called off.
                    let _ = asked.told.send(Told::Answer(found));
                }
                required(own)
            }
            Err(error) if others.is_empty() => Err(error),
            Err(_) => {
                drop((others, turn));
                required(answer(vec![question]).await?.pop())
            }
        }
    }

    /// `None` where nobody is asking; else what is to be waited for.
    fn begin(&self, question: Question) -> Option<oneshot::Receiver<Told<Answer>>> {
        let mut waiting = self.lock();
        if !std::mem::replace(&mut waiting.is_asking, true) {
            return None;
        }
        let (told, waits) = oneshot::channel();
        waiting.asked.push(Asked { question, told });
        Some(waits)
    }
}

impl<Question, Answer> Gather<Question, Answer> {
    fn lock(&self) -> MutexGuard<'_, Waiting<Question, Answer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn required<Answer>(found: Option<Answer>) -> Result<Answer> {
    let missing = || crate::Fault::Other("a statement for several gave too few answers".to_owned(), None);
    Ok(found.ok_or_else(missing)?)
}

/// Whose it is to ask. Dropped, the next one is told.
struct Turn<'a, Question, Answer>(&'a Gather<Question, Answer>);

impl<Question, Answer> Turn<'_, Question, Answer> {
    fn others(&self) -> Vec<Asked<Question, Answer>> {
        let mut waiting = self.0.lock();
        let count = waiting.asked.len().min(TOGETHER_MAX - 1);
        waiting.asked.drain(..count).collect()
    }
}

impl<Question, Answer> Drop for Turn<'_, Question, Answer> {
    fn drop(&mut self) {
        let mut waiting = self.0.lock();
        while !waiting.asked.is_empty() {
            if waiting.asked.remove(0).told.send(Told::Ask).is_ok() {
                return;
            }
        }
        waiting.is_asking = false;
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use futures::future::join_all;

    use super::*;
    use crate::Fault;

    fn fault() -> crate::Error {
        Fault::Other("odd".to_owned(), None).into()
    }

    #[tokio::test]
    async fn who_comes_meanwhile_is_answered_together_and_each_by_its_own() {
        let (gather, statements) = (Gather::default(), AtomicUsize::new(0));
        let answer = async |questions: Vec<u32>| {
            statements.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(5)).await;
            match questions[..] {
                [7] => Err(fault()),
                _ if questions.contains(&7) => Err(fault()),
                _ => Ok(questions.into_iter().map(|question| question * 2).collect()),
            }
        };
        let all = join_all((10..20).map(|question| gather.ask(question, answer))).await;
        let all: Vec<u32> = all.into_iter().map(Result::unwrap).collect();
        assert_eq!(all, (10..20).map(|question| question * 2).collect::<Vec<_>>());
        assert_eq!(statements.load(Ordering::SeqCst), 2, "the first, and all others");

        // What one of them meets, the others do not.
        let all = join_all((5..10).map(|question| gather.ask(question, answer))).await;
        let failed: Vec<_> = all.iter().map(Result::is_err).collect();
        assert_eq!(failed, [false, false, true, false, false]);
        assert_eq!(gather.ask(1, answer).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn who_is_called_off_leaves_the_others_to_ask() {
        let gather = Gather::default();
        let answer = async |questions: Vec<u32>| {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok(questions)
        };
        let first = tokio::time::timeout(Duration::from_millis(5), gather.ask(1, answer));
        let second = tokio::time::timeout(Duration::from_millis(1), gather.ask(2, answer));
        let (first, second, third) = tokio::join!(first, second, gather.ask(3, answer));
        assert!(first.is_err() && second.is_err());
        assert_eq!(third.unwrap(), 3);
        assert_eq!(gather.ask(4, answer).await.unwrap(), 4);
    }
}
