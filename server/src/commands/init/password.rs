//! Where the first administrator's password comes from.

use std::{
    io::{self, BufRead},
    path::Path,
};

use anyhow::{Context as _, bail};
use vitrine_commerce::customers::password::check;

const VARIABLE: &str = "VITRINE_ADMIN_PASSWORD";

/// The password that a file, standard input or the environment holds, or that somebody types twice.
pub(super) fn given(file: Option<&Path>, stdin: bool) -> anyhow::Result<String> {
    if let Some(file) = file {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("reading --admin-password-file {}", file.display()))?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if stdin {
        let mut line = String::new();
        io::stdin()
            .lock()
            .read_line(&mut line)
            .context("reading the password")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    if let Ok(password) = std::env::var(VARIABLE) {
        return Ok(password);
    }
    if !io::IsTerminal::is_terminal(&io::stdin()) {
        bail!(
            "give --admin-password-file or --admin-password-stdin, or set {VARIABLE}: there is no terminal to ask at"
        );
    }
    let password = dialoguer::Password::new()
        .with_prompt("Password of the first administrator")
        .with_confirmation("The same again", "They differ.")
        .validate_with(|given: &String| check(&["password"], given, &[]).map_err(|refusal| refusal.message.to_string()))
        .interact();
    password.context("asking for the password")
}
