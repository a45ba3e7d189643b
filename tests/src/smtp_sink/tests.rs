use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::time::Duration;

use tokio::time::timeout;

use super::*;

async fn send(sink: &SmtpSink) -> Result<(), Error> {
    let mail = Message::builder()
        .message_id(Some("<once@shop.test>".to_owned()))
        .from("Shop <shop@shop.test>".parse().unwrap())
        .to("ada@example.test".parse().unwrap())
        .subject("Your order")
        .body("one\r\n.two\r\n..".to_owned())
        .unwrap();
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(sink.address().ip().to_string())
        .port(sink.address().port())
        .build();
    transport.send(mail).await.map(|_| ())
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_sent() {
    let sink = SmtpSink::start().await;
    send(&sink).await.unwrap();
    let mails = sink.wait_for_mails(1).await;
    assert_eq!(mails[0].from, "shop@shop.test");
    assert_eq!(mails[0].to, ["ada@example.test"]);
    assert_eq!(mails[0].header("subject").as_deref(), Some("Your order"));
    assert!(
        mails[0].raw.ends_with("\r\n\r\none\r\n.two\r\n..\r\n"),
        "{:?}",
        mails[0].raw
    );
}

#[tokio::test]
async fn a_refusal_is_temporary_or_permanent_and_ends() {
    let sink = SmtpSink::start().await;
    sink.refuse_with(451);
    assert!(send(&sink).await.unwrap_err().is_transient());
    sink.refuse_with(550);
    assert!(send(&sink).await.unwrap_err().is_permanent());
    assert_eq!((sink.attempts(), sink.mails().len()), (2, 0));
    sink.accept();
    send(&sink).await.unwrap();
    assert_eq!((sink.attempts(), sink.mails().len()), (3, 1));
}

#[tokio::test]
async fn a_hanging_sink_answers_nobody_until_it_accepts_again() {
    let sink = SmtpSink::start().await;
    sink.hang();
    // lettre's own time-out ends with the connecting, and would wait here for ever.
    assert!(timeout(Duration::from_millis(300), send(&sink)).await.is_err());
    assert_eq!((sink.attempts(), sink.mails().len()), (0, 0));
    sink.accept();
    send(&sink).await.unwrap();
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn a_connection_dropped_after_data_leaves_the_mail_taken_and_the_sender_unsure() {
    let sink = SmtpSink::start().await;
    sink.drop_after_data();
    let error = send(&sink).await.unwrap_err();
    assert!(!error.is_permanent() && !error.is_transient(), "{error:?}");
    sink.accept();
    send(&sink).await.unwrap();
    let ids: Vec<_> = sink.mails().iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!(
        ids,
        [Some("<once@shop.test>".to_owned()), Some("<once@shop.test>".to_owned())]
    );
}

#[tokio::test]
async fn a_dropped_sink_is_gone() {
    let sink = SmtpSink::start().await;
    let address = sink.address();
    drop(sink);
    timeout(PATIENCE, async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}
