//! What the doctor asks whoever the shop calls.

use std::{
    io::{self, BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use super::{INIT, said, vitrine};

/// Method and path, and what is answered.
type Answers = &'static [(&'static str, u16, &'static str)];

/// Somebody on this machine who answers until the test is over; what is not among the answers is not there.
fn outside(answers: Answers) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            // Who hangs up is not waited for; what was not told, the test sees.
            let _ = stream.and_then(|stream| answer(stream, answers));
        }
    });
    address
}

fn answer(mut stream: TcpStream, answers: Answers) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let header = header.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(told) = header.strip_prefix("content-length:") {
            length = told.trim().parse().unwrap_or(0);
        }
    }
    reader.take(length).read_to_end(&mut Vec::new())?;
    let asked = first.trim().trim_end_matches(" HTTP/1.1");
    let known = answers.iter().find(|(path, ..)| *path == asked);
    let (status, body) = known.map_or((404, "{}"), |(_, status, body)| (*status, *body));
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} Told\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}",
    )
}

const TOKEN: &str = "POST /v1/oauth2/token";
const ACCOUNT: &str = "GET /2010-04-01/Accounts/AC1.json";

#[test]
fn the_doctor_asks_whoever_the_shop_calls() {
    let folder = tempfile::tempdir().unwrap();
    let opened = vitrine(folder.path(), &INIT, "correct horse battery staple\n");
    assert!(opened.status.success(), "{}", said(&opened));
    let config = std::fs::read_to_string(folder.path().join("vitrine.toml")).unwrap();
    let told = |answers: Answers| {
        let url = outside(answers);
        let more = format!(
            "[push]\nenabled = true\n[sms.twilio]\naccount_sid = 'AC1'\nauth_token = 'never_to_be_seen'\n\
             from = '+15005550006'\nurl = '{url}'\n[payment.paypal]\nclient_id = 'a'\n\
             client_secret = 'never_to_be_seen'\napi_url = '{url}'\n"
        );
        std::fs::write(folder.path().join("vitrine.toml"), format!("{config}{more}")).unwrap();
        let told = said(&vitrine(folder.path(), &["doctor"], ""));
        assert!(!told.contains("never_to_be_seen"), "{told}");
        told
    };

    let wrong = told(&[
        (
            TOKEN,
            401,
            r#"{"error":"invalid_client","error_description":"Client Authentication failed"}"#,
        ),
        (ACCOUNT, 401, r#"{"code":20003,"message":"Authenticate"}"#),
    ]);
    for line in [
        "WRONG    payment: paypal: ",
        "401 invalid_client: Client Authentication failed",
        "WRONG    sms: the account is not taken: 20003: Authenticate",
        "ok       push: browsers know the shop by the key B",
    ] {
        assert!(wrong.contains(line), "{line}: {wrong}");
    }
    let away = told(&[(TOKEN, 503, "{}"), (ACCOUNT, 503, "{}")]);
    for line in [
        "warning  payment: paypal: ",
        "warning  sms: it does not answer: it answered 503",
    ] {
        assert!(away.contains(line), "{line}: {away}");
    }
    let right = told(&[(ACCOUNT, 200, r#"{"sid":"AC1","status":"active"}"#)]);
    assert!(
        right.contains("ok       sms: the provider takes our account"),
        "{right}"
    );
    let closed = told(&[(ACCOUNT, 200, r#"{"sid":"AC1","status":"closed"}"#)]);
    assert!(
        closed.contains("WRONG    sms: the account is not taken: the account is closed"),
        "{closed}"
    );
}
