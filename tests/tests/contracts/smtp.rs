//! How mails reach a mail server, and what becomes of each way in which it can fail. What no mailer
//! sends, and the mailer that writes files, are in the adapters' own tests.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};
use tokio::net::TcpListener;
use vitrine_adapters::{
    config::{Smtp, SmtpSecurity},
    mailer::SmtpMailer,
};
use vitrine_commerce::ports::{
    Mailer,
    mailer::{Mail, MailError},
};
use vitrine_tests::{memory::TestClock, patience::sooner_than, smtp_sink::SmtpSink};

/// What the tests' mailer grants one mail.
const TIMEOUT_SECONDS: u64 = 1;

fn mailer(server: SocketAddr) -> SmtpMailer {
    let smtp = Smtp {
        host: server.ip().to_string(),
        port: Some(server.port()),
        security: SmtpSecurity::None,
        username: None,
        password: None,
        timeout_seconds: TIMEOUT_SECONDS,
    };
    let from = "Vitrine <shop@vitrine.example>".parse().unwrap();
    SmtpMailer::new(&smtp, from, Arc::new(TestClock::default())).unwrap()
}

fn mail() -> Mail {
    Mail {
        message_id: "ord_1.2".to_owned(),
        to: "zoe@example.com".to_owned(),
        subject: "Ihre Bestellung № 7 – vielen Dank".to_owned(),
        text: "Grüße,\n.Vitrine".to_owned(),
        html: "<p>Grüße &amp; Dank</p>".to_owned(),
        unsubscribe: Some("https://shop.example/stop?signature=a-_1".to_owned()),
        attachments: Vec::new(),
    }
}

fn is_temporary(outcome: &Result<(), MailError>) -> bool {
    matches!(outcome, Err(MailError::Temporary(_)))
}

fn is_permanent(outcome: &Result<(), MailError>) -> bool {
    matches!(outcome, Err(MailError::Permanent(_)))
}

fn is_unknown(outcome: &Result<(), MailError>) -> bool {
    matches!(outcome, Err(MailError::Unknown(_)))
}

/// The `Message-ID`s of what the server took.
fn message_ids(sink: &SmtpSink) -> Vec<String> {
    let mails = sink.mails();
    mails.iter().map(|mail| mail.header("Message-ID").unwrap()).collect()
}

#[tokio::test]
async fn a_mail_arrives_whole() {
    let sink = SmtpSink::start().await;
    mailer(sink.address()).send(&mail()).await.unwrap();
    let received = sink.mails().pop().unwrap();
    assert_eq!(
        (received.from.as_str(), received.to),
        ("shop@vitrine.example", vec!["zoe@example.com".to_owned()])
    );
    let head = received.raw.split("\r\n\r\n").next().unwrap();
    assert!(head.is_ascii(), "the subject is encoded: {head}");

    let message = MessageParser::default().parse(received.raw.as_bytes()).unwrap();
    assert_eq!(message.subject(), Some(mail().subject.as_str()));
    assert_eq!(message.message_id(), Some("ord_1.2@vitrine.example"));
    assert_eq!(address(message.header("From").unwrap()), "shop@vitrine.example");
    assert_eq!(address(message.header("To").unwrap()), "zoe@example.com");
    assert_eq!(message.date().unwrap().to_timestamp(), 1_903_867_200);
    let kind = message.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")));
    // The one that a reader prefers comes last.
    assert_eq!(parts(&message), ["text/plain", "text/html"]);
    let text = message.body_text(0).unwrap().replace("\r\n", "\n");
    assert_eq!(text.trim_end(), mail().text);
    assert_eq!(message.body_html(0).unwrap().trim_end(), mail().html);
}

fn address<'a>(header: &'a HeaderValue<'a>) -> &'a str {
    header.as_address().unwrap().first().unwrap().address().unwrap()
}

fn parts(message: &Message<'_>) -> Vec<String> {
    let leaves = message.parts.iter().filter(|part| part.sub_parts().is_none());
    let kinds = leaves.map(|part| part.content_type().unwrap());
    kinds
        .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap()))
        .collect()
}

#[tokio::test]
async fn later_is_temporary_and_never_is_permanent() {
    let sink = SmtpSink::start().await;
    let mailer = mailer(sink.address());
    for code in [421, 450, 451, 452] {
        sink.refuse_with(code);
        let outcome = mailer.send(&mail()).await;
        // With 421 the server hangs up, and perhaps before it was heard.
        let is_cut = code == 421 && is_unknown(&outcome);
        assert!(is_temporary(&outcome) || is_cut, "{code}: {outcome:?}");
    }
    for code in [550, 553, 554] {
        sink.refuse_with(code);
        let outcome = mailer.send(&mail()).await;
        assert!(is_permanent(&outcome), "{code}: {outcome:?}");
    }
    // A refusal of us, which the operator mends: no mail is at fault.
    for code in [530, 535] {
        sink.refuse_with(code);
        let outcome = mailer.send(&mail()).await;
        assert!(is_temporary(&outcome), "{code}: {outcome:?}");
    }
    sink.accept();
    mailer.send(&mail()).await.unwrap();
    assert_eq!(message_ids(&sink), ["<ord_1.2@vitrine.example>"]);
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up_in_time() {
    let sink = SmtpSink::start().await;
    sink.hang();
    let mailer = mailer(sink.address());
    let began = Instant::now();
    assert!(is_unknown(&mailer.send(&mail()).await));
    let took = began.elapsed();
    let limit = Duration::from_secs(TIMEOUT_SECONDS);
    assert!(took >= limit, "{took:?}");
    sooner_than(limit * 5, took, "to give it up");
    // What was given up leaves nothing behind that the next could stumble over.
    sink.accept();
    for _ in 0..3 {
        mailer.send(&mail()).await.unwrap();
    }
    assert_eq!(sink.mails().len(), 3);
}

#[tokio::test]
async fn an_answer_that_is_lost_after_data_leaves_it_open_and_the_second_is_recognisable() {
    let sink = SmtpSink::start().await;
    sink.drop_after_data();
    let mailer = mailer(sink.address());
    assert!(is_unknown(&mailer.send(&mail()).await));
    sink.accept();
    mailer.send(&mail()).await.unwrap();
    assert_eq!(message_ids(&sink), ["<ord_1.2@vitrine.example>"; 2]);
}

#[tokio::test]
async fn letters_that_the_server_cannot_take_are_permanent_and_domains_are_written_in_ascii() {
    let sink = SmtpSink::start().await;
    let mailer = mailer(sink.address());
    let to = |to: &str| Mail {
        to: to.to_owned(),
        ..mail()
    };
    mailer.send(&to("kunde@müller-möbel.example")).await.unwrap();
    assert_eq!(sink.mails()[0].to, ["kunde@xn--mller-mbel-kcb9d.example"]);
    let outcome = mailer.send(&to("jörg@example.de")).await;
    assert!(is_permanent(&outcome), "{outcome:?}");
    // The server is well: an outage would have every mail wait.
    mailer.send(&mail()).await.unwrap();
    assert_eq!(sink.mails().len(), 2);
}

#[tokio::test]
async fn nobody_there_is_temporary() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert!(is_temporary(&mailer(closed).send(&mail()).await));
}

#[tokio::test]
async fn what_would_forge_a_header_or_a_recipient_is_not_even_begun() {
    let sink = SmtpSink::start().await;
    let mailer = mailer(sink.address());
    let to = |to: &str| Mail {
        to: to.to_owned(),
        ..mail()
    };
    let subject = |subject: &str| Mail {
        subject: subject.to_owned(),
        ..mail()
    };
    let forged = [
        to("a@example.com\r\nRCPT TO:<b@example.com>"),
        to("a@example.com,b@example.com"),
        to("a@example.com>\r\nDATA"),
        subject("a\r\nBcc: b@example.com"),
        subject("a\nb"),
        subject("a\rb"),
    ];
    for mail in forged {
        let outcome = mailer.send(&mail).await;
        assert!(is_permanent(&outcome), "{mail:?}: {outcome:?}");
    }
    assert_eq!((sink.attempts(), sink.mails().len()), (0, 0));
}
