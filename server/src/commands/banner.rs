//! What whoever starts the shop sees first.

use std::io::IsTerminal;

use vitrine_adapters::config::{Config, Environment};
use vitrine_demo::{STAFF_EMAIL, STAFF_PASSWORD};

use super::print;

/// Prints it, for a person: a log collector gets one line.
pub(super) fn print(config: &Config, name: &str, is_demo: bool) {
    tracing::info!(address = %config.http.address, "the shop is open");
    if config.environment == Environment::Development {
        // The shop opens whether or not somebody reads it.
        let _ = print::line(banner(config, name, is_demo, std::io::stdout().is_terminal()));
    }
}

/// What is printed.
pub fn banner(config: &Config, name: &str, is_demo: bool, colour: bool) -> String {
    let url = config.public_url();
    let bold = |text: &str| {
        if colour {
            format!("\x1b[1m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    };
    let mut lines = vec![
        String::new(),
        bold(&format!("  {name} is open: {url}")),
        String::new(),
        format!("  Try the API      {url}/graphql   (in a browser; the examples are a purchase, step by step)"),
    ];
    if config.mail.smtp.is_none() {
        lines.push(format!("  Read the mails   {url}/dev/mail"));
    }
    if config.payment.provider == "simulated" {
        lines.push("  Pay with         tok_approve, tok_decline, tok_second_factor, tok_pending …".to_owned());
    }
    if config.web.enabled {
        lines.push(format!("  Dashboard        {url}/admin"));
    }
    if is_demo {
        lines.push(format!(
            "  Staff            {STAFF_EMAIL}, password \"{STAFF_PASSWORD}\""
        ));
    } else {
        lines.push("  More staff       vitrine staff create --email … --name … --role administrator".to_owned());
    }
    if config.is_embedded() {
        lines.push(data(is_demo));
    }
    lines.push("  Stop with Ctrl-C.".to_owned());
    lines.push(String::new());
    lines.join("\n")
}

/// Only of a demo it is good advice to delete it.
fn data(is_demo: bool) -> String {
    let what = match is_demo {
        true => "delete it to start over",
        false => "it is your shop, so back it up",
    };
    format!("  Everything is in vitrine-data/: {what}. The worker runs in this process.")
}
