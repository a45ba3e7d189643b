//! Mails as they are written into a folder, and what no mailer sends.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_adapters::mailer::{FileMailer, file::read_folder};
use vitrine_commerce::ports::{
    Clock, Mailer,
    mailer::{Mail, MailError},
};

struct Noon(Mutex<DateTime<Utc>>);

impl Clock for Noon {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a clock")
    }
}

fn noon() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().expect("a time")
}

fn mail(message_id: &str) -> Mail {
    Mail {
        message_id: message_id.to_owned(),
        to: "zoe.mueller@example.com".to_owned(),
        subject: "Ihre Bestellung № 7 – vielen Dank".to_owned(),
        text: "Grüße,\nVitrine".to_owned(),
        html: "<p>Grüße &amp; Dank</p>".to_owned(),
        unsubscribe: None,
        attachments: Vec::new(),
    }
}

fn mailer(folder: &std::path::Path) -> (FileMailer, Arc<Noon>) {
    let clock = Arc::new(Noon(Mutex::new(noon())));
    let from = "Vitrine <shop@vitrine.example>".parse().expect("a sender");
    (FileMailer::new(folder, from, clock.clone()), clock)
}

#[tokio::test]
async fn a_mail_is_written_and_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mailer, clock) = mailer(&folder.path().join("not/there/yet"));
    let folder = folder.path().join("not/there/yet");
    assert_eq!(read_folder(&folder).await.expect("an empty list"), []);

    mailer.send(&mail("ord_1-confirmed")).await.expect("sent");
    *clock.0.lock().expect("a clock") += TimeDelta::minutes(1);
    mailer
        .send(&Mail {
            subject: "later".to_owned(),
            ..mail("ord_1-dispatched")
        })
        .await
        .expect("sent");

    let mails = read_folder(&folder).await.expect("two mails");
    assert_eq!(
        mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(),
        ["later", "Ihre Bestellung № 7 – vielen Dank"]
    );
    let sent = mail("ord_1-confirmed");
    let read = &mails[1];
    assert_eq!(
        (read.file_name.as_str(), read.to.as_str()),
        ("ord_1-confirmed.eml", sent.to.as_str())
    );
    assert_eq!(
        (read.text.trim_end().replace("\r\n", "\n"), read.html.trim_end()),
        (sent.text, sent.html.as_str())
    );
    assert_eq!(read.date, Some(noon()));

    let raw = std::fs::read_to_string(folder.join("ord_1-confirmed.eml")).expect("a file");
    for header in [
        "Message-ID: <ord_1-confirmed@vitrine.example>",
        "multipart/alternative",
        "MIME-Version: 1.0",
    ] {
        assert!(raw.contains(header), "{header} is not in {raw}");
    }
}

#[tokio::test]
async fn the_same_mail_twice_is_one_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mailer, _) = mailer(folder.path());
    let mail = mail("ord_1-confirmed");
    let (a, b) = tokio::join!(mailer.send(&mail), mailer.send(&mail));
    a.and(b).expect("sent");
    mailer.send(&mail).await.expect("sent again");
    let files = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 1, "one mail and no drafts");
}

#[tokio::test]
async fn what_would_forge_a_header_is_refused_for_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mailer, _) = mailer(folder.path());
    let forged = [
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com,b@example.com",
        "a@x,b@y",
        "Anna <a@example.com>",
        "a b@example.com",
        "nobody",
        "",
    ];
    for to in forged {
        let outcome = mailer
            .send(&Mail {
                to: to.to_owned(),
                ..mail("m")
            })
            .await;
        assert!(matches!(outcome, Err(MailError::Permanent(_))), "{to:?}: {outcome:?}");
    }
    for subject in ["a\r\nBcc: b@example.com", "a\nb", "nul\0"] {
        let outcome = mailer
            .send(&Mail {
                subject: subject.to_owned(),
                ..mail("m")
            })
            .await;
        assert!(
            matches!(outcome, Err(MailError::Permanent(_))),
            "{subject:?}: {outcome:?}"
        );
    }
    for id in ["", "../../etc/passwd", "a/b", ".hidden", "a\r\nb", "a>b"] {
        let outcome = mailer.send(&mail(id)).await;
        assert!(matches!(outcome, Err(MailError::Permanent(_))), "{id:?}: {outcome:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
