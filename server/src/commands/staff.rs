//! `vitrine staff`.

use std::{
    io::{self, BufRead},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::{Subcommand, ValueEnum};
use vitrine_adapters::{boot::Booted, config::Config};
use vitrine_commerce::{
    Context, Error, Shop,
    paging::PageRequest,
    staff::{
        self, NewStaff,
        members::{self, Member, MemberFilter},
        second_factor,
    },
    text,
};
use vitrine_entity::staff_member::StaffRole;

use super::print;

#[derive(Debug, Subcommand)]
pub(super) enum Staff {
    /// Adds a member of staff, who signs in to the dashboard, or with `staffLogin`. Without --password-stdin a password
    /// is made and printed, once.
    Create {
        /// The mail address that they sign in with.
        #[arg(long)]
        email: String,
        /// What they are called.
        #[arg(long)]
        name: String,
        /// What they may do.
        #[arg(long, value_enum)]
        role: Role,
        /// Reads the password from standard input: its first line.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Takes away the second factor of a member of staff who has lost their device and recovery codes, where
    /// nobody else is let in who could. Their sessions end.
    SecondFactorReset {
        /// The mail address that they sign in with.
        #[arg(long)]
        email: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Role {
    /// Everything.
    Administrator,
    /// Sees and dispatches orders, counts stock.
    Fulfilment,
}

impl Staff {
    pub(super) async fn run(self, booted: &Booted, config: &Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Create {
                email,
                name,
                role,
                password_stdin,
            } => {
                let done = create(booted, email, name, role, password_stdin).await?;
                print::line(format_args!("They sign in {}.", where_to_sign_in(config)))?;
                Ok(done)
            }
            Self::SecondFactorReset { email } => reset_second_factor(booted, &email).await,
        }
    }
}

/// `at http://127.0.0.1:8080/admin`, or else by the API.
pub(super) fn where_to_sign_in(config: &Config) -> String {
    match config.web.enabled {
        true => format!("at {}/admin", config.public_url()),
        false => "with `staffLogin`".to_owned(),
    }
}

async fn reset_second_factor(booted: &Booted, email: &str) -> anyhow::Result<ExitCode> {
    let context = Context::system(&booted.shop, "staff");
    let Ok(email) = text::email(&["email"], email) else {
        bail!("{email} is no mail address.");
    };
    let filter = MemberFilter {
        query: Some(email.clone()),
        ..MemberFilter::default()
    };
    let found = members::list(&booted.shop, &context, &filter, &PageRequest::first(100)).await?;
    let is_meant = |member: &Member| member.row.email == email;
    let Some((_, member)) = found.rows.into_iter().find(|(_, member)| is_meant(member)) else {
        bail!("Nobody works here with the mail address {email}.");
    };
    let member = second_factor::reset_of(&booted.shop, &context, member.row.id).await?;
    print::line(format_args!("{} signs in by the password alone now.", member.row.name))?;
    Ok(ExitCode::SUCCESS)
}

async fn create(
    booted: &Booted,
    email: String,
    name: String,
    role: Role,
    password_stdin: bool,
) -> anyhow::Result<ExitCode> {
    let given = password_stdin.then(read_password).transpose()?;
    let is_made = given.is_none();
    let password = given.unwrap_or_else(|| make_password(&booted.shop));
    let role = match role {
        Role::Administrator => StaffRole::Administrator,
        Role::Fulfilment => StaffRole::Fulfilment,
    };
    let new = NewStaff {
        email,
        name,
        password: password.clone(),
        role,
    };
    let member = match staff::create(&booted.shop, &Context::system(&booted.shop, "staff"), new).await {
        Ok(member) => member,
        Err(Error::Refused(refusals)) => {
            bail!(
                "{}",
                refusals
                    .iter()
                    .map(|refusal| refusal.message.to_string())
                    .collect::<Vec<_>>()
                    .join(" ")
            )
        }
        Err(fault) => return Err(fault.into()),
    };
    print::line(format_args!("{} can sign in now, as {}.", member.name, member.email))?;
    if is_made {
        print::line(format_args!("Password: {password}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .context("reading the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// 128 random bits.
fn make_password(shop: &Shop) -> String {
    let mut bits = [0; 16];
    shop.ids.fill(&mut bits);
    URL_SAFE_NO_PAD.encode(bits)
}
