//! A mail server that remembers, says "later" and "never", and loses its own answers.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use vitrine_commerce::ports::{
    Mailer,
    mailer::{Mail, MailError},
};

use crate::simulator::{defect::Defect, points::Points, weather::Weather};

/// A mail that the next hop took.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct Sent {
    pub mail: Mail,
    /// Which operation sent it.
    pub operation: u64,
    /// Whether the operation was told so.
    pub answered: bool,
    /// Whether it was frozen on the way to the next hop: what it had looked at before may be long past.
    pub late: bool,
}

pub(in crate::simulator) struct SimulatedMailer {
    points: Arc<Points>,
    weather: Arc<Weather>,
    defect: Option<Defect>,
    sent: Mutex<Vec<Sent>>,
    /// Message ids that were refused for good.
    refused: Mutex<BTreeSet<String>>,
    attempts: AtomicUsize,
}

impl SimulatedMailer {
    pub(in crate::simulator) fn new(points: Arc<Points>, weather: Arc<Weather>, defect: Option<Defect>) -> Self {
        Self {
            points,
            weather,
            defect,
            sent: Mutex::default(),
            refused: Mutex::default(),
            attempts: AtomicUsize::default(),
        }
    }

    pub(in crate::simulator) fn sent(&self) -> Vec<Sent> {
        lock(&self.sent).clone()
    }

    pub(in crate::simulator) fn refused(&self) -> BTreeSet<String> {
        lock(&self.refused).clone()
    }

    fn keep(&self, mail: Mail, answered: bool, late: bool) {
        lock(&self.sent).push(Sent {
            mail,
            operation: self.points.operation(),
            answered,
            late,
        });
    }
}

#[async_trait]
impl Mailer for SimulatedMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let late = self.points.at_port().await;
        if self.weather.down().mail || self.weather.happens(6) {
            return Err(MailError::Temporary("451, planned".into()));
        }
        if self.weather.happens(1) {
            lock(&self.refused).insert(mail.message_id.clone());
            return Err(MailError::Permanent("550, planned".into()));
        }
        let attempt = self.attempts.fetch_add(1, Ordering::Relaxed);
        match self.defect {
            Some(Defect::MailsUnderTwoIds) if attempt % 4 == 1 => {
                let message_id = format!("{}.again", mail.message_id);
                self.keep(
                    Mail {
                        message_id,
                        ..mail.clone()
                    },
                    true,
                    late,
                );
            }
            Some(Defect::SendsMailsTwice) if attempt % 4 == 1 => self.keep(mail.clone(), true, late),
            Some(Defect::SwallowsMails) if attempt % 4 == 1 => return Ok(()),
            _ => {}
        }
        let answered = !self.weather.happens(4);
        self.keep(mail.clone(), answered, late);
        if !answered {
            return Err(MailError::Temporary("cut after DATA, planned".into()));
        }
        self.points.at_port().await;
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
