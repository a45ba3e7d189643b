//! Stripe's stand-in by itself, for a shop that is tried by hand without an account at Stripe.

use std::{
    io::{self, BufRead, Write},
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    thread,
    time::Duration,
};

use clap::Parser;
use serde_json::Value;
use tokio::sync::mpsc;
use vitrine_commerce::ports::clock::SystemClock;
use vitrine_tests::stripe_stand_in::StripeStandIn;

/// How often it looks whether there is something to tell the shop.
const LOOKS_EVERY: Duration = Duration::from_millis(100);
/// How long a shop that did not take an event is left alone.
const TRIES_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Answers as Stripe does, in memory, so that a shop can be tried without an account there.
///
/// Point a shop to it by the settings that it prints. Pay with Stripe's test payment methods (`pm_card_visa`,
/// `pm_card_chargeDeclined`, `pm_card_authenticationRequired`). It delivers signed webhooks to the shop, in order and
/// until they are taken. No money moves; what it knows is gone when it ends.
#[derive(Parser)]
#[command(after_help = "It reads commands, a line each:\n  \
                  list              payments and refunds, oldest first\n  \
                  pass pi_...       the shopper passes the second factor that a payment waits for\n  \
                  fail pi_...       or does not\n  \
                  dispute pi_...    the shopper disputes the charge at their bank")]
struct Arguments {
    /// The port of 127.0.0.1 that it listens on.
    #[arg(long, default_value_t = 12111)]
    port: u16,
    /// The shop that is told by webhooks.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    shop: String,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let Arguments { port, shop } = Arguments::parse();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let stripe = StripeStandIn::start_at(address, Arc::new(SystemClock)).await?;
    greet(&stripe, &shop)?;
    let mut commands = lines();
    let mut told = 0;
    loop {
        tokio::select! {
            told_one = tell(&stripe, &shop, told) => {
                told_one?;
                told += 1;
            }
            Some(line) = commands.recv() => obey(&stripe, line.trim())?,
            ended = tokio::signal::ctrl_c() => return ended,
        }
    }
}

fn greet(stripe: &StripeStandIn, shop: &str) -> io::Result<()> {
    writeln!(
        io::stdout(),
        "Stripe's stand-in listens on {url} and tells {shop}. Start the shop with\n\n  \
         VITRINE_PAYMENT__PROVIDER=stripe\n  VITRINE_PAYMENT__STRIPE__API_URL={url}\n  \
         VITRINE_PAYMENT__STRIPE__SECRET_KEY={key}\n  VITRINE_PAYMENT__STRIPE__PUBLISHABLE_KEY=pk_test_of_the_stand_in\n  \
         VITRINE_PAYMENT__STRIPE__WEBHOOK_SECRETS={secret}\n",
        url = stripe.url(),
        key = StripeStandIn::KEY,
        secret = StripeStandIn::WEBHOOK_SECRET,
    )
}

/// What is typed. A thread of its own: reading standard input can't be given up.
fn lines() -> mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// Tells the shop of the event at a place, as soon as there is one and until the shop takes it.
async fn tell(stripe: &StripeStandIn, shop: &str, place: usize) -> io::Result<()> {
    let mut out = io::stdout();
    loop {
        if let Some(event) = stripe.events().get(place) {
            let (kind, id) = (&event["type"], &event["data"]["object"]["id"]);
            match stripe.deliver(shop, event).await {
                Ok(status) if status.is_success() => return writeln!(out, "told: {kind} {id}"),
                Ok(status) => writeln!(out, "not taken ({status}): {kind} {id}")?,
                Err(error) => writeln!(out, "not taken ({error}): {kind} {id}")?,
            }
            tokio::time::sleep(TRIES_AGAIN_AFTER).await;
        }
        tokio::time::sleep(LOOKS_EVERY).await;
    }
}

fn obey(stripe: &StripeStandIn, line: &str) -> io::Result<()> {
    let intents = stripe.intents();
    let (command, id) = line.split_once(' ').unwrap_or((line, ""));
    let intent = intents.iter().find(|intent| intent["id"] == id);
    let is = |status: &str| intent.is_some_and(|intent| intent["status"] == status);
    match command {
        "" => Ok(()),
        "list" => list(&intents, &stripe.refunds()),
        "pass" | "fail" if is("requires_action") => {
            stripe.authenticate(id, command == "pass");
            Ok(())
        }
        "dispute" if is("succeeded") => {
            stripe.dispute(id);
            Ok(())
        }
        _ => writeln!(
            io::stdout(),
            "nothing can be done by “{line}” now: --help tells the commands, list the payments"
        ),
    }
}

fn list(intents: &[Value], refunds: &[Value]) -> io::Result<()> {
    let mut out = io::stdout();
    for intent in intents {
        let (id, status) = (&intent["id"], &intent["status"]);
        let (amount, taken) = (&intent["amount"], &intent["amount_received"]);
        writeln!(out, "{id}  {status}  of {amount} {} taken {taken}", intent["currency"])?;
    }
    for refund in refunds {
        let (id, intent, amount) = (&refund["id"], &refund["payment_intent"], &refund["amount"]);
        writeln!(
            out,
            "{id}  of {intent}  {amount} {}  {}",
            refund["currency"], refund["status"]
        )?;
    }
    Ok(())
}
